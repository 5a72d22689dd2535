/** The hourly sweep: idempotent, it finishes whatever a crash, a lost message or a passed deadline left open. */
import { RUN_NAMES, type RunName } from '../domain/gates.ts';
import { type Run, waitingGate } from '../domain/run.ts';
import { completeIfClear, deliver } from './gates.ts';
import type { Deps } from './ports.ts';
import { fillPlaces } from './replacements.ts';
import { RUN_RECORDS } from './runs.ts';

export interface SweepReport {
  open: number;
  waiting: number;
  failed: number;
}

export async function sweep(deps: Deps): Promise<SweepReport> {
  const report = { open: 0, waiting: 0, failed: 0 };
  for (const name of RUN_NAMES) {
    for await (const run of RUN_RECORDS[name].all(deps)) {
      if (run.status !== 'open') continue;
      report.open++;
      if (waitingGate(run)) report.waiting++;
      try {
        await sweepRun(deps, name, run);
      } catch (error) {
        // One run's trouble keeps no other waiting; the next sweep tries again.
        report.failed++;
        deps.log.error('SWEEP_RUN_FAILED', { run: name, year: run.year }, error);
      }
    }
  }
  return report;
}

async function sweepRun(deps: Deps, name: RunName, run: Run): Promise<void> {
  const { year } = run;
  if (!run.gate) await deps.workflow.start(name, RUN_RECORDS[name].executionName(run), { year });
  const gate = waitingGate(run);
  if (gate?.gate === 'inspectOnSite') await fillPlaces(deps, year);
  if (gate) await completeIfClear(deps, year, gate.gate);
  else await deliver(deps, run);
}
