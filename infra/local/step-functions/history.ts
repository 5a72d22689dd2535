import type { State } from './definition.ts';
import type { Failure } from './failure.ts';
import type { JsonObject } from './json.ts';

/** At this many events an execution fails; the last one is its failure. */
export const MOST_EVENTS = 25_000;

/** An event before it has its number, its time and its predecessor. */
export interface NewEvent {
  readonly type: string;
  /** The member that holds the details, such as `stateEnteredEventDetails`. */
  readonly member: string;
  readonly details: JsonObject;
  /** Set on the few events that the service does not chain to the one before. */
  readonly previous?: number;
}

export interface StoredEvent {
  readonly id: number;
  readonly previous: number;
  readonly at: number;
  readonly type: string;
  readonly member: string;
  /** JSON. */
  readonly details: string;
}

const NOT_TRUNCATED = { truncated: false };

const told = ({ error, cause }: Failure): JsonObject => ({
  ...(error === undefined ? {} : { error }),
  ...(cause === undefined ? {} : { cause }),
});

export const executionStarted = (input: string, roleArn: string): NewEvent => ({
  type: 'ExecutionStarted',
  member: 'executionStartedEventDetails',
  details: { input, inputDetails: NOT_TRUNCATED, roleArn },
});

export const executionSucceeded = (output: string): NewEvent => ({
  type: 'ExecutionSucceeded',
  member: 'executionSucceededEventDetails',
  details: { output, outputDetails: NOT_TRUNCATED },
});

export const executionFailed = (failure: Failure): NewEvent => ({
  type: 'ExecutionFailed',
  member: 'executionFailedEventDetails',
  details: told(failure),
});

export const executionAborted = (failure: Failure): NewEvent => ({
  type: 'ExecutionAborted',
  member: 'executionAbortedEventDetails',
  details: told(failure),
  previous: 0,
});

export const executionTimedOut: NewEvent = {
  type: 'ExecutionTimedOut',
  member: 'executionTimedOutEventDetails',
  details: { error: 'States.Timeout' },
  previous: 0,
};

/** The service does not chain the first state to the start of the execution. */
export const stateEntered = (type: State['type'], name: string, input: string, first: boolean): NewEvent => ({
  type: `${type}StateEntered`,
  member: 'stateEnteredEventDetails',
  details: { name, input, inputDetails: NOT_TRUNCATED },
  ...(first ? { previous: 0 } : {}),
});

export function stateExited(
  type: State['type'],
  name: string,
  output: string,
  assigned: JsonObject,
): NewEvent {
  const variables = Object.entries(assigned).map(([variable, value]) => [variable, JSON.stringify(value)]);
  const assignment: JsonObject =
    variables.length === 0
      ? {}
      : { assignedVariables: Object.fromEntries(variables), assignedVariablesDetails: NOT_TRUNCATED };
  return {
    type: `${type}StateExited`,
    member: 'stateExitedEventDetails',
    details: { name, output, outputDetails: NOT_TRUNCATED, ...assignment },
  };
}

/** A failure on entering is chained, as on the service, to the event before the entering: `previous`. */
export const evaluationFailed = (
  state: string,
  location: string,
  failure: Failure,
  previous: number | undefined,
): NewEvent => ({
  type: 'EvaluationFailed',
  member: 'evaluationFailedEventDetails',
  details: { ...told(failure), location, state },
  ...(previous === undefined ? {} : { previous }),
});

/** The resource of a task as the history names it. */
const resourceOf = (waitsForToken: boolean) => ({
  resourceType: 'lambda',
  resource: waitsForToken ? 'invoke.waitForTaskToken' : 'invoke',
});

export const taskScheduled = (
  task: { waitsForToken: boolean; timeoutSeconds: number | undefined; heartbeatSeconds: number | undefined },
  parameters: string,
  region: string,
): NewEvent => ({
  type: 'TaskScheduled',
  member: 'taskScheduledEventDetails',
  details: {
    ...resourceOf(task.waitsForToken),
    region,
    parameters,
    ...(task.timeoutSeconds === undefined ? {} : { timeoutInSeconds: task.timeoutSeconds }),
    ...(task.heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: task.heartbeatSeconds }),
  },
});

/** The events of a task that only name its resource and tell one thing. */
export const taskEvent = (
  type: 'TaskStarted' | 'TaskSubmitted' | 'TaskSucceeded' | 'TaskFailed' | 'TaskTimedOut',
  waitsForToken: boolean,
  outcome: { output: string } | Failure | undefined,
): NewEvent => ({
  type,
  member: `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`,
  details: {
    ...resourceOf(waitsForToken),
    ...(outcome === undefined
      ? {}
      : 'output' in outcome
        ? { output: outcome.output, outputDetails: NOT_TRUNCATED }
        : told(outcome)),
  },
});

const EXECUTION_DATA = ['input', 'inputDetails', 'output', 'outputDetails'];

/** An event as GetExecutionHistory answers it. */
export function renderEvent(event: StoredEvent, includeExecutionData: boolean): JsonObject {
  const details = JSON.parse(event.details) as JsonObject;
  if (!includeExecutionData) for (const field of EXECUTION_DATA) delete details[field];
  return {
    id: event.id,
    previousEventId: event.previous,
    timestamp: event.at / 1000,
    type: event.type,
    [event.member]: details,
  };
}
