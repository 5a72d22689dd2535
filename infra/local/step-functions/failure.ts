import type { JsonObject } from './json.ts';

/** Why a state did not do its work: what Retry and Catch match on, and what the history tells. */
export interface Failure {
  /** Absent only when SendTaskFailure named none. */
  readonly error?: string;
  readonly cause?: string;
  /** A second name that ErrorEquals may use: a missed heartbeat is a timeout too. */
  readonly alias?: string;
  /** The field whose expression failed; the history gets an EvaluationFailed event. */
  readonly location?: string;
}

/** Thrown while a state is evaluated, caught by the engine, which asks Retry and Catch. */
export class StateFailure extends Error {
  override readonly name = 'StateFailure';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`${failure.error}: ${failure.cause}`);
    this.failure = failure;
  }
}

export const QUERY_EVALUATION_ERROR = 'States.QueryEvaluationError';

export const evaluationFailure = (location: string, cause: string): StateFailure =>
  new StateFailure({ error: QUERY_EVALUATION_ERROR, cause, location });

/** `name` is the state's, or `lambda` when the function's own result is too large. */
export const dataLimitExceeded = (name: string): StateFailure =>
  new StateFailure({
    error: 'States.DataLimitExceeded',
    cause: `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  });

/** `$states.errorOutput`, and the output of a catcher that declares none. */
export function errorOutput({ error, cause }: Failure): JsonObject {
  return {
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
  };
}

/** The service tells where a failure that it raised itself happened; a task's own cause stays as it is. */
export function located(failure: Failure, state: string, enteredEvent: number): Failure {
  if (failure.error !== QUERY_EVALUATION_ERROR && failure.error !== 'States.Runtime') return failure;
  const place = `An error occurred while executing the state '${state}' (entered at the event id #${enteredEvent}).`;
  return { ...failure, cause: `${place} ${failure.cause}` };
}

/** What an evaluation came to: its value, or the failure that it threw. */
export async function outcomeOf<T>(evaluation: Promise<T>): Promise<T | { failure: Failure }> {
  try {
    return await evaluation;
  } catch (error) {
    if (error instanceof StateFailure) return { failure: error.failure };
    throw error;
  }
}
