import type { Surroundings } from './added-functions.ts';
import type { Catcher, Choice, Effects, Machine, Problem, Retrier, State } from './definition.ts';
import { isExpression } from './expressions.ts';
import { Fields, type Readable } from './fields.ts';
import { isObject } from './json.ts';
import { checkTransitions } from './transitions.ts';

const LONGEST_SECONDS = 99_999_999;
const LONGEST_DELAY_SECONDS = 31_622_400;
const LONGEST_NAME = 80;

const RESOURCE = /^arn:[^:]+:states:::lambda:invoke(\.waitForTaskToken)?$/;
const STATE_TYPES = ['Task', 'Choice', 'Pass', 'Succeed', 'Fail'];
/** JSONata's own rule for a variable's name, which the service shares. */
const VARIABLE = /^[\p{ID_Start}][\p{ID_Continue}]{0,79}$/u;
const JSONPATH_FIELDS = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'ResultSelector',
  'Parameters',
  'Result',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'ErrorPath',
  'CausePath',
];

/**
 * Reads a definition in the states language. What this engine does not support is refused here, by state
 * and field, so that nothing it accepts behaves otherwise than on the service.
 */
export function loadMachine(
  text: string,
  surroundings: Surroundings,
): { machine: Machine } | { problems: readonly Problem[] } {
  let definition: unknown;
  try {
    definition = text.trim() === '' ? undefined : JSON.parse(text);
  } catch (error) {
    return {
      problems: [{ code: 'INVALID_JSON_DESCRIPTION', message: (error as Error).message, location: '/' }],
    };
  }
  const problems: Problem[] = [];
  const fields = new Fields(isObject(definition) ? definition : {}, '', '', problems, surroundings);
  if (!isObject(definition)) {
    const message = 'Definition must be a valid JSON object';
    return { problems: [{ code: 'SCHEMA_VALIDATION_FAILED', message, location: null }] };
  }
  fields.require('States', 'StartAt');
  if (!fields.has('States')) return { problems };
  fields.only('QueryLanguage', 'Version', 'StartAt', 'TimeoutSeconds', 'States');
  if (fields.get('QueryLanguage') !== 'JSONata')
    fields.problem("QueryLanguage should be 'JSONata'", 'QueryLanguage');
  fields.oneOf('Version', ['1.0']);
  const startAt = fields.string('StartAt') ?? '';
  const timeoutSeconds = fields.number('TimeoutSeconds', { least: 1, most: LONGEST_SECONDS });
  const states = new Map<string, State>();
  const all = fields.object('States');
  for (const name of all?.members() ?? []) {
    const state = readState(name, all?.get(name), problems, surroundings);
    if (state) states.set(name, state);
  }
  if (all) checkTransitions(definition, problems);
  return problems.length > 0 ? { problems } : { machine: { startAt, timeoutSeconds, states } };
}

function readState(
  name: string,
  value: unknown,
  problems: Problem[],
  surroundings: Surroundings,
): State | undefined {
  const location = `/States/${name}`;
  const fields = new Fields(isObject(value) ? value : {}, location, location, problems, surroundings);
  if (!isObject(value)) return fields.problem('Expected value of type [OBJECT]');
  if (name.length > LONGEST_NAME)
    fields.problem(`State names should have at most ${LONGEST_NAME} characters`);
  refuseJsonPath(fields);
  if (!fields.has('Type')) return fields.problem('These fields are required: [Type]');
  switch (fields.oneOf('Type', STATE_TYPES)) {
    case 'Pass':
      fields.only('Type', 'QueryLanguage', 'Assign', 'Output', 'Next', 'End', ...JSONPATH_FIELDS);
      return { type: 'Pass', ...readEffects(fields), next: readNext(fields) };
    case 'Succeed':
      fields.only('Type', 'QueryLanguage', 'Output', ...JSONPATH_FIELDS);
      return { type: 'Succeed', ...readEffects(fields), next: undefined };
    case 'Fail':
      fields.only('Type', 'QueryLanguage', 'Error', 'Cause', ...JSONPATH_FIELDS);
      for (const field of ['Error', 'Cause']) fields.string(field);
      return { type: 'Fail', error: fields.template('Error'), cause: fields.template('Cause') };
    case 'Choice':
      return readChoiceState(fields);
    case 'Task':
      return readTask(fields);
    default:
      return undefined;
  }
}

function refuseJsonPath(fields: Fields): void {
  if (fields.has('QueryLanguage') && fields.get('QueryLanguage') !== 'JSONata') {
    fields.problem("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
  }
  for (const field of JSONPATH_FIELDS.filter((field) => fields.has(field))) {
    fields.problem(
      `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage`,
    );
  }
}

function readNext(fields: Fields): string | undefined {
  const [next, end] = [fields.string('Next'), fields.get('End')];
  if (end !== undefined && typeof end !== 'boolean')
    fields.problem('Expected value of type [BOOLEAN]', 'End');
  if ((next === undefined) === (end !== true)) fields.problem("Exactly one of 'Next' and 'End' is required");
  return next;
}

function readEffects(fields: Fields, readable: readonly Readable[] = []): Effects {
  const variables = fields.object('Assign');
  const assign = (variables?.members() ?? []).flatMap((name) => {
    if (name === 'states') variables?.problem("The variable name 'states' is reserved", name);
    else if (!VARIABLE.test(name)) variables?.problem(`'${name}' is not a valid variable name`, name);
    const template = variables?.template(name, readable);
    return template ? [[name, template] as const] : [];
  });
  return { assign, output: fields.template('Output', readable) };
}

function readChoiceState(fields: Fields): State {
  fields.only('Type', 'QueryLanguage', 'Choices', 'Default', 'Assign', 'Output', ...JSONPATH_FIELDS);
  fields.require('Choices');
  const rules = fields.list('Choices');
  if (fields.has('Choices') && rules.length === 0) fields.problem('At least one rule is required', 'Choices');
  const choices = rules.flatMap((rule): Choice[] => {
    rule.only('Condition', 'Next', 'Assign', 'Output');
    rule.require('Condition', 'Next');
    const given = rule.get('Condition');
    if (rule.has('Condition') && typeof given !== 'boolean' && !isExpression(`${given}`)) {
      rule.problem('Expected an expression', 'Condition');
    }
    const [condition, next] = [rule.template('Condition'), rule.string('Next')];
    return condition && next !== undefined ? [{ condition, next, ...readEffects(rule) }] : [];
  });
  return { type: 'Choice', choices, default: fields.string('Default'), ...readEffects(fields) };
}

function readTask(fields: Fields): State {
  fields.only(
    'Type',
    'QueryLanguage',
    'Resource',
    'Arguments',
    'Assign',
    'Output',
    'TimeoutSeconds',
    'HeartbeatSeconds',
    'Retry',
    'Catch',
    'Next',
    'End',
    ...JSONPATH_FIELDS,
  );
  fields.require('Resource');
  const resource = RESOURCE.exec(fields.string('Resource') ?? '');
  if (fields.has('Resource') && !resource) {
    fields.problem('Only lambda:invoke and lambda:invoke.waitForTaskToken are supported', 'Resource');
  }
  const timeoutSeconds = fields.number('TimeoutSeconds', { least: 1, most: LONGEST_SECONDS });
  const heartbeatSeconds = fields.number('HeartbeatSeconds', { least: 1, most: LONGEST_SECONDS });
  if (heartbeatSeconds !== undefined && heartbeatSeconds >= (timeoutSeconds ?? LONGEST_SECONDS)) {
    fields.problem('HeartbeatSeconds should be less than TimeoutSeconds', 'HeartbeatSeconds');
  }
  return {
    type: 'Task',
    waitsForToken: resource?.[1] !== undefined,
    arguments: readArguments(fields),
    timeoutSeconds,
    heartbeatSeconds,
    retry: readHandlers(fields, 'Retry', readRetrier),
    catch: readHandlers(fields, 'Catch', readCatcher),
    ...readEffects(fields, ['result']),
    next: readNext(fields),
  };
}

function readArguments(fields: Fields) {
  if (isObject(fields.get('Arguments'))) {
    const given = fields.object('Arguments');
    for (const name of given?.members() ?? []) {
      if (name !== 'FunctionName' && name !== 'Payload')
        given?.problem(`Field '${name}' is not supported`, name);
    }
    given?.require('FunctionName');
  } else if (fields.has('Arguments')) fields.string('Arguments');
  return fields.template('Arguments');
}

function readHandlers<T extends { errorEquals: readonly string[] }>(
  fields: Fields,
  field: 'Retry' | 'Catch',
  read: (handler: Fields) => T,
): T[] {
  const handlers = fields.list(field);
  return handlers.map((handler, index) => {
    const value = read(handler);
    const isLast = index === handlers.length - 1;
    if (value.errorEquals.includes('States.ALL') && (value.errorEquals.length > 1 || !isLast)) {
      handler.problem("'States.ALL' should stand alone, in the last element", 'ErrorEquals');
    }
    return value;
  });
}

function readErrorEquals(handler: Fields): string[] {
  handler.require('ErrorEquals');
  const names = handler.get('ErrorEquals');
  if (names === undefined) return [];
  if (Array.isArray(names) && names.length > 0 && names.every((name) => typeof name === 'string'))
    return names;
  return handler.problem('Expected a non-empty array of error names', 'ErrorEquals') ?? [];
}

function readRetrier(handler: Fields): Retrier {
  handler.only(
    'ErrorEquals',
    'IntervalSeconds',
    'BackoffRate',
    'MaxAttempts',
    'MaxDelaySeconds',
    'JitterStrategy',
  );
  const most = LONGEST_SECONDS;
  const intervalSeconds = handler.number('IntervalSeconds', { least: 1, most }) ?? 1;
  const maxDelaySeconds = handler.number('MaxDelaySeconds', { least: 1, most: LONGEST_DELAY_SECONDS });
  if (maxDelaySeconds !== undefined && maxDelaySeconds <= intervalSeconds) {
    handler.problem('MaxDelaySeconds should be greater than IntervalSeconds', 'MaxDelaySeconds');
  }
  return {
    errorEquals: readErrorEquals(handler),
    intervalSeconds,
    backoffRate: handler.number('BackoffRate', { least: 1, most: Number.MAX_VALUE, whole: false }) ?? 2,
    maxAttempts: handler.number('MaxAttempts', { least: 0, most }) ?? 3,
    maxDelaySeconds,
    jitter: handler.oneOf('JitterStrategy', ['FULL', 'NONE']) === 'FULL',
  };
}

function readCatcher(handler: Fields): Catcher {
  handler.only('ErrorEquals', 'Next', 'Assign', 'Output');
  handler.require('Next');
  return {
    errorEquals: readErrorEquals(handler),
    next: handler.string('Next') ?? '',
    ...readEffects(handler, ['errorOutput']),
  };
}
