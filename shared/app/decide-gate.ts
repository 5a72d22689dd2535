/** Deciding a gate by hand: who may, when it is too early, and what a second click is told. */
import { GATES, type GateName, gateDefinition, MAY_CANCEL, runOf, type Verdict } from '../domain/gates.ts';
import { type Actor, ROLES } from '../domain/history.ts';
import { decisionAt, type Run, waitingGate } from '../domain/run.ts';
import { tooEarly } from './gate-readiness.ts';
import { deliver } from './gates.ts';
import type { Deps } from './ports.ts';
import { Refusal, refuse } from './refusal.ts';
import { RUN_RECORDS } from './runs.ts';

export interface GateDecision {
  gate: GateName;
  attempt: number;
  verdict: Verdict;
  reason?: string | undefined;
  /** Agencies that a return sends back. */
  agencies?: string[] | undefined;
}

/** Decides a gate by hand. Refused: wrong role, own work, no reason, not open. Said twice by the same person: once. */
export async function decideGate(
  deps: Deps,
  year: number,
  by: Actor,
  decision: GateDecision,
): Promise<Run | Refusal> {
  const { gate, attempt, verdict, reason } = decision;
  const record = RUN_RECORDS[runOf(gate)];
  const run = await record.read(deps, year);
  if (run instanceof Refusal) return run;
  const forbidden = mayDecide(by, decision);
  if (forbidden) return forbidden;
  if (run.status === 'frozen') return refuse('cycleFrozen');
  const open = waitingGate(run);
  if (open?.gate !== gate || open.attempt !== attempt) return settled(deps, run, by, decision);
  if (!reason?.trim()) return refuse('reasonMissing');
  const premature = await tooEarly(deps, year, decision);
  if (premature) return premature;
  const decided = await record.extend(
    deps,
    run,
    by,
    { type: 'gateDecided', data: { gate, attempt, verdict, agencies: decision.agencies ?? [] }, reason },
    [{ attribute: 'gate', in: [`${gate}#${attempt}`] }],
  );
  if (decided instanceof Refusal) {
    const now = await record.read(deps, year);
    if (now instanceof Refusal) return now;
    const still = waitingGate(now);
    if (still?.gate !== gate || still.attempt !== attempt) return settled(deps, now, by, decision);
    const overtaken = now.history.length > run.history.length;
    return overtaken ? refuse('changedMeanwhile') : refuse('ownWork', { role: ROLES[by.role] });
  }
  await deliver(deps, decided);
  return decided;
}

function mayDecide(by: Actor, { gate, verdict }: GateDecision): Refusal | undefined {
  const definition = gateDefinition(gate);
  if (verdict === 'cancel') {
    return MAY_CANCEL.includes(by.role) ? undefined : refuse('notAllowed', { role: ROLES[by.role] });
  }
  if (definition.waitsFor !== 'decision' || definition.role !== by.role) {
    return refuse('notAllowed', { role: ROLES[by.role] });
  }
  return definition.verdicts[verdict]
    ? undefined
    : refuse('unknownVerdict', { gate: definition.title, verdict });
}

/** The gate is not waiting: a friendly answer to a double click, a clear one to anybody else. */
async function settled(deps: Deps, run: Run, by: Actor, decision: GateDecision): Promise<Run | Refusal> {
  const { title } = GATES[decision.gate];
  const past = decisionAt(run, decision.gate, decision.attempt);
  if (!past) return refuse('gateNotOpen', { gate: title });
  if (past.by.id !== by.id || past.data.verdict !== decision.verdict) {
    return refuse('alreadyDecided', { gate: title, by: past.by.name, verdict: VERDICTS[past.data.verdict] });
  }
  await deliver(deps, run);
  return run;
}

export const VERDICTS: Record<Verdict, string> = {
  approve: '同意',
  return: '退回',
  complete: '完成',
  cancel: '取消',
};
