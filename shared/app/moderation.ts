/** The moderation figures of a year, from its dossiers as they stand. */

import type { Dossier } from '../domain/dossier.ts';
import { type Moderation, moderationOf } from '../domain/moderation.ts';
import type { Deps } from './ports.ts';
import { allOf, dossierKind, keys, readCycle } from './records.ts';
import { Refusal } from './refusal.ts';

/** A broken record is left out: it has been set aside, and the rest can be compared. */
export async function readModeration(deps: Deps, year: number): Promise<Moderation | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const dossiers: Dossier[] = [];
  for await (const dossier of allOf(deps, dossierKind, keys.dossiers(year))) dossiers.push(dossier);
  return moderationOf(cycle, dossiers);
}
