import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Retrier } from '../../../infra/local/step-functions/definition.ts';
import { matches, nextAttempt } from '../../../infra/local/step-functions/retry.ts';
import { functionError, machineOf, openRecordingBench, task } from './bench.ts';

const retriers: fc.Arbitrary<Retrier> = fc.record({
  errorEquals: fc.constant(['States.ALL']),
  intervalSeconds: fc.integer({ min: 1, max: 100_000 }),
  backoffRate: fc.double({ min: 1, max: 10, noNaN: true }),
  maxAttempts: fc.integer({ min: 1, max: 200 }),
  maxDelaySeconds: fc.option(fc.integer({ min: 100_001, max: 31_622_400 }), { nil: undefined }),
  jitter: fc.boolean(),
});
const granted = fc.integer({ min: 0, max: 199 });
const busy = { error: 'Busy' };

test('a delay is never longer than the longest, nor, without jitter, shorter than the interval', () => {
  fc.assert(
    fc.property(retriers, granted, fc.double({ min: 0, max: 0.999, noNaN: true }), (retrier, used, draw) => {
      const again = nextAttempt([retrier], [used], busy, () => draw);
      if (used >= retrier.maxAttempts) return again === undefined;
      const delay = again?.delaySeconds ?? Number.NaN;
      const longest = retrier.maxDelaySeconds ?? 31_622_400;
      return delay <= longest && delay >= (retrier.jitter ? 0 : retrier.intervalSeconds);
    }),
  );
});

test('jitter draws between nothing and the delay without jitter', () => {
  fc.assert(
    fc.property(retriers, fc.double({ min: 0, max: 0.999, noNaN: true }), (retrier, draw) => {
      const full = nextAttempt([{ ...retrier, jitter: true }], [], busy, () => draw)?.delaySeconds;
      const none =
        nextAttempt([{ ...retrier, jitter: false }], [], busy, () => draw)?.delaySeconds ?? Number.NaN;
      return full === none * draw;
    }),
  );
});

test.each([
  ['States.ALL', 'Anything', true],
  ['States.ALL', 'States.Timeout', true],
  ['States.ALL', 'States.QueryEvaluationError', true],
  ['States.ALL', 'States.Runtime', false],
  ['States.ALL', 'States.DataLimitExceeded', true],
  ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
  ['States.TaskFailed', 'Anything', true],
  ['States.TaskFailed', 'States.Timeout', false],
  ['States.TaskFailed', 'States.Runtime', false],
  ['States.Runtime', 'States.Runtime', true],
  ['States.Timeout', 'States.Timeout', true],
  ['States.HeartbeatTimeout', 'States.Timeout', false],
  ['Other', 'Anything', false],
])('%s for %s: %s', (name, error, expected) => {
  expect(matches([name], { error })).toBe(expected);
});

test('States.Runtime is never tried again, even by name', () => {
  const retrier = { errorEquals: ['States.Runtime'], intervalSeconds: 1, backoffRate: 1, maxAttempts: 9 };
  const retriers = [{ ...retrier, maxDelaySeconds: undefined, jitter: false }];
  expect(nextAttempt(retriers, [], { error: 'States.Runtime' }, () => 0)).toBeUndefined();
});

test('a missed heartbeat goes by both names; a nameless failure by the wildcards only', () => {
  const missed = { error: 'States.Timeout', alias: 'States.HeartbeatTimeout' };
  expect(matches(['States.HeartbeatTimeout'], missed)).toBe(true);
  expect(matches(['States.Timeout'], missed)).toBe(true);
  expect(matches(['States.TaskFailed'], missed)).toBe(false);
  expect(matches(['States.TaskFailed'], {})).toBe(true);
  expect(matches(['undefined'], {})).toBe(false);
});

test('a retrier waits longer each time, up to its longest delay, then the failure stands', async () => {
  const { bench, calls } = await openRecordingBench(() => functionError('Busy'));
  const Retry = [
    { ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3, MaxDelaySeconds: 10 },
  ];
  const arn = await bench.start(machineOf({ T: task({ Retry, End: true }) }));
  const called: number[] = [];
  for (const seconds of [1.9, 0.2, 5.8, 0.2, 9.9, 0.2, 1000]) {
    await bench.pass(seconds);
    called.push(calls.length);
  }
  expect(called).toEqual([1, 2, 2, 3, 3, 4, 4]);
  expect(await bench.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Busy' });
  const attempt = ['TaskScheduled', 'TaskStarted', 'TaskFailed'];
  expect((await bench.history(arn)).map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    ...attempt,
    ...attempt,
    ...attempt,
    ...attempt,
    'ExecutionFailed',
  ]);
  await bench.close();
});

test('each retrier counts its own attempts, and the context tells their sum', async () => {
  const { bench, calls } = await openRecordingBench((call) => functionError(call % 2 === 1 ? 'Odd' : 'Even'));
  const Retry = [
    { ErrorEquals: ['Odd'], MaxAttempts: 2 },
    { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
  ];
  const Arguments = { FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}' };
  const arn = await bench.start(machineOf({ T: task({ Arguments, Retry, End: true }) }));
  for (let minute = 0; minute < 5; minute += 1) await bench.pass(60);
  expect(calls).toEqual([0, 1, 2, 3]);
  expect(await bench.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Even' });
  await bench.close();
});

test('attempts are counted anew each time the state is entered', async () => {
  const { bench, calls } = await openRecordingBench((call) =>
    call % 2 === 1 ? functionError('Busy') : call,
  );
  const states = {
    T: task({
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
      Output: '{% $states.result.Payload %}',
      Next: 'C',
    }),
    C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input < 6 %}', Next: 'T' }], Default: 'Done' },
    Done: { Type: 'Succeed' },
  };
  const arn = await bench.start(machineOf(states));
  for (let minute = 0; minute < 5; minute += 1) await bench.pass(60);
  expect(await bench.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: 6 });
  expect(calls).toHaveLength(6);
  await bench.close();
});

test('MaxAttempts of zero never tries again', async () => {
  const { bench, calls } = await openRecordingBench(() => functionError('Busy'));
  const Retry = [{ ErrorEquals: ['Busy'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];
  const arn = await bench.start(machineOf({ T: task({ Retry, End: true }) }));
  await bench.pass(1000);
  expect(calls).toHaveLength(1);
  expect((await bench.describe(arn)).status).toBe('FAILED');
  await bench.close();
});
