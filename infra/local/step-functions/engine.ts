import type { TimerClock } from '../clock.ts';
import type { Machine, State, TaskState } from './definition.ts';
import { dataLimitExceeded, type Failure, located, outcomeOf } from './failure.ts';
import * as history from './history.ts';
import {
  catcherOf,
  failureOf,
  type Invocation,
  invocationOf,
  leave,
  leaveTask,
  leaveThrough,
} from './interpreter.ts';
import { exceedsQuota, type Json, plain } from './json.ts';
import { invocationFailure, invocationResult } from './lambda.ts';
import { keepLedger } from './ledger.ts';
import { nextAttempt } from './retry.ts';
import {
  type Answer,
  type Attempt,
  isAttempt,
  makeRun,
  type Run,
  restore,
  rowOf,
  stateOf,
  visitOf,
} from './run.ts';
import type { Store } from './store.ts';

export interface EngineOptions {
  readonly store: Store;
  readonly clock: TimerClock;
  readonly random: () => number;
  readonly mintToken: () => string;
  readonly region: string;
  readonly invoke: (functionName: string, payload: unknown) => Promise<unknown>;
  readonly machineOf: (revision: number) => Machine;
}

export interface NewExecution {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly revision: number;
  readonly roleArn: string;
  readonly input: string;
}

/** The first event is the start of the execution. */
const FIRST_ENTERED_EVENT = 2;

/** After so many steps others get a turn, and what was written goes to disk. */
const STEPS_PER_TURN = 64;

export type Engine = ReturnType<typeof startEngine>;

/**
 * Runs executions. Each step (leave a state and enter the next, schedule a task, record its answer) is one
 * unit of writing; what happens outside, a function's call or an answer to the API, waits until the step
 * before it is on disk. So a process killed anywhere resumes at its last step.
 */
export function startEngine(options: EngineOptions) {
  const { store, clock, random } = options;
  let steps = 0;
  const now = () => clock.now().getTime();
  const ledger = keepLedger(store, clock, {
    again: (run) => drive(run),
    timedOut: (run, phase, failure) => answer(run, phase, { failure }),
  });
  const { record, advance, fail, exit } = ledger;

  /** The event of a failed expression; a failure on entering a state is chained to what was before it. */
  function evaluationEvents({ cursor, lastEvent }: Run, failure: Failure): history.NewEvent[] {
    if (failure.location === undefined) return [];
    const { state, enteredEvent } = cursor;
    const before = enteredEvent === FIRST_ENTERED_EVENT ? 0 : enteredEvent - 1;
    const previous = lastEvent === enteredEvent ? before : undefined;
    return [history.evaluationFailed(state, failure.location, failure, previous)];
  }

  /** Does what a failed state's Retry and Catch say. */
  async function handle(run: Run, state: State, failure: Failure): Promise<void> {
    const { state: name, enteredEvent } = run.cursor;
    const told = located(failure, name, enteredEvent);
    const events = evaluationEvents(run, told);
    if (state.type === 'Task' && backOff(run, state, told, events)) return;
    const catcher = state.type === 'Task' ? catcherOf(state, told) : undefined;
    if (state.type !== 'Task' || !catcher) {
      if (record(run, ...events)) fail(run, told);
      return;
    }
    const left = await outcomeOf(leaveThrough(catcher, visitOf(run, state.type), told));
    if (run.closed || !record(run, ...events)) return;
    if (!('failure' in left)) return exit(run, state, left);
    const last = located(left.failure, name, enteredEvent);
    if (record(run, ...evaluationEvents(run, last))) fail(run, last);
  }

  /** Waits for another attempt, if a retrier grants one. */
  function backOff(run: Run, task: TaskState, failure: Failure, events: history.NewEvent[]): boolean {
    const { used } = run.cursor;
    const again = nextAttempt(task.retry, used, failure, random);
    if (!again) return false;
    const granted = task.retry.map((_, index) => (used[index] ?? 0) + (index === again.retrier ? 1 : 0));
    const phase = { kind: 'backoff', until: now() + again.delaySeconds * 1000 } as const;
    if (record(run, ...events)) advance(run, { used: granted, phase });
    return true;
  }

  /** Works on a state that was just entered, or entered again for another attempt. */
  async function work(run: Run): Promise<void> {
    const state = stateOf(run);
    if (state.type === 'Task') return schedule(run, state);
    const visit = visitOf(run, state.type);
    if (state.type === 'Fail') {
      const failed = await outcomeOf(failureOf(state, visit).then((ends) => ({ ends })));
      if (run.closed) return;
      return 'failure' in failed ? handle(run, state, failed.failure) : fail(run, failed.ends);
    }
    const left = await outcomeOf(leave(state, visit));
    if (run.closed) return;
    return 'failure' in left ? handle(run, state, left.failure) : exit(run, state, left);
  }

  async function schedule(run: Run, state: TaskState): Promise<void> {
    const token = state.waitsForToken ? options.mintToken() : undefined;
    const invocation = await outcomeOf(invocationOf(state, visitOf(run, state.type, token)));
    if (run.closed) return;
    if ('failure' in invocation) return handle(run, state, invocation.failure);
    const phase = attemptOf(state, invocation, token);
    const scheduled = history.taskScheduled(state, invocation.parameters, options.region);
    if (!record(run, scheduled, history.taskEvent('TaskStarted', state.waitsForToken, undefined))) return;
    if (token !== undefined) store.addToken(token, run.id);
    advance(run, { phase });
    void invoke(run, phase);
  }

  function attemptOf(
    state: TaskState,
    { functionName, payload }: Invocation,
    token: string | undefined,
  ): Attempt {
    const after = (seconds: number) => now() + seconds * 1000;
    const { timeoutSeconds, heartbeatSeconds } = state;
    return {
      kind: 'invoking',
      functionName,
      payload,
      ...(token === undefined ? {} : { token }),
      ...(timeoutSeconds === undefined ? {} : { timeoutAt: after(timeoutSeconds) }),
      ...(token === undefined || heartbeatSeconds === undefined
        ? {}
        : { heartbeatAt: after(heartbeatSeconds) }),
    };
  }

  const isCurrent = (run: Run, phase: Attempt) => !run.closed && run.cursor.phase === phase;

  /** Calls the function of an attempt, at least once: again after a restart, with the same payload and token. */
  async function invoke(run: Run, phase: Attempt): Promise<void> {
    await store.flushed();
    if (!isCurrent(run, phase)) return;
    const outcome = await call(phase);
    if (!isCurrent(run, phase)) return;
    if ('failure' in outcome) return answer(run, phase, outcome);
    const result = invocationResult(outcome.result, `${run.arn}#${run.lastEvent}`);
    if (phase.token === undefined) return answer(run, phase, { result });
    const submitted = history.taskEvent('TaskSubmitted', true, { output: JSON.stringify(result) });
    if (record(run, submitted)) advance(run, { phase: { ...phase, kind: 'waiting' } });
  }

  async function call({ functionName, payload }: Attempt): Promise<Answer> {
    try {
      return { result: plain(await options.invoke(functionName, payload)) };
    } catch (error) {
      return { failure: invocationFailure(error) };
    }
  }

  /** Takes the first answer of an attempt: the function's, the token's, or that of a timer. */
  function answer(run: Run, phase: Attempt, given: Answer): void {
    const byToken = phase.token !== undefined;
    let outcome = given;
    let event: history.NewEvent;
    const output = 'result' in given ? JSON.stringify(given.result) : '';
    if (exceedsQuota(output)) outcome = { failure: dataLimitExceeded('lambda').failure };
    if ('result' in outcome) event = history.taskEvent('TaskSucceeded', byToken, { output });
    else {
      const type = outcome.failure.error === 'States.Timeout' ? 'TaskTimedOut' : 'TaskFailed';
      event = history.taskEvent(type, byToken, outcome.failure);
    }
    if (!record(run, event)) return;
    const token = phase.token === undefined ? {} : { token: phase.token };
    advance(run, { phase: { kind: 'answered', answer: outcome, ...token } });
    drive(run);
  }

  async function conclude(run: Run, given: Answer, token: string | undefined): Promise<void> {
    const state = stateOf(run);
    if (state.type !== 'Task') throw new Error(`${run.arn} has an answer in a state that is no task`);
    if ('failure' in given) return handle(run, state, given.failure);
    const left = await outcomeOf(leaveTask(state, visitOf(run, state.type, token), given.result));
    if (run.closed) return;
    return 'failure' in left ? handle(run, state, left.failure) : exit(run, state, left);
  }

  /** Goes on with a run until it ends or waits. */
  function drive(run: Run): void {
    void (async () => {
      while (!run.closed) {
        const { phase } = run.cursor;
        if (phase.kind === 'entered') await work(run);
        else if (phase.kind === 'answered') await conclude(run, phase.answer, phase.token);
        else return;
        steps += 1;
        if (steps % STEPS_PER_TURN === 0) await store.flushed();
      }
    })();
  }

  function resume(): void {
    for (const row of store.runs()) {
      const execution = store.executionById(row.execution);
      const revision = execution && store.revision(execution.revision);
      if (!execution || !revision)
        throw new Error(`The run ${row.execution} has no execution or no definition`);
      const input = JSON.parse(execution.input) as Json;
      const machine = options.machineOf(execution.revision);
      const run = makeRun(execution, revision.roleArn, input, machine, restore(row));
      ledger.adopt(run);
      if (run.cursor.phase.kind === 'invoking') void invoke(run, run.cursor.phase as Attempt);
      else drive(run);
    }
  }

  resume();
  return {
    start({ arn, name, machineArn, revision, roleArn, input }: NewExecution): number {
      const startedAt = now();
      const id = store.addExecution(arn, name, machineArn, revision, startedAt, input);
      const machine = options.machineOf(revision);
      const value = JSON.parse(input) as Json;
      const run = makeRun({ id, arn, name, machineArn, startedAt }, roleArn, value, machine, {
        cursor: {
          state: machine.startAt,
          enteredAt: startedAt,
          enteredEvent: 0,
          used: [],
          phase: { kind: 'entered' },
        },
        lastEvent: 0,
        input: { value, text: input },
        variables: { value: {}, text: '{}' },
      });
      record(run, history.executionStarted(input, roleArn));
      ledger.enter(run, machine.startAt, true);
      const row = rowOf(run);
      store.addRun(row.execution, row.cursor, row.input, row.variables);
      ledger.adopt(run);
      drive(run);
      return startedAt;
    },

    /** Aborts a running execution; a finished one is left as it is. */
    stop(id: number, failure: Failure): void {
      const run = ledger.find(id);
      if (run) ledger.end(run, 'ABORTED', history.executionAborted(failure), failure);
    },

    /** Gives a token its answer. False when nothing waits for that token any more. */
    answerToken(execution: number, token: string, given: Answer): boolean {
      const run = ledger.find(execution);
      const phase = run?.cursor.phase;
      if (!run || !phase || !isAttempt(phase) || phase.token !== token) return false;
      answer(run, phase, given);
      return true;
    },

    /** Puts off a token's heartbeat timeout. False when nothing waits for that token any more. */
    heartbeat(execution: number, token: string): boolean {
      const run = ledger.find(execution);
      const phase = run?.cursor.phase;
      if (!run || !phase || !isAttempt(phase) || phase.token !== token) return false;
      const state = stateOf(run);
      if (state.type === 'Task' && state.heartbeatSeconds !== undefined) {
        phase.heartbeatAt = now() + state.heartbeatSeconds * 1000;
        advance(run, {});
      }
      return true;
    },

    settled: ledger.settled,
    close: ledger.close,
  };
}
