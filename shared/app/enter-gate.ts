/** The workflow has come to a gate: it opens, and whom it concerns is told. */
import { runOf } from '../domain/gates.ts';
import { type GateEntry, openGate } from './gates.ts';
import type { Deps } from './ports.ts';
import { Refusal } from './refusal.ts';
import { RUN_RECORDS } from './runs.ts';
import { tellNow, tellOfGate } from './telling.ts';

export async function enterGate(deps: Deps, entry: GateEntry): Promise<Refusal | undefined> {
  const refused = await openGate(deps, entry);
  if (refused) return refused;
  const run = await RUN_RECORDS[runOf(entry.gate)].read(deps, entry.year);
  if (!(run instanceof Refusal)) await tellNow(deps, run, tellOfGate);
  return undefined;
}
