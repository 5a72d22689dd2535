import type {
  Catcher,
  ChoiceState,
  Effects,
  FailState,
  PassState,
  SucceedState,
  TaskState,
} from './definition.ts';
import { evaluate, evaluateTo, type Scope, type Template } from './expressions.ts';
import { dataLimitExceeded, errorOutput, type Failure, StateFailure } from './failure.ts';
import { exceedsQuota, isObject, type Json, type JsonObject } from './json.ts';
import { matches } from './retry.ts';

/** A state being worked on. */
export interface Visit {
  readonly name: string;
  readonly input: Json;
  readonly variables: JsonObject;
  /** `$states.context`. */
  readonly context: JsonObject;
}

/** How a state is left. */
export interface Exit {
  /** Undefined at the end of the machine. */
  readonly next: string | undefined;
  readonly output: Json;
  readonly outputText: string;
  readonly assigned: JsonObject;
}

const runtimeFailure = (cause: string) => new StateFailure({ error: 'States.Runtime', cause });

const scopeOf = ({ input, variables, context }: Visit, more: Partial<Scope['states']> = {}): Scope => ({
  states: { input, context, ...more },
  variables,
});

/** Both see the variables as they were when the state was entered. */
async function applyEffects(
  { assign, output }: Effects,
  next: string | undefined,
  visit: Visit,
  scope: Scope,
  fallback: Json,
): Promise<Exit> {
  const assigned: JsonObject = {};
  for (const [name, template] of assign) assigned[name] = await evaluate(template, scope);
  if (assign.length > 0 && exceedsQuota(JSON.stringify(assigned))) throw dataLimitExceeded(visit.name);
  const value = output === undefined ? fallback : await evaluate(output, scope);
  const outputText = JSON.stringify(value);
  if (exceedsQuota(outputText)) throw dataLimitExceeded(visit.name);
  return { next, output: value, outputText, assigned };
}

/** Leaves a state that does no work of its own. Throws a StateFailure. */
export async function leave(state: PassState | SucceedState | ChoiceState, visit: Visit): Promise<Exit> {
  const scope = scopeOf(visit);
  if (state.type !== 'Choice') return applyEffects(state, state.next, visit, scope, visit.input);
  for (const choice of state.choices) {
    if ((await evaluateTo('boolean', choice.condition, scope)) === true) {
      return applyEffects(choice, choice.next, visit, scope, visit.input);
    }
  }
  if (state.default === undefined) {
    throw runtimeFailure('Failed to transition out of the state. The state does not point to a next state.');
  }
  return applyEffects(state, state.default, visit, scope, visit.input);
}

/** Leaves a task with what it answered. Throws a StateFailure. */
export async function leaveTask(state: TaskState, visit: Visit, result: Json): Promise<Exit> {
  return applyEffects(state, state.next, visit, scopeOf(visit, { result }), result);
}

/** The catcher that takes a failure, if any. */
export const catcherOf = (state: TaskState, failure: Failure): Catcher | undefined =>
  state.catch.find((catcher) => matches(catcher.errorEquals, failure));

/** Leaves a task through a catcher. Throws a StateFailure, which no catcher takes any more. */
export async function leaveThrough(catcher: Catcher, visit: Visit, failure: Failure): Promise<Exit> {
  const output = errorOutput(failure);
  return applyEffects(catcher, catcher.next, visit, scopeOf(visit, { errorOutput: output }), output);
}

/** What a Fail state ends the execution with. Throws a StateFailure when an expression of its own fails. */
export async function failureOf(state: FailState, visit: Visit): Promise<Failure> {
  const text = async (template: Template | undefined) =>
    template && ((await evaluateTo('string', template, scopeOf(visit))) as string);
  const [error, cause] = [await text(state.error), await text(state.cause)];
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

/** The request that a task makes of its function. */
export interface Invocation {
  readonly functionName: string;
  readonly payload: Json;
  /** The evaluated Arguments, as the history shows them. */
  readonly parameters: string;
}

/** Evaluates a task's Arguments. Throws a StateFailure. */
export async function invocationOf(state: TaskState, visit: Visit): Promise<Invocation> {
  const value = state.arguments === undefined ? visit.input : await evaluate(state.arguments, scopeOf(visit));
  const parameters = JSON.stringify(value);
  if (exceedsQuota(parameters)) throw dataLimitExceeded(visit.name);
  const refuse = (reason: string) =>
    runtimeFailure(`The Parameters '${parameters}' could not be used to start the Task: [${reason}]`);
  if (!isObject(value)) throw refuse('An object is required');
  const { FunctionName: functionName, Payload: payload = {}, ...others } = value as JsonObject;
  if (functionName === undefined) throw refuse('The field "FunctionName" is required but was missing');
  if (typeof functionName !== 'string')
    throw refuse('The value for the field "FunctionName" must be a STRING');
  for (const field of Object.keys(others))
    throw refuse(`The field "${field}" is not supported by Step Functions`);
  return { functionName, payload, parameters };
}
