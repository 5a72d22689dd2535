import jsonata from 'jsonata';
import { addFunctions, type Surroundings } from './added-functions.ts';
import { evaluationFailure } from './failure.ts';
import { isObject, type Json, type JsonObject, plain } from './json.ts';

/** What an expression sees: `$states` and one binding per variable. */
export interface Scope {
  readonly states: {
    readonly input: Json;
    readonly context: Json;
    readonly result?: Json;
    readonly errorOutput?: Json;
  };
  readonly variables: JsonObject;
}

/** A field of a state whose strings between `{%` and `%}` are expressions; everything else stands for itself. */
export type Template =
  | { readonly constant: Json }
  | { readonly expression: Expression }
  | { readonly items: readonly Template[] }
  | { readonly members: readonly (readonly [string, Template])[] };

interface Expression {
  readonly source: string;
  /** The field as the service names it, such as `Choices[1]/Output/v`. */
  readonly location: string;
  readonly compiled: jsonata.Expression;
  /** The names of an expression that only follows members, such as `$states.result.Payload`. */
  readonly path: readonly [string, ...string[]] | undefined;
}

/** The evaluator's bounds on the service: how deep an expression may nest, and for how long it may run. */
const BOUNDS = { stack: 100, timeout: 5_000 };

export const isExpression = (text: string): boolean =>
  text.startsWith('{%') && text.endsWith('%}') && text.length > 3;

/** What stands between the braces. */
export const sourceOf = (text: string): string => text.slice(2, -2).trim();

/** Compiles a field. Throws the library's error on a malformed expression. */
export function compileTemplate(value: unknown, location: string, surroundings: Surroundings): Template {
  if (typeof value === 'string' && isExpression(value)) {
    return { expression: compile(sourceOf(value), location, surroundings) };
  }
  if (Array.isArray(value)) {
    const items = value.map((item, index) => compileTemplate(item, `${location}[${index}]`, surroundings));
    return items.every(isConstant) ? { constant: plain(value) } : { items };
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(
      ([key, member]) => [key, compileTemplate(member, `${location}/${key}`, surroundings)] as const,
    );
    return members.every(([, member]) => isConstant(member)) ? { constant: plain(value) } : { members };
  }
  return { constant: plain(value) };
}

const isConstant = (template: Template) => 'constant' in template;

function compile(source: string, location: string, surroundings: Surroundings): Expression {
  const compiled = jsonata(source, BOUNDS);
  addFunctions(compiled, surroundings);
  return { source, location, compiled, path: plainPath(source) };
}

function plainPath(source: string): readonly [string, ...string[]] | undefined {
  if (!/^\$[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(source)) return undefined;
  const [variable = '', ...steps] = source.slice(1).split('.');
  // Words that the language reads as operators or values wherever a name could stand.
  return steps.some((step) => ['and', 'or', 'in', 'true', 'false', 'null'].includes(step))
    ? undefined
    : [variable, ...steps];
}

/** The value of a field. Throws a StateFailure when an expression fails or returns nothing. */
export async function evaluate(template: Template, scope: Scope): Promise<Json> {
  if ('constant' in template) return template.constant;
  if ('expression' in template) return evaluateExpression(template.expression, scope);
  if ('items' in template) {
    const items: Json[] = [];
    for (const item of template.items) items.push(await evaluate(item, scope));
    return items;
  }
  const entries: [string, Json][] = [];
  for (const [key, member] of template.members) entries.push([key, await evaluate(member, scope)]);
  return Object.fromEntries(entries);
}

/** As `evaluate`, and refuses a value of another type: the condition of a rule, an error name. */
export async function evaluateTo(
  type: 'boolean' | 'string',
  template: Template,
  scope: Scope,
): Promise<Json> {
  const value = await evaluate(template, scope);
  if (typeof value !== type && 'expression' in template) {
    const { source, location } = template.expression;
    const found = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
    throw evaluationFailure(
      location,
      `The JSONata expression '${source}' specified for the field '${location}' returned an unexpected result type. ` +
        `Expected '${type}', but was '${found}' for value: ${JSON.stringify(value)}`,
    );
  }
  return value;
}

async function evaluateExpression(expression: Expression, scope: Scope): Promise<Json> {
  const { source, location, compiled, path } = expression;
  const followed = path && follow(path, scope);
  if (followed !== undefined) return followed;
  const said = `The JSONata expression '${source}' specified for the field '${location}'`;
  let value: unknown;
  try {
    value = await compiled.evaluate(undefined, { ...scope.variables, states: scope.states });
  } catch (error) {
    throw evaluationFailure(location, `${said} threw an error during evaluation${describe(error)}`);
  }
  if (value === undefined) throw evaluationFailure(location, `${said} returned nothing (undefined).`);
  if (typeof value === 'function' || (isObject(value) && '_jsonata_function' in value)) {
    throw evaluationFailure(location, `${said} returned an unsupported result type.`);
  }
  return plain(value);
}

/**
 * Follows members through plain objects without the evaluator, which is most of what a state machine asks.
 * Undefined where the language has more to say: a missing member, an array, a value inside a value.
 */
function follow([variable, ...steps]: readonly [string, ...string[]], scope: Scope): Json | undefined {
  const start = variable === 'states' ? scope.states : scope.variables;
  let value: unknown = start;
  for (const step of variable === 'states' ? steps : [variable, ...steps]) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value === start || Array.isArray(value) ? undefined : (value as Json | undefined);
}

function describe(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'D1011' || message?.startsWith('Stack overflow')) {
    return ': Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive';
  }
  if (code === 'D1012' || message?.startsWith('Expression evaluation timeout')) {
    return ': Expression evaluation timeout: Check for infinite loop';
  }
  return code ? `. ${code}: ${message}` : `: ${message}`;
}
