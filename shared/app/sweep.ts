/** The hourly sweep: idempotent, it finishes whatever a crash, a lost message or a passed deadline left open. */
import { waitingGate } from '../domain/cycle.ts';
import { completeIfClear, deliver } from './gates.ts';
import type { Deps } from './ports.ts';
import { allOf, cycleKind, keys } from './records.ts';

export interface SweepReport {
  open: number;
  waiting: number;
}

export async function sweep(deps: Deps): Promise<SweepReport> {
  const report = { open: 0, waiting: 0 };
  for await (const cycle of allOf(deps, cycleKind, keys.cycle(0).pk)) {
    if (cycle.status !== 'open') continue;
    report.open++;
    if (!cycle.gate) await deps.workflow.start(`cycle-${cycle.year}`, { year: cycle.year });
    const gate = waitingGate(cycle);
    if (gate) {
      report.waiting++;
      await completeIfClear(deps, cycle.year, gate.gate);
    } else {
      await deliver(deps, cycle);
    }
  }
  return report;
}
