/** Objections 异议 to a proposed star: raised by the agency, decided by somebody who did not inspect it. */
import * as z from 'zod';
import { Correction } from '../domain/corrected-facts.ts';
import { type Dossier, partial } from '../domain/dossier.ts';
import { EvidenceRef, factsProblems } from '../domain/facts.ts';
import type { Actor } from '../domain/history.ts';
import { findItem } from '../domain/rubric.ts';
import { waitingGate } from '../domain/run.ts';
import { checkedEvidence } from './evidence.ts';
import { expectRecord, lateRefusal, recordIn } from './gates.ts';
import type { Deps } from './ports.ts';
import { extendDossier, readCycle, readDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';

export const NewObjection = z.strictObject({
  items: z.array(z.string()).min(1, '请选择有异议的项目'),
  reason: z.string().min(1, '请写明异议理由').max(5000),
  evidence: z.array(EvidenceRef).default([]),
});
export type NewObjection = z.infer<typeof NewObjection>;

export const ObjectionDecision = z.strictObject({
  verdict: z.enum(['upheld', 'rejected']),
  reason: z.string().min(1, '请写明处理理由').max(5000),
  /** Facts that an upheld objection corrects. */
  corrections: z.array(Correction).default([]),
});
export type ObjectionDecision = z.infer<typeof ObjectionDecision>;

export async function raiseObjection(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { items, reason, evidence }: NewObjection,
): Promise<Dossier | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const gate = waitingGate(cycle);
  if (gate?.gate !== 'receiveObjections') return refuse('gateNotOpen', { gate: '公示与异议' });
  const late = lateRefusal(gate, deps.clock.now(), '提出异议');
  if (late) return late;
  const unknown = items.find((code) => !findItem(cycle.rubric, code));
  if (unknown) return refuse('factsInvalid', { detail: `评分标准中没有 ${unknown}` });
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  const files = { items: Object.fromEntries(items.map((code) => [code, { evidence }])), bonus: {} };
  const missing = await checkedEvidence(deps, year, filingNumber, files);
  if (missing) return missing;
  await expectRecord(deps, year, 'receiveObjections', filingNumber);
  const id = `${filingNumber}-${dossier.objections.length + 1}`;
  return extendDossier(deps, dossier, by, { type: 'objectionRaised', data: { id, items, evidence }, reason });
}

/** Decides the open objection of an agency in writing. The store refuses anybody who inspected that agency. */
export async function decideObjection(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { verdict, reason, corrections }: ObjectionDecision,
): Promise<Dossier | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  if (partial(dossier).includes(by.id)) return refuse('recused');
  const open = dossier.objections.find((objection) => !objection.verdict);
  if (!open) return refuse('notFound', { what: '待处理的异议' });
  if (verdict === 'upheld' && corrections.length === 0) {
    return refuse('invalidRequest', { detail: '异议成立时须写明更正后的事实' });
  }
  const corrected = Object.fromEntries(corrections.map(({ item, facts }) => [item, { facts }]));
  const [problem] = factsProblems(cycle.rubric, { items: corrected, bonus: {} });
  if (problem) return refuse('factsInvalid', { detail: `${problem.item} ${problem.message}` });
  const decided = await extendDossier(deps, dossier, by, {
    type: 'objectionDecided',
    data: { id: open.id, verdict, corrections },
    reason,
  });
  if (!(decided instanceof Refusal)) await recordIn(deps, year, 'receiveObjections', filingNumber);
  return decided;
}
