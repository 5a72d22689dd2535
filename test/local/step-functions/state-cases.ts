import { expect } from 'vitest';
import { functionError, task } from './bench.ts';
import { type Case, place, TASK_STARTED } from './case.ts';

export const VARIABLES: readonly Case[] = [
  {
    of: 'a later state reading a variable',
    states: {
      A: { Type: 'Pass', Assign: { x: '{% $states.input.a %}', y: { z: 1 } }, Next: 'B' },
      B: { Type: 'Pass', Output: '{% [$x, $y.z] %}', End: true },
    },
    input: { a: 'v' },
    output: ['v', 1],
  },
  {
    of: 'assignments that all see the old values, as Output does',
    states: {
      A: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'B' },
      B: {
        Type: 'Pass',
        Assign: { x: '{% $y %}', y: '{% $x %}' },
        Output: { seen: '{% [$x, $y] %}' },
        Next: 'C',
      },
      C: { Type: 'Pass', Output: { seen: '{% $states.input.seen %}', now: '{% [$x, $y] %}' }, End: true },
    },
    output: { seen: [1, 2], now: [2, 1] },
  },
  {
    of: 'Assign and Output of the rule that matches, not of the state',
    states: {
      A: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.a = 1 %}', Assign: { x: 'rule' }, Output: 'rule', Next: 'B' },
        ],
        Default: 'B',
        Assign: { x: 'state' },
        Output: 'state',
      },
      B: { Type: 'Pass', Output: '{% [$states.input, $x] %}', End: true },
    },
    input: { a: 1 },
    output: ['rule', 'rule'],
  },
  {
    of: 'Assign and Output of the Choice when Default is taken',
    states: {
      A: {
        Type: 'Choice',
        Choices: [{ Condition: '{% false %}', Next: 'B' }],
        Default: 'B',
        Assign: { x: 'state' },
        Output: 'state',
      },
      B: { Type: 'Pass', Output: '{% [$states.input, $x] %}', End: true },
    },
    output: ['state', 'state'],
  },
];

export const CHOICES: readonly Case[] = [
  {
    of: 'the first rule that matches; the rest are not evaluated',
    states: {
      Only: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% true %}', Next: 'A' },
          { Condition: '{% $states.input.missing %}', Next: 'B' },
        ],
        Default: 'B',
      },
      A: { Type: 'Pass', Output: 'A', End: true },
      B: { Type: 'Pass', Output: 'B', End: true },
    },
    output: 'A',
    events: [
      'ExecutionStarted',
      'ChoiceStateEntered',
      'ChoiceStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ],
  },
  {
    of: 'no rule and no Default',
    states: {
      Only: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'A' }] },
      A: { Type: 'Succeed' },
    },
    error: 'States.Runtime',
    cause: `${place}Failed to transition out of the state. The state does not point to a next state.`,
    events: ['ExecutionStarted', 'ChoiceStateEntered', 'ExecutionFailed'],
  },
];

export const FAILS: readonly Case[] = [
  {
    of: 'a Fail',
    states: { F: { Type: 'Fail', Error: 'E', Cause: 'because' } },
    error: 'E',
    cause: 'because',
    events: ['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed'],
  },
  { of: 'a Fail without words', states: { F: { Type: 'Fail' } }, error: undefined as never },
  {
    of: 'a Fail with expressions',
    states: { F: { Type: 'Fail', Error: "{% 'E' & $states.input.n %}", Cause: '{% $states.input.why %}' } },
    input: { n: 1, why: 'w' },
    error: 'E1',
    cause: 'w',
  },
];

export const TASKS: readonly Case[] = [
  {
    of: 'what lambda:invoke answers',
    states: { T: task({ End: true }) },
    results: [{ a: 1 }],
    output: {
      ExecutedVersion: '$LATEST',
      Payload: { a: 1 },
      SdkHttpMetadata: { HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId: expect.any(String) },
      StatusCode: 200,
    },
    events: [...TASK_STARTED, 'TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded'],
  },
  {
    of: 'result and input in Output',
    states: {
      T: task({ Output: { r: '{% $states.result.Payload.v %}', i: '{% $states.input %}' }, End: true }),
    },
    input: 7,
    results: [{ v: [1] }],
    output: { r: [1], i: 7 },
  },
  {
    of: 'a function without a result',
    states: { T: task({ Output: '{% $states.result.Payload %}', End: true }) },
    results: [undefined],
    output: null,
  },
  {
    of: 'an error of the function',
    states: { T: task({ End: true }) },
    results: [functionError('NotReady', 'later')],
    error: 'NotReady',
    cause: /^\{"errorType":"NotReady","errorMessage":"later","trace":\[.*\]\}$/,
    events: [...TASK_STARTED, 'TaskFailed', 'ExecutionFailed'],
  },
  {
    of: 'an error of Lambda',
    states: { T: task({ End: true }) },
    results: [functionError('Lambda.ResourceNotFoundException', 'Function not found: f')],
    error: 'Lambda.ResourceNotFoundException',
    cause: 'Function not found: f',
  },
  {
    of: 'Catch: the error output is the output',
    states: {
      T: task({
        Catch: [
          { ErrorEquals: ['Other'], Next: 'B' },
          { ErrorEquals: ['States.ALL'], Next: 'C' },
        ],
        End: true,
      }),
      B: { Type: 'Fail' },
      C: { Type: 'Pass', End: true },
    },
    results: [functionError('Lambda.Unknown', 'why')],
    output: { Error: 'Lambda.Unknown', Cause: 'why' },
    events: [
      ...TASK_STARTED,
      'TaskFailed',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ],
  },
  {
    of: 'Catch: Assign and Output see input and errorOutput',
    states: {
      T: task({
        Catch: [
          {
            ErrorEquals: ['E'],
            Assign: { e: '{% $states.errorOutput.Error %}', i: '{% $states.input %}' },
            Output: { c: '{% $states.errorOutput %}' },
            Next: 'C',
          },
        ],
        End: true,
      }),
      C: { Type: 'Pass', Output: '{% [$e, $i, $states.input.c.Error] %}', End: true },
    },
    input: 'in',
    results: [functionError('E')],
    output: ['E', 'in', 'E'],
  },
  {
    of: 'Catch of a failed Output',
    states: {
      T: task({
        Output: '{% $x %}',
        Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Output: 'caught', Next: 'C' }],
        End: true,
      }),
      C: { Type: 'Pass', End: true },
    },
    results: [1],
    output: 'caught',
    events: [
      ...TASK_STARTED,
      'TaskSucceeded',
      'EvaluationFailed',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ],
  },
  {
    of: 'States.Runtime, which no wildcard catches',
    states: {
      Only: task({
        Arguments: '{% {} %}',
        Retry: [{ ErrorEquals: ['States.ALL'] }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }],
        End: true,
      }),
      C: { Type: 'Succeed' },
    },
    error: 'States.Runtime',
    cause: /The field "FunctionName" is required but was missing/,
  },
  {
    of: 'a result beyond the quota, which a wildcard catches',
    states: {
      T: task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }], End: true }),
      C: { Type: 'Pass', End: true },
    },
    results: ['x'.repeat(262_144)],
    output: {
      Error: 'States.DataLimitExceeded',
      Cause:
        "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
    },
    events: [
      ...TASK_STARTED,
      'TaskFailed',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ],
  },
  {
    of: 'an output beyond the quota, in bytes',
    states: { Only: { Type: 'Pass', Output: '{% $pad("", 90000, "星") %}', End: true } },
    error: 'States.DataLimitExceeded',
    cause: /The state\/task 'Only' returned/,
  },
  {
    of: 'an output within the quota',
    states: { Only: { Type: 'Pass', Output: '{% $length($pad("", 262140, "a")) %}', End: true } },
    output: 262_140,
  },
];
