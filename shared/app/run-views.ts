/** What a caller sees of the run that a gate belongs to. */
import { type GateName, type RunName, runOf } from '../domain/gates.ts';
import type { Actor } from '../domain/history.ts';
import { readCorrectionRun } from './correction.ts';
import { viewCorrection } from './correction-views.ts';
import type { Deps } from './ports.ts';
import { readCycle } from './records.ts';
import { readRectificationRun } from './rectification-records.ts';
import { viewRun } from './rectification-views.ts';
import { viewCycle, withView } from './views.ts';

const VIEWS: Record<RunName, (deps: Deps, year: number, viewer: Actor) => Promise<unknown>> = {
  'annual-assessment': async (deps, year, viewer) =>
    withView(await readCycle(deps, year), (cycle) => viewCycle(deps, cycle, viewer)),
  rectification: async (deps, year, viewer) =>
    withView(await readRectificationRun(deps, year), (run) => viewRun(deps, run, viewer)),
  correction: async (deps, year) =>
    withView(await readCorrectionRun(deps, year), (run) => viewCorrection(deps, run)),
};

export function viewRunAt(deps: Deps, gate: GateName, year: number, viewer: Actor): Promise<unknown> {
  return VIEWS[runOf(gate)](deps, year, viewer);
}
