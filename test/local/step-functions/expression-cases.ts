import { expect } from 'vitest';
import { ROLE, task } from './bench.ts';
import { type Case, nothing, PASSED, pass, place, UNEVALUATED } from './case.ts';

export const OUTPUTS: readonly Case[] = [
  { of: 'a Pass without Output', states: pass({}), input: { a: 1 }, output: { a: 1 }, events: PASSED },
  { of: 'an empty Output', states: pass({ Output: {} }), input: { a: 1 }, output: {} },
  {
    of: 'text that is no expression',
    states: pass({
      Output: { a: ' {% $states.input %} ', b: '$states.input', c: '$.x', 'd.$': '$', e: 'a {% 1 %}' },
    }),
    output: { a: ' {% $states.input %} ', b: '$states.input', c: '$.x', 'd.$': '$', e: 'a {% 1 %}' },
  },
  {
    of: 'constants of every type',
    states: pass({ Output: [null, 0, 0.1, true, [], {}, { a: { b: [] } }] }),
    output: [null, 0, 0.1, true, [], {}, { a: { b: [] } }],
  },
  {
    of: 'expressions inside objects and arrays',
    states: pass({ Output: { a: ['{% $states.input.x + 1 %}', { b: '{% $states.input %}' }] } }),
    input: { x: 1 },
    output: { a: [2, { b: { x: 1 } }] },
  },
  { of: 'an Output that is one expression', states: pass({ Output: "{% 'a' & 'b' %}" }), output: 'ab' },
  {
    of: 'null, which is a value',
    states: pass({ Output: { a: '{% $states.input.n %}', b: '{% null %}', c: ['{% null %}', 1], d: null } }),
    input: { n: null },
    output: { a: null, b: null, c: [null, 1], d: null },
  },
  {
    of: 'numbers that JSON lacks',
    states: pass({ Output: { a: '{% 1/0 %}', b: '{% [1/0] %}' } }),
    output: { a: 'Infinity', b: ['Infinity'] },
  },
  {
    of: 'a regular expression',
    states: pass({ Output: '{% $contains("ab12", /[a-z]+\\d+/) %}' }),
    output: true,
  },
  {
    of: 'the context object',
    states: pass({ Output: '{% $states.context %}' }),
    input: { a: 1 },
    output: {
      Execution: {
        Id: expect.stringMatching(
          /^arn:aws:states:us-east-1:000000000000:execution:machine-\d+:[0-9a-f-]{36}$/,
        ),
        Input: { a: 1 },
        StartTime: '2026-03-02T01:00:00.000Z',
        Name: expect.stringMatching(/^[0-9a-f-]{36}$/),
        RoleArn: ROLE,
        RedriveCount: 0,
      },
      StateMachine: {
        Id: expect.stringMatching(/^arn:aws:states:us-east-1:000000000000:stateMachine:machine-\d+$/),
        Name: expect.stringMatching(/^machine-\d+$/),
      },
      State: { Name: 'Only', EnteredTime: '2026-03-02T01:00:00.000Z' },
    },
  },
  {
    of: 'the engine’s time',
    states: pass({ Output: '{% [$now(), $millis(), $now("[Y]")] %}' }),
    output: ['2026-03-02T01:00:00.000Z', 1772413200000, '2026'],
  },
  {
    of: 'a Succeed',
    states: { S: { Type: 'Succeed', Output: '{% $states.input.a %}' } },
    input: { a: [1] },
    output: [1],
    events: ['ExecutionStarted', 'SucceedStateEntered', 'SucceedStateExited', 'ExecutionSucceeded'],
  },
];

export const ADDED_FUNCTIONS: readonly Case[] = (
  [
    ['$parse(\'{"b":1,"a":[2]}\')', { b: 1, a: [2] }],
    ["$exists($parse('null'))", true],
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([1,2,3,4,5], 2.9)', [[1, 2], [3, 4], [5]]],
    ['$partition([1,2,3])', [[1, 2, 3]]],
    ['$range(0, 10, 2)', [0, 2, 4, 6, 8, 10]],
    ['$range(10, 0, -5)', [10, 5, 0]],
    ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
    ['$range(3, 3, 1)', 3],
    ['$count($range(1, 360145, 1))', 360145],
    ["$hash('Hello', 'MD5')", '8b1a9953c4611296a827abf8c47804d7'],
    ["$hash('Hello', 'SHA-1')", 'f7ff9e8b7bb2e09b70935a5d785e0cc5d9d0abf0'],
    ["$hash('ñ', 'MD5')", '94e9342ecbb1458b6043ecd3bfcbc192'],
    ['$random(42)', 0.7275636800328681],
    ['$random(0.9)', 0.730967787376657],
    ['$uuid() = $uuid()', false],
    ['$map([\'{"a":1}\', \'{"a":2}\'], $parse).a', [1, 2]],
    ['($f := function($x){ $x <= 0 ? 0 : 1 + $f($x-1) }; $f(31))', 31],
  ] as const
).map(([source, output]) => ({ of: source, states: pass({ Output: `{% ${source} %}` }), output }));

export const FAILED_EXPRESSIONS: readonly Case[] = [
  {
    of: 'nothing in Output',
    states: pass({ Output: { v: '{% $states.input.missing %}' } }),
    error: 'States.QueryEvaluationError',
    cause: nothing('$states.input.missing', 'Output/v'),
    events: UNEVALUATED,
  },
  {
    of: 'nothing in an array',
    states: pass({ Output: { a: { b: [1, '{%$x%}'] } } }),
    error: 'States.QueryEvaluationError',
    cause: nothing('$x', 'Output/a/b[1]'),
  },
  {
    of: 'nothing in Assign',
    states: pass({ Assign: { x: '{% $states.input.missing %}' } }),
    error: 'States.QueryEvaluationError',
    cause: nothing('$states.input.missing', 'Assign/x'),
  },
  {
    of: 'nothing in a Condition, though there is a Default',
    states: {
      Only: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% false %}', Next: 'A' },
          { Condition: '{% $states.input.missing %}', Next: 'A' },
        ],
        Default: 'A',
      },
      A: { Type: 'Succeed' },
    },
    error: 'States.QueryEvaluationError',
    cause: nothing('$states.input.missing', 'Choices[1]/Condition'),
  },
  {
    of: 'nothing in a matched rule’s Output',
    states: {
      Only: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% false %}', Next: 'A' },
          { Condition: '{% true %}', Output: { v: '{% $x %}' }, Next: 'A' },
        ],
      },
      A: { Type: 'Succeed' },
    },
    error: 'States.QueryEvaluationError',
    cause: nothing('$x', 'Choices[1]/Output/v'),
  },
  {
    of: 'nothing in a matched rule’s Assign',
    states: {
      Only: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Assign: { y: '{% $x %}' }, Next: 'A' }] },
      A: { Type: 'Succeed' },
    },
    error: 'States.QueryEvaluationError',
    cause: nothing('$x', 'Choices[0]/Assign/y'),
  },
  {
    of: 'nothing in Arguments: the function is not called',
    states: { Only: task({ Arguments: { FunctionName: 'f', Payload: '{% $x %}' }, End: true }) },
    error: 'States.QueryEvaluationError',
    cause: nothing('$x', 'Arguments/Payload'),
    events: ['ExecutionStarted', 'TaskStateEntered', 'EvaluationFailed', 'ExecutionFailed'],
  },
  {
    of: 'nothing in the Output of a Catch, which nothing catches',
    states: {
      Only: task({
        Arguments: { FunctionName: 'f', Payload: '{% $x %}' },
        Catch: [
          { ErrorEquals: ['States.Timeout'], Next: 'A' },
          { ErrorEquals: ['States.QueryEvaluationError'], Output: { v: '{% $y %}' }, Next: 'A' },
        ],
        End: true,
      }),
      A: { Type: 'Succeed' },
    },
    error: 'States.QueryEvaluationError',
    cause: nothing('$y', 'Catch[1]/Output/v'),
  },
  {
    of: 'nothing in Error',
    states: { Only: { Type: 'Fail', Error: '{% $x %}', Cause: 'c' } },
    error: 'States.QueryEvaluationError',
    cause: nothing('$x', 'Error'),
  },
  {
    of: 'nothing in Cause',
    states: { Only: { Type: 'Fail', Error: 'E', Cause: '{% $x %}' } },
    error: 'States.QueryEvaluationError',
    cause: nothing('$x', 'Cause'),
  },
  {
    of: 'a thrown error',
    states: pass({ Output: "{% 'a' + 1 %}" }),
    error: 'States.QueryEvaluationError',
    cause: `${place}The JSONata expression ''a' + 1' specified for the field 'Output' threw an error during evaluation. T2001: The left side of the "+" operator must evaluate to a number`,
  },
  {
    of: 'a range that is too long',
    states: pass({ Output: { v: '{% $range(1, 360146, 1) %}' } }),
    error: 'States.QueryEvaluationError',
    cause: `${place}The JSONata expression '$range(1, 360146, 1)' specified for the field 'Output/v' threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage`,
  },
  {
    of: 'a condition that is no boolean',
    states: {
      Only: { Type: 'Choice', Choices: [{ Condition: "{% 'yes' %}", Next: 'A' }] },
      A: { Type: 'Succeed' },
    },
    error: 'States.QueryEvaluationError',
    cause: `${place}The JSONata expression ''yes'' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'string' for value: "yes"`,
  },
  ...['$parse("x")', '$partition([1], -1)', "$hash('a', 'md5')"].map((source) => ({
    of: source,
    states: pass({ Output: `{% ${source} %}` }),
    error: 'States.QueryEvaluationError',
    cause: /threw an error during evaluation\. D3137: /,
  })),
  ...['$parse(null)', "$uuid('seed')", '$random(1, 2)', '$range(1)', "$hash(42, 'MD5')"].map((source) => ({
    of: source,
    states: pass({ Output: `{% ${source} %}` }),
    error: 'States.QueryEvaluationError',
    cause: /T0410/,
  })),
  ...[
    '$parse()',
    '$partition([], 2)',
    '$partition([1], 0)',
    '$range(5, 1, 1)',
    '$range(1, 5)',
    "$hash('a')",
  ].map((source) => ({
    of: source,
    states: pass({ Output: `{% ${source} %}` }),
    error: 'States.QueryEvaluationError',
    cause: nothing(source, 'Output'),
  })),
  {
    of: '$eval',
    states: pass({ Output: "{% $eval('1') %}" }),
    error: 'States.QueryEvaluationError',
    cause: /T1006/,
  },
  {
    of: 'an expression that nests too deep',
    states: pass({ Output: '{% ($f := function($x){ $x <= 0 ? 0 : 1 + $f($x-1) }; $f(32)) %}' }),
    error: 'States.QueryEvaluationError',
    cause: /Stack overflow error/,
  },
];
