import { expect, test } from 'vitest';
import { loadMachine } from '../../../infra/local/step-functions/load.ts';
import { gate, machineOf, task } from './bench.ts';

const surroundings = { now: () => 0, random: () => 0 };

/** The problems of a definition, as `code location`. */
function problemsOf(definition: string): string[] {
  const loaded = loadMachine(definition, surroundings);
  return 'problems' in loaded ? loaded.problems.map(({ code, location }) => `${code} ${location}`) : [];
}

const messagesOf = (definition: string) => {
  const loaded = loadMachine(definition, surroundings);
  return 'problems' in loaded ? loaded.problems.map(({ message }) => message) : [];
};

const end = { Type: 'Pass', End: true };
const schema = (location: string) => `SCHEMA_VALIDATION_FAILED ${location}`;

test('the whole subset is accepted', () => {
  const effects = {
    Assign: { a: 1, 名: '{% $states.input %}' },
    Output: '{% $states.input %}',
    Comment: 'c',
  };
  const states = {
    Start: {
      ...gate({ TimeoutSeconds: 100, HeartbeatSeconds: 10, Next: 'Choose', ...effects }),
      Retry: [
        {
          ErrorEquals: ['A', 'B'],
          IntervalSeconds: 1,
          BackoffRate: 1.5,
          MaxAttempts: 0,
          MaxDelaySeconds: 9,
          JitterStrategy: 'FULL',
        },
        { ErrorEquals: ['States.ALL'], Comment: 'c' },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Fail', ...effects }],
    },
    Choose: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $a = 1 %}', Next: 'Work', ...effects }],
      Default: 'Pass',
      ...effects,
    },
    Work: task({ Resource: 'arn:aws-cn:states:::lambda:invoke', Next: 'Pass', QueryLanguage: 'JSONata' }),
    Pass: { Type: 'Pass', Next: 'Done', ...effects },
    Done: { Type: 'Succeed', Output: {}, Comment: 'c' },
    Fail: { Type: 'Fail', Error: "{% 'e' %}", Cause: 'c' },
  };
  expect(problemsOf(machineOf(states, { Comment: 'c', TimeoutSeconds: 5, Version: '1.0' }))).toEqual([]);
});

test.each([
  ['not JSON', '{', 'INVALID_JSON_DESCRIPTION /'],
  ['nothing', '', schema('null')],
  ['no object', '[]', schema('null')],
  ['no States', '{"QueryLanguage":"JSONata","StartAt":"A"}', schema('/')],
  ['no QueryLanguage', '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}', schema('/QueryLanguage')],
  ['another field of the machine', machineOf({ A: end }, { Input: 1 }), schema('/Input')],
  [
    'a StartAt that is missing',
    machineOf({ A: end }, { StartAt: 'B' }),
    'MISSING_TRANSITION_TARGET /StartAt',
  ],
  ['no end', machineOf({ A: { Type: 'Pass', Next: 'A' } }), 'MISSING_END_STATE null'],
  ['a state out of reach', machineOf({ A: end, B: end }), 'MISSING_TRANSITION_TARGET /States/B'],
  ['a machine timeout of zero', machineOf({ A: end }, { TimeoutSeconds: 0 }), schema('/TimeoutSeconds')],
])('refused: %s', (_, definition, problem) => {
  expect(problemsOf(definition)).toContain(problem);
});

const ofState = (state: object, other: object = {}) => machineOf({ A: state, ...other });
test.each<[string, object, string]>([
  ['no Type', { End: true }, schema('/States/A')],
  ...['Map', 'Parallel', 'Wait', 'pass'].map((Type): [string, object, string] => [
    `Type ${Type}`,
    { Type, End: true },
    schema('/States/A/Type'),
  ]),
  ...['InputPath', 'OutputPath', 'ResultPath', 'Parameters', 'Result', 'ResultSelector'].map(
    (field): [string, object, string] => [field, { ...end, [field]: '$' }, schema('/States/A')],
  ),
  ['an unknown field', { ...end, Outputs: 1 }, schema('/States/A/Outputs')],
  ['Catch on a Pass', { ...end, Catch: [] }, schema('/States/A/Catch')],
  ['TimeoutSeconds on a Pass', { ...end, TimeoutSeconds: 1 }, schema('/States/A/TimeoutSeconds')],
  ['JSONPath in one state', { ...end, QueryLanguage: 'JSONPath' }, schema('/States/A')],
  ['neither Next nor End', { Type: 'Pass' }, schema('/States/A')],
  ['both Next and End', { Type: 'Pass', Next: 'A', End: true }, schema('/States/A')],
  ['a Next that is missing', { Type: 'Pass', Next: 'B' }, 'MISSING_TRANSITION_TARGET /States/A/Next'],
  ['a variable named states', { ...end, Assign: { states: 1 } }, schema('/States/A/Assign/states')],
  ['a bad variable name', { ...end, Assign: { 'a-b': 1 } }, schema('/States/A/Assign/a-b')],
  [
    'a malformed expression',
    { ...end, Output: ['{% a[1,2) %}'] },
    'INVALID_JSONATA_EXPRESSION /States/A/Output[0]',
  ],
  [
    'a bare name',
    { ...end, Output: { v: '{% phone %}' } },
    'UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output/v',
  ],
  ['$$', { ...end, Output: '{% $$.x %}' }, 'UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output'],
  ['$', { ...end, Output: '{% $ %}' }, 'UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output'],
  [
    'a result outside a task',
    { ...end, Output: '{% $states.result %}' },
    'UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output',
  ],
  [
    'an errorOutput outside a catcher',
    task({ End: true, Output: '{% $states.errorOutput %}' }),
    'UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output',
  ],
  ['Assign on a Succeed', { Type: 'Succeed', Assign: {} }, schema('/States/A/Assign')],
  ['Next on a Fail', { Type: 'Fail', Next: 'A' }, schema('/States/A/Next')],
  ['an Error that is no text', { Type: 'Fail', Error: 1 }, schema('/States/A/Error')],
  ['a Choice without Choices', { Type: 'Choice', Default: 'A' }, schema('/States/A')],
  [
    'a Condition that is no expression',
    { Type: 'Choice', Choices: [{ Condition: 'x', Next: 'A' }] },
    schema('/States/A/Choices[0]/Condition'),
  ],
  ['an empty Choices', { Type: 'Choice', Choices: [] }, schema('/States/A/Choices')],
  ['a rule without Condition', { Type: 'Choice', Choices: [{ Next: 'A' }] }, schema('/States/A/Choices[0]')],
  [
    'a rule of JSONPath',
    { Type: 'Choice', Choices: [{ Condition: '{% true %}', Variable: '$.a', Next: 'A' }] },
    schema('/States/A/Choices[0]/Variable'),
  ],
  [
    'a rule to nowhere',
    { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'B' }] },
    'MISSING_TRANSITION_TARGET /States/A/Choices[0]/Next',
  ],
  [
    'a Default to nowhere',
    { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'A' }], Default: 'B' },
    'MISSING_TRANSITION_TARGET /States/A/Default',
  ],
  [
    'another resource',
    task({ Resource: 'arn:aws:states:::sqs:sendMessage', End: true }),
    schema('/States/A/Resource'),
  ],
  [
    'a function as the resource',
    task({ Resource: 'arn:aws:lambda:us-east-1:1:function:f', End: true }),
    schema('/States/A/Resource'),
  ],
  [
    'a timeout that is an expression',
    task({ TimeoutSeconds: '{% 5 %}', End: true }),
    schema('/States/A/TimeoutSeconds'),
  ],
  ['a fractional timeout', task({ TimeoutSeconds: 1.5, End: true }), schema('/States/A/TimeoutSeconds')],
  [
    'a heartbeat beyond the timeout',
    gate({ TimeoutSeconds: 5, HeartbeatSeconds: 5, End: true }),
    schema('/States/A/HeartbeatSeconds'),
  ],
  ['Credentials', task({ Credentials: {}, End: true }), schema('/States/A/Credentials')],
  [
    'another argument',
    task({ Arguments: { FunctionName: 'f', InvocationType: 'Event' }, End: true }),
    schema('/States/A/Arguments/InvocationType'),
  ],
  ['no function', task({ Arguments: { Payload: {} }, End: true }), schema('/States/A/Arguments')],
  [
    'a catcher to nowhere',
    task({ Catch: [{ ErrorEquals: ['E'], Next: 'B' }], End: true }),
    'MISSING_TRANSITION_TARGET /States/A/Catch[0]/Next',
  ],
  [
    'a catcher without Next',
    task({ Catch: [{ ErrorEquals: ['E'] }], End: true }),
    schema('/States/A/Catch[0]'),
  ],
  [
    'a catcher of JSONPath',
    task({ Catch: [{ ErrorEquals: ['E'], Next: 'A', ResultPath: '$' }], End: true }),
    schema('/States/A/Catch[0]/ResultPath'),
  ],
  [
    'a retrier without errors',
    task({ Retry: [{ ErrorEquals: [] }], End: true }),
    schema('/States/A/Retry[0]/ErrorEquals'),
  ],
  [
    'States.ALL in company',
    task({ Retry: [{ ErrorEquals: ['States.ALL', 'E'] }], End: true }),
    schema('/States/A/Retry[0]/ErrorEquals'),
  ],
  [
    'States.ALL before the last',
    task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }], End: true }),
    schema('/States/A/Retry[0]/ErrorEquals'),
  ],
  [
    'a backoff below one',
    task({ Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }], End: true }),
    schema('/States/A/Retry[0]/BackoffRate'),
  ],
  [
    'an interval of zero',
    task({ Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 0 }], End: true }),
    schema('/States/A/Retry[0]/IntervalSeconds'),
  ],
  [
    'a longest delay within the interval',
    task({ Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 5, MaxDelaySeconds: 5 }], End: true }),
    schema('/States/A/Retry[0]/MaxDelaySeconds'),
  ],
  [
    'another jitter',
    task({ Retry: [{ ErrorEquals: ['E'], JitterStrategy: 'SOME' }], End: true }),
    schema('/States/A/Retry[0]/JitterStrategy'),
  ],
])('refused: %s', (_, state, problem) => {
  expect(problemsOf(ofState(state))).toContain(problem);
});

test('every problem is told, not only the first', () => {
  const definition = machineOf({
    A: { Type: 'Map', Next: 'B' },
    B: { Type: 'Pass', Next: 'Nowhere', InputPath: '$', Output: '{% x %}' },
  });
  expect(problemsOf(definition)).toEqual([
    schema('/States/A/Type'),
    schema('/States/B'),
    'UNSUPPORTED_JSONATA_EXPRESSION /States/B/Output',
    'MISSING_TRANSITION_TARGET /States/B/Next',
    'MISSING_END_STATE null',
  ]);
});

test('the words are the service’s where they are known', () => {
  expect(messagesOf('{"QueryLanguage":"JSONata","StartAt":"A"}')).toEqual([
    'These fields are required: [States]',
  ]);
  expect(messagesOf('{}')).toEqual(['These fields are required: [States, StartAt]']);
  expect(messagesOf('')).toEqual(['Definition must be a valid JSON object']);
  expect(messagesOf(machineOf({ A: { Type: 'Pass', Next: 'B' } }))).toEqual([
    "Missing 'Next' target: B",
    'Workflow has no terminal state',
  ]);
  expect(messagesOf(machineOf({ A: end, B: end }))).toEqual(['State "B" is not reachable.']);
  expect(messagesOf(ofState({ ...end, Output: '{% phone %}' }))).toEqual([
    "Reference to 'phone' at the top level is not supported.",
  ]);
  expect(messagesOf(ofState({ ...end, Catch: [] }))).toEqual(["Field 'Catch' is not supported"]);
});

test.each([
  '$states.input.items[value > 3].x',
  '$map($states.input.a, function($v, $i) { $v.x + $i })',
  '$states.input ~> $keys()',
  '$states.input.a.{ "k": b }',
  '($x := $states.input; $x.a)',
  '$states.input{ a: b }',
  '$sort($states.input.a, function($l, $r) { $l.n > $r.n })',
  '$states.input.a^(>b)',
  '$exists($states.input.a) ? $states.input.a.b : "c"',
])('accepted: names below the top level in %s', (source) => {
  expect(problemsOf(ofState({ ...end, Output: `{% ${source} %}` }))).toEqual([]);
});
