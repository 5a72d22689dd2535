import type { States } from './bench.ts';

/**
 * What the service answered to definitions of the supported subset, as recorded by public projects that run
 * their tests against it; the definitions here are our own.
 */
export interface Case {
  readonly of: string;
  readonly states: States;
  readonly input?: unknown;
  /** Results of the function `f`, in order; an Error is thrown. */
  readonly results?: readonly unknown[];
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string | RegExp;
  readonly events?: readonly string[];
}

export const pass = (fields: object): States => ({ Only: { Type: 'Pass', End: true, ...fields } });
export const place = "An error occurred while executing the state 'Only' (entered at the event id #2). ";
export const nothing = (source: string, field: string) =>
  `${place}The JSONata expression '${source}' specified for the field '${field}' returned nothing (undefined).`;

export const PASSED = ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded'];
export const UNEVALUATED = ['ExecutionStarted', 'PassStateEntered', 'EvaluationFailed', 'ExecutionFailed'];
export const TASK_STARTED = ['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted'];
