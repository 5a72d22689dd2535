import type { TimerClock } from '../clock.ts';
import type { State } from './definition.ts';
import type { Failure } from './failure.ts';
import * as history from './history.ts';
import type { Exit } from './interpreter.ts';
import { type Attempt, type Cursor, type Run, rowOf, stateOf } from './run.ts';
import type { Status, Store } from './store.ts';

const TIMED_OUT: Failure = { error: 'States.Timeout' };

/** Whom the ledger tells when a timer has run out. */
export interface Wake {
  /** The pause before another attempt is over. */
  again(run: Run): void;
  timedOut(run: Run, phase: Attempt, failure: Failure): void;
}

/**
 * The running executions as they stand on disk and in memory, always the same in both, with the timers that
 * follow from where they stand. The engine decides each step; the ledger keeps it.
 */
export function keepLedger(store: Store, clock: TimerClock, wake: Wake) {
  const runs = new Map<number, Run>();
  /** Runs that neither wait for a token nor for a timer. */
  const running = new Set<Run>();
  let idle: PromiseWithResolvers<void> | undefined;
  const now = () => clock.now().getTime();

  const note = (run: Run) => {
    const { kind } = run.cursor.phase;
    if (!run.closed && kind !== 'waiting' && kind !== 'backoff') running.add(run);
    else running.delete(run);
    if (running.size > 0) return;
    idle?.resolve();
    idle = undefined;
  };

  /** Appends to the history. False when that reached its limit, which ends the execution. */
  function record(run: Run, ...events: history.NewEvent[]): boolean {
    for (const { type, member, details, previous = run.lastEvent } of events) {
      const ends = type.startsWith('Execution');
      if (!ends && run.lastEvent >= history.MOST_EVENTS - 1) {
        const cause = `The execution reached the maximum number of history events (${history.MOST_EVENTS}).`;
        fail(run, { error: 'States.Runtime', cause });
        return false;
      }
      run.lastEvent += 1;
      const event = {
        id: run.lastEvent,
        previous,
        at: now(),
        type,
        member,
        details: JSON.stringify(details),
      };
      store.addEvent(run.id, event);
    }
    return true;
  }

  /** Moves a run to its next phase, on disk and in memory. */
  function advance(run: Run, cursor: Partial<Cursor>): void {
    run.disarm();
    run.cursor = { ...run.cursor, ...cursor };
    store.saveRun(rowOf(run));
    arm(run);
    note(run);
  }

  function end(
    run: Run,
    status: Status,
    event: history.NewEvent,
    { error, cause }: Failure,
    output?: string,
  ) {
    record(run, event);
    store.finishExecution(status, now(), output ?? null, error ?? null, cause ?? null, run.id);
    store.deleteRun(run.id);
    release(run);
    runs.delete(run.id);
    note(run);
  }

  function release(run: Run) {
    run.closed = true;
    run.disarm();
    run.disarmDeadline();
  }

  const fail = (run: Run, failure: Failure) => end(run, 'FAILED', history.executionFailed(failure), failure);

  function arm(run: Run) {
    const { phase } = run.cursor;
    const cancellations: (() => void)[] = [];
    const at = (instant: number | undefined, fire: () => void) => {
      if (instant !== undefined) cancellations.push(clock.at(new Date(instant), fire));
    };
    if (phase.kind === 'backoff') {
      at(phase.until, () => {
        advance(run, { phase: { kind: 'entered' } });
        wake.again(run);
      });
    } else if (phase.kind === 'invoking' || phase.kind === 'waiting') {
      at(phase.timeoutAt, () => wake.timedOut(run, phase, TIMED_OUT));
      const missed = { ...TIMED_OUT, alias: 'States.HeartbeatTimeout' };
      at(phase.heartbeatAt, () => wake.timedOut(run, phase, missed));
    }
    run.disarm = () => {
      for (const cancel of cancellations) cancel();
    };
  }

  function enter(run: Run, name: string, first = false) {
    const at = now();
    run.cursor = {
      state: name,
      enteredAt: at,
      enteredEvent: run.lastEvent + 1,
      used: [],
      phase: { kind: 'entered' },
    };
    return record(run, history.stateEntered(stateOf(run).type, name, run.input.text, first));
  }

  function exit(
    run: Run,
    state: Exclude<State, { type: 'Fail' }>,
    { next, output, outputText, assigned }: Exit,
  ) {
    if (!record(run, history.stateExited(state.type, run.cursor.state, outputText, assigned))) return;
    if (next === undefined) {
      end(run, 'SUCCEEDED', history.executionSucceeded(outputText), {}, outputText);
      return;
    }
    run.input = { value: output, text: outputText };
    if (Object.keys(assigned).length > 0) {
      const value = { ...run.variables.value, ...assigned };
      run.variables = { value, text: JSON.stringify(value) };
    }
    if (enter(run, next)) advance(run, {});
  }

  /** Takes in a run that stands on disk. */
  function adopt(run: Run): void {
    runs.set(run.id, run);
    arm(run);
    note(run);
    if (run.deadline === undefined) return;
    const expire = () => end(run, 'TIMED_OUT', history.executionTimedOut, {});
    run.disarmDeadline = clock.at(new Date(run.deadline), expire);
  }

  return {
    record,
    advance,
    end,
    fail,
    enter,
    exit,
    adopt,
    find: (id: number): Run | undefined => runs.get(id),

    /** Resolves when every run waits, and that is on disk. */
    async settled(): Promise<void> {
      while (running.size > 0) {
        idle ??= Promise.withResolvers<void>();
        await idle.promise;
      }
      await store.flushed();
    },

    /** Forgets every run; on disk they stay as they are. */
    close(): void {
      for (const run of runs.values()) release(run);
      runs.clear();
      running.clear();
      idle?.resolve();
    },
  };
}
