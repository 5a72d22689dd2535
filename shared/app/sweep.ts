/** The hourly sweep: idempotent, it finishes whatever a crash, a lost message or a passed deadline left open. */
import { RUN_NAMES, type RunName } from '../domain/gates.ts';
import { decisionAt, type Run, waitingGate } from '../domain/run.ts';
import { sweepComplaints } from './complaints/sweep-complaints.ts';
import { holdStill } from './freeze.ts';
import { completeIfClear, deliver } from './gates.ts';
import { sendOutbox } from './outbox.ts';
import type { Deps } from './ports.ts';
import { keepOldPromises } from './promises.ts';
import { readCycle } from './records.ts';
import { Refusal } from './refusal.ts';
import { RUN_RECORDS } from './runs.ts';
import { tellOfCases } from './tell-of-cases.ts';
import { tellOfEnd, tellOfGate } from './telling.ts';
import { closeHearings } from './vetoes.ts';
import { settleVisits } from './visits.ts';

export interface SweepReport {
  open: number;
  waiting: number;
  failed: number;
  /** Messages that went out, and those that could not. */
  sent: number;
  unsent: number;
  /** How long the gate has waited that waits longest, in whole hours. */
  oldestGateHours: number;
  /** How long the decision has stood that the workflow has not followed, in whole minutes. */
  decisionWaitsMinutes: number;
}

export async function sweep(deps: Deps): Promise<SweepReport> {
  const report = { open: 0, waiting: 0, failed: 0, oldestGateHours: 0, decisionWaitsMinutes: 0 };
  for (const name of RUN_NAMES) {
    for await (const run of RUN_RECORDS[name].all(deps)) {
      const gate = waitingGate(run);
      if (run.status === 'open') {
        report.open++;
        if (gate) report.waiting++;
        report.oldestGateHours = Math.max(report.oldestGateHours, since(deps, gate?.openedAt, HOUR));
        const standing = since(deps, decidedAt(run), MINUTE);
        report.decisionWaitsMinutes = Math.max(report.decisionWaitsMinutes, standing);
      }
      try {
        await sweepRun(deps, name, run);
      } catch (error) {
        // One run's trouble keeps no other waiting; the next sweep tries again.
        report.failed++;
        deps.log.error('SWEEP_RUN_FAILED', { run: name, year: run.year }, error);
      }
    }
  }
  await keepOldPromises(deps);
  report.failed += await sweepComplaints(deps);
  return { ...report, ...(await sendOutbox(deps)) };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How many whole units have passed since an instant; 0 for none. */
function since({ clock }: Deps, instant: string | undefined, unit: number): number {
  return instant ? Math.floor((clock.now().getTime() - Date.parse(instant)) / unit) : 0;
}

/** When the gate was decided that was opened last. */
function decidedAt(run: Run): string | undefined {
  return run.gate && decisionAt(run, run.gate.gate, run.gate.attempt)?.at;
}

/** A freeze that a crash cut short is finished; nothing else happens until it ends. */
async function stillFrozen(deps: Deps, year: number): Promise<void> {
  const cycle = await readCycle(deps, year);
  if (!(cycle instanceof Refusal) && cycle.status === 'frozen') await holdStill(deps, cycle);
}

async function sweepRun(deps: Deps, name: RunName, run: Run): Promise<void> {
  const { year, status } = run;
  if (status === 'frozen') return stillFrozen(deps, year);
  if (status !== 'open') return tellOfEnd(deps, run);
  if (!run.gate) await deps.workflow.start(name, RUN_RECORDS[name].executionName(run), { year });
  const gate = waitingGate(run);
  if (name === 'annual-assessment') await closeHearings(deps, year);
  if (gate?.gate === 'inspectOnSite') await settleVisits(deps, year);
  if (gate) await completeIfClear(deps, year, gate.gate);
  else await deliver(deps, run);
  if (name === 'annual-assessment') await tellOfCases(deps, year);
  const now = gate && (await RUN_RECORDS[name].read(deps, year));
  if (now && !(now instanceof Refusal)) await tellOfGate(deps, now);
}
