/** Objections 异议 to a proposed star: raised by the agency, decided by somebody who did not inspect it. */
import type { Dossier } from '../domain/dossier.ts';
import type { Actor } from '../domain/history.ts';
import { waitingGate } from '../domain/run.ts';
import { afterDays } from './deadlines.ts';
import { type Grounds, groundsProblem, type Ruling, readBoth, rule, wasSaid } from './exchange.ts';
import { expectRecord, lateRefusal, recordIn } from './gates.ts';
import type { Deps } from './ports.ts';
import { extendDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';

export async function raiseObjection(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  grounds: Grounds,
): Promise<Dossier | Refusal> {
  const both = await readBoth(deps, year, filingNumber);
  if (both instanceof Refusal) return both;
  const { cycle, dossier } = both;
  const { items, evidence, reason } = grounds;
  if (wasSaid(dossier, by, 'objectionRaised', { items, evidence, reason })) return dossier;
  const gate = waitingGate(cycle);
  if (gate?.gate !== 'receiveObjections') return refuse('gateNotOpen', { gate: '公示与异议' });
  const problem =
    lateRefusal(gate, deps.clock.now(), '提出异议') ?? (await groundsProblem(deps, cycle, dossier, grounds));
  if (problem) return problem;
  await expectRecord(deps, 'receiveObjections', dossier);
  const id = `${filingNumber}-${dossier.objections.length + 1}`;
  const dueBy = afterDays(deps.clock.now(), cycle.settings.objectionDecisionDays);
  const data = { id, items, evidence, dueBy };
  return extendDossier(deps, dossier, by, { type: 'objectionRaised', data, reason });
}

/** Decides the open objection of an agency in writing. The store refuses anybody who inspected that agency. */
export async function decideObjection(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  ruling: Ruling,
): Promise<Dossier | Refusal> {
  const decided = await rule(deps, year, filingNumber, by, 'objectionDecided', ruling);
  if (!(decided instanceof Refusal)) await recordIn(deps, 'receiveObjections', decided);
  return decided;
}
