/** The inspectors of a cycle: enough of them, with recusals, before anything depends on it. */
import type { Cycle } from '../domain/cycle.ts';
import { inspectorShortage, type Recusal } from '../domain/draw.ts';
import type { Inspector } from '../domain/settings.ts';
import { type Refusal, refuse } from './refusal.ts';

export function recusalsOf({ inspectors }: Pick<Cycle, 'inspectors'>): Recusal[] {
  return inspectors.flatMap(({ id, recusals }) =>
    recusals.map(({ filingNumber, reason }) => ({ inspector: id, filingNumber, reason })),
  );
}

/** A draw without enough inspectors would end the year, so it is refused while they can still be registered. */
export function tooFewInspectors(inspectors: Inspector[], needed: number): Refusal | undefined {
  const shortage = inspectorShortage(inspectors, recusalsOf({ inspectors }), needed);
  return shortage && refuse('tooFewInspectors', { ...shortage, needed });
}
