/** The records of runs by the run's name, so that gates work on any of them alike. */
import type { RunName } from '../domain/gates.ts';
import type { Actor } from '../domain/history.ts';
import type { GateAction, Run } from '../domain/run.ts';
import type { Condition, Deps } from './ports.ts';
import { extendCycle, type NewEntry, readCycle } from './records.ts';
import type { Refusal } from './refusal.ts';

export interface RunRecord<R extends Run = Run> {
  read(deps: Deps, year: number): Promise<R | Refusal>;
  /** Appends what happened at a gate. */
  extend(
    deps: Deps,
    run: R,
    by: Actor,
    next: NewEntry<GateAction>,
    conditions?: Condition[],
  ): Promise<R | Refusal>;
}

export const RUN_RECORDS: Record<RunName, RunRecord> = {
  'annual-assessment': { read: readCycle, extend: extendCycle },
};
