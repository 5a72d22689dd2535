/** The records of runs by the run's name, so that gates work on any of them alike. */
import type { CorrectionRun } from '../domain/correction.ts';
import type { Cycle } from '../domain/cycle.ts';
import type { RunName } from '../domain/gates.ts';
import type { Actor } from '../domain/history.ts';
import type { RectificationRun } from '../domain/rectification-run.ts';
import type { EndAction, GateAction, Run } from '../domain/run.ts';
import { correctionExecution, correctionKind, extendCorrectionRun, readCorrectionRun } from './correction.ts';
import type { Condition, Deps } from './ports.ts';
import { allOf, cycleKind, extendCycle, keys, type NewEntry, readCycle } from './records.ts';
import {
  extendRectificationRun,
  readRectificationRun,
  rectificationExecution,
  rectificationRunKind,
} from './rectification-records.ts';
import type { Refusal } from './refusal.ts';

export interface RunRecord<R extends Run = Run> {
  /** What its execution is called: once started, it is not started again under the same name. */
  executionName(run: R): string;
  /** The run's records of all years. */
  all(deps: Deps): AsyncIterable<R>;
  read(deps: Deps, year: number): Promise<R | Refusal>;
  /** Appends what happened at a gate, or that the run broke off. */
  extend(
    deps: Deps,
    run: R,
    by: Actor,
    next: NewEntry<GateAction | EndAction>,
    conditions?: Condition[],
  ): Promise<R | Refusal>;
}

const assessments: RunRecord<Cycle> = {
  executionName: ({ year }) => `cycle-${year}`,
  all: (deps) => allOf(deps, cycleKind, keys.cycle(0).pk),
  read: readCycle,
  extend: extendCycle,
};

const rectifications: RunRecord<RectificationRun> = {
  executionName: rectificationExecution,
  all: (deps) => allOf(deps, rectificationRunKind, keys.rectificationRun(0).pk),
  read: readRectificationRun,
  extend: extendRectificationRun,
};

const corrections: RunRecord<CorrectionRun> = {
  executionName: correctionExecution,
  all: (deps) => allOf(deps, correctionKind, keys.correctionRun(0).pk),
  read: readCorrectionRun,
  extend: extendCorrectionRun,
};

export const RUN_RECORDS: Record<RunName, RunRecord> = {
  'annual-assessment': assessments,
  rectification: rectifications,
  correction: corrections,
};
