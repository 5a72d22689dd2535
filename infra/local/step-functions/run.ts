import type { Machine, State } from './definition.ts';
import type { Failure } from './failure.ts';
import type { Visit } from './interpreter.ts';
import type { Json, JsonObject } from './json.ts';
import type { ExecutionRow, RunRow } from './store.ts';

/** What a task came to. */
export type Answer = { readonly result: Json } | { readonly failure: Failure };

/** A task under way. Instants are milliseconds since the epoch. */
export interface Attempt {
  /** `waiting` once the function has returned and only the token can answer. */
  readonly kind: 'invoking' | 'waiting';
  readonly token?: string;
  readonly functionName: string;
  readonly payload: Json;
  readonly timeoutAt?: number;
  /** Moves with every heartbeat. */
  heartbeatAt?: number;
}

export type Phase =
  | { readonly kind: 'entered' }
  | Attempt
  | { readonly kind: 'answered'; readonly token?: string; readonly answer: Answer }
  | { readonly kind: 'backoff'; readonly until: number };

export const isAttempt = (phase: Phase): phase is Attempt =>
  phase.kind === 'invoking' || phase.kind === 'waiting';

/** Where a running execution stands: with the input and the variables, all that a restart needs. */
export interface Cursor {
  readonly state: string;
  readonly enteredAt: number;
  readonly enteredEvent: number;
  /** How often each retrier of the state has granted another attempt. */
  readonly used: readonly number[];
  readonly phase: Phase;
}

/** A running execution in memory. */
export interface Run {
  readonly id: number;
  readonly arn: string;
  readonly machine: Machine;
  /** The parts of `$states.context` that stay the same. */
  readonly context: JsonObject;
  readonly deadline: number | undefined;
  cursor: Cursor;
  lastEvent: number;
  input: { readonly value: Json; readonly text: string };
  variables: { readonly value: JsonObject; readonly text: string };
  closed: boolean;
  /** Cancels the timers of the current phase. */
  disarm: () => void;
  /** Cancels the timer of the whole execution. */
  disarmDeadline: () => void;
}

type RunSoFar = Pick<Run, 'cursor' | 'lastEvent' | 'input' | 'variables'>;

export function makeRun(
  execution: Pick<ExecutionRow, 'id' | 'arn' | 'name' | 'machineArn' | 'startedAt'>,
  roleArn: string,
  input: Json,
  machine: Machine,
  soFar: RunSoFar,
): Run {
  const context = {
    Execution: {
      Id: execution.arn,
      Input: input,
      StartTime: new Date(execution.startedAt).toISOString(),
      Name: execution.name,
      RoleArn: roleArn,
      RedriveCount: 0,
    },
    StateMachine: { Id: execution.machineArn, Name: execution.machineArn.split(':').at(-1) ?? '' },
  };
  const { timeoutSeconds } = machine;
  const deadline = timeoutSeconds === undefined ? undefined : execution.startedAt + timeoutSeconds * 1000;
  const idle = { closed: false, disarm: () => {}, disarmDeadline: () => {} };
  return { id: execution.id, arn: execution.arn, machine, context, deadline, ...soFar, ...idle };
}

/** The row of a run; `restore` reads it back. */
export const rowOf = ({ id, cursor, lastEvent, input, variables }: Run): RunRow => ({
  execution: id,
  cursor: JSON.stringify({ ...cursor, lastEvent }),
  input: input.text,
  variables: variables.text,
});

export function restore(row: RunRow): RunSoFar {
  const { lastEvent, ...cursor } = JSON.parse(row.cursor) as Cursor & { lastEvent: number };
  return {
    cursor,
    lastEvent,
    input: { value: JSON.parse(row.input) as Json, text: row.input },
    variables: { value: JSON.parse(row.variables) as JsonObject, text: row.variables },
  };
}

/** The state that a run is in. */
export function stateOf({ machine, cursor, arn }: Run): State {
  const state = machine.states.get(cursor.state);
  if (!state) throw new Error(`${arn} is in a state that its definition lacks: ${cursor.state}`);
  return state;
}

/** The run as expressions see it, with the task's token if there is one. */
export function visitOf(
  { cursor, context, input, variables }: Run,
  type: State['type'],
  token?: string,
): Visit {
  const retries: JsonObject =
    type === 'Task' ? { RetryCount: cursor.used.reduce((sum, count) => sum + count, 0) } : {};
  const state = { Name: cursor.state, EnteredTime: new Date(cursor.enteredAt).toISOString(), ...retries };
  return {
    name: cursor.state,
    input: input.value,
    variables: variables.value,
    context: { ...context, State: state, ...(token === undefined ? {} : { Task: { Token: token } }) },
  };
}
