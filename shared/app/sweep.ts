/** The hourly sweep: idempotent, it finishes whatever a crash, a lost message or a passed deadline left open. */
import type { Cycle } from '../domain/cycle.ts';
import { waitingGate } from '../domain/run.ts';
import { completeIfClear, deliver } from './gates.ts';
import type { Deps } from './ports.ts';
import { allOf, cycleKind, keys } from './records.ts';

export interface SweepReport {
  open: number;
  waiting: number;
  failed: number;
}

export async function sweep(deps: Deps): Promise<SweepReport> {
  const report = { open: 0, waiting: 0, failed: 0 };
  for await (const cycle of allOf(deps, cycleKind, keys.cycle(0).pk)) {
    if (cycle.status !== 'open') continue;
    report.open++;
    if (waitingGate(cycle)) report.waiting++;
    try {
      await sweepCycle(deps, cycle);
    } catch (error) {
      // One year's trouble keeps no other waiting; the next sweep tries again.
      report.failed++;
      deps.log.error('SWEEP_CYCLE_FAILED', { year: cycle.year }, error);
    }
  }
  return report;
}

async function sweepCycle(deps: Deps, cycle: Cycle): Promise<void> {
  const { year } = cycle;
  if (!cycle.gate) await deps.workflow.start('annual-assessment', `cycle-${year}`, { year });
  const gate = waitingGate(cycle);
  if (gate) await completeIfClear(deps, year, gate.gate);
  else await deliver(deps, cycle);
}
