/** The inspectors of a cycle: enough of them, with recusals, before anything depends on it. */
import { type CivilDate, chinaDate } from '../domain/calendar.ts';
import type { Cycle } from '../domain/cycle.ts';
import type { Dossier } from '../domain/dossier.ts';
import { inspectorShortage, type Recusal } from '../domain/draw.ts';
import { grantedRecusals, listedRecusals } from '../domain/recusal.ts';
import type { Inspector, Settings } from '../domain/settings.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Every recusal that a draw on that day has to heed: what the list of inspectors says, and what was granted on request. */
export function recusalsOn(
  { inspectors, settings }: Pick<Cycle, 'inspectors' | 'settings'>,
  dossiers: Iterable<Dossier>,
  on: CivilDate,
): Recusal[] {
  const listed = listedRecusals(inspectors, on, settings.recusalYears);
  return [...listed, ...[...dossiers].flatMap(grantedRecusals)];
}

/** A draw without enough inspectors would end the year, so it is refused while they can still be registered. */
export function tooFewInspectors(
  inspectors: Inspector[],
  { inspectorsPerVisit: needed, recusalYears }: Settings,
  now: Date,
): Refusal | undefined {
  const recusals = listedRecusals(inspectors, chinaDate(now), recusalYears);
  const shortage = inspectorShortage(inspectors, recusals, needed);
  return shortage && refuse('tooFewInspectors', { ...shortage, needed });
}
