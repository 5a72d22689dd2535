import {
  GetExecutionHistoryCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, expect, test } from 'vitest';
import { type Bench, functionError, gate, machineOf, openBench, openRecordingBench, task } from './bench.ts';

let bench: Bench;
afterEach(() => bench.close());

async function open(answer?: (call: number) => unknown) {
  const recording = await openRecordingBench(answer);
  bench = recording.bench;
  return recording;
}

const statusOf = async (arn: string) => (await bench.describe(arn)).status;
const succeed = (taskToken = '', output: unknown = {}) =>
  bench.client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));

test('a function that is too slow times out; its late answer counts for nothing', async () => {
  let finish: ((value: unknown) => void) | undefined;
  bench = await openBench(
    () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
  );
  const Catch = [
    { ErrorEquals: ['States.TaskFailed'], Next: 'Wrong' },
    { ErrorEquals: ['States.Timeout'], Next: 'Late' },
  ];
  const states = {
    T: task({ TimeoutSeconds: 5, Catch, End: true }),
    Wrong: { Type: 'Fail' },
    Late: { Type: 'Pass', End: true },
  };
  const starting = bench.start(machineOf(states));
  await expect.poll(() => finish).toBeDefined();
  await bench.pass(5);
  const arn = await starting;
  finish?.('late');
  await bench.settled();
  expect(await bench.describe(arn)).toMatchObject({
    status: 'SUCCEEDED',
    output: { Error: 'States.Timeout' },
  });
  expect((await bench.history(arn))[4]).toEqual({
    id: 5,
    previousEventId: 4,
    type: 'TaskTimedOut',
    details: { error: 'States.Timeout', resource: 'invoke', resourceType: 'lambda' },
  });
});

test('a token waits through the year and its history reads as on the service', async () => {
  const { tokens } = await open();
  const arn = await bench.start(
    machineOf({ Gate: gate({ TimeoutSeconds: 31_536_000, HeartbeatSeconds: 31_000_000, End: true }) }),
    { a: 1 },
  );
  await bench.pass(30_000_000);
  expect(await statusOf(arn)).toBe('RUNNING');
  await succeed(tokens()[0], { verdict: 'approve' });
  await bench.settled();
  const resource = { resource: 'invoke.waitForTaskToken', resourceType: 'lambda' };
  const outputDetails = { truncated: false };
  const output = '{"verdict":"approve"}';
  const parameters = JSON.stringify({ FunctionName: 'f', Payload: { token: tokens()[0] } });
  expect(await bench.history(arn)).toEqual([
    {
      id: 1,
      previousEventId: 0,
      type: 'ExecutionStarted',
      details: expect.objectContaining({ input: '{"a":1}', inputDetails: outputDetails }),
    },
    {
      id: 2,
      previousEventId: 0,
      type: 'TaskStateEntered',
      details: { name: 'Gate', input: '{"a":1}', inputDetails: outputDetails },
    },
    {
      id: 3,
      previousEventId: 2,
      type: 'TaskScheduled',
      details: {
        ...resource,
        region: 'us-east-1',
        parameters,
        timeoutInSeconds: 31_536_000,
        heartbeatInSeconds: 31_000_000,
      },
    },
    { id: 4, previousEventId: 3, type: 'TaskStarted', details: resource },
    {
      id: 5,
      previousEventId: 4,
      type: 'TaskSubmitted',
      details: { ...resource, output: expect.stringContaining('"StatusCode":200'), outputDetails },
    },
    { id: 6, previousEventId: 5, type: 'TaskSucceeded', details: { ...resource, output, outputDetails } },
    { id: 7, previousEventId: 6, type: 'TaskStateExited', details: { name: 'Gate', output, outputDetails } },
    { id: 8, previousEventId: 7, type: 'ExecutionSucceeded', details: { output, outputDetails } },
  ]);
});

test('a failed token fails its task with the words it was given', async () => {
  const { tokens } = await open();
  const arn = await bench.start(machineOf({ Gate: gate({ End: true }) }));
  await bench.client.send(
    new SendTaskFailureCommand({ taskToken: tokens()[0], error: 'Refused', cause: 'why' }),
  );
  await bench.settled();
  expect(await bench.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Refused', cause: 'why' });
});

test('every attempt has its own token, and only the last one answers', async () => {
  const { tokens } = await open((call) => (call === 1 ? functionError('Busy') : null));
  const arn = await bench.start(machineOf({ Gate: gate({ Retry: [{ ErrorEquals: ['Busy'] }], End: true }) }));
  await bench.pass(60);
  const [first, second] = tokens();
  expect(first).not.toBe(second);
  await expect(succeed(first)).rejects.toMatchObject({
    name: 'TaskTimedOut',
    message: "Task Timed Out: 'Provided task does not exist anymore'",
  });
  await succeed(second, 'yes');
  await bench.settled();
  expect(await bench.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: 'yes' });
});

test('a token sent while its function still runs answers the task', async () => {
  bench = await openBench(async (_, payload) => {
    await succeed((payload as { token: string }).token, 'early');
    return 'ignored';
  });
  const arn = await bench.start(machineOf({ Gate: gate({ End: true }) }));
  expect(await bench.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: 'early' });
});

test.each([
  ['used', async (token: string | undefined) => succeed(token)],
  ['timed out', async () => bench.pass(100)],
])('a token that is %s cannot be used', async (_, use) => {
  const { tokens } = await open();
  await bench.start(machineOf({ Gate: gate({ TimeoutSeconds: 60, End: true }) }));
  await use(tokens()[0]);
  const taskToken = tokens()[0];
  const gone = { name: 'TaskTimedOut' };
  await expect(succeed(taskToken)).rejects.toMatchObject(gone);
  await expect(bench.client.send(new SendTaskFailureCommand({ taskToken }))).rejects.toMatchObject(gone);
  await expect(bench.client.send(new SendTaskHeartbeatCommand({ taskToken }))).rejects.toMatchObject(gone);
});

test('a heartbeat puts off the timeout; a missed one is a timeout that its own name catches', async () => {
  const { tokens } = await open();
  const Catch = [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Missed' }];
  const states = {
    Gate: gate({ HeartbeatSeconds: 10, TimeoutSeconds: 100, Catch, End: true }),
    Missed: { Type: 'Pass', End: true },
  };
  const arn = await bench.start(machineOf(states));
  for (let beat = 0; beat < 5; beat += 1) {
    await bench.pass(9);
    await bench.client.send(new SendTaskHeartbeatCommand({ taskToken: tokens()[0] }));
  }
  await bench.pass(9.9);
  expect(await statusOf(arn)).toBe('RUNNING');
  await bench.pass(0.1);
  expect(await bench.describe(arn)).toMatchObject({
    status: 'SUCCEEDED',
    output: { Error: 'States.Timeout' },
  });
});

test('heartbeats do not put off TimeoutSeconds', async () => {
  const { tokens } = await open();
  const arn = await bench.start(
    machineOf({ Gate: gate({ HeartbeatSeconds: 10, TimeoutSeconds: 15, End: true }) }),
  );
  await bench.pass(9);
  await bench.client.send(new SendTaskHeartbeatCommand({ taskToken: tokens()[0] }));
  await bench.pass(6);
  expect(await bench.describe(arn)).toEqual({
    status: 'FAILED',
    output: undefined,
    error: 'States.Timeout',
    cause: undefined,
  });
});

test('the TimeoutSeconds of the machine ends the execution, whatever it waits for', async () => {
  const { tokens } = await open();
  const arn = await bench.start(machineOf({ Gate: gate({ End: true }) }, { TimeoutSeconds: 30 }));
  await bench.pass(30);
  expect(await bench.describe(arn)).toEqual({
    status: 'TIMED_OUT',
    output: undefined,
    error: undefined,
    cause: undefined,
  });
  expect((await bench.history(arn)).at(-1)).toEqual({
    id: 6,
    previousEventId: 0,
    type: 'ExecutionTimedOut',
    details: { error: 'States.Timeout' },
  });
  await expect(succeed(tokens()[0])).rejects.toMatchObject({ name: 'TaskTimedOut' });
});

test('a stopped execution is aborted with the words given, and its token is gone', async () => {
  const { tokens } = await open();
  const executionArn = await bench.start(machineOf({ Gate: gate({ End: true }) }));
  await bench.client.send(
    new StopExecutionCommand({ executionArn, error: 'Withdrawn', cause: 'by the office' }),
  );
  expect(await bench.describe(executionArn)).toEqual({
    status: 'ABORTED',
    output: undefined,
    error: 'Withdrawn',
    cause: 'by the office',
  });
  expect((await bench.history(executionArn)).at(-1)).toMatchObject({
    previousEventId: 0,
    type: 'ExecutionAborted',
  });
  await expect(succeed(tokens()[0])).rejects.toMatchObject({ name: 'TaskTimedOut' });
});

test('a history of 25,000 events ends the execution', async () => {
  await open();
  const states = {
    Loop: { Type: 'Pass', Next: 'Again' },
    Again: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'End' }], Default: 'Loop' },
    End: { Type: 'Succeed' },
  };
  const arn = await bench.start(machineOf(states));
  expect(await bench.describe(arn)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'The execution reached the maximum number of history events (25000).',
  });
  const fromTheEnd = new GetExecutionHistoryCommand({ executionArn: arn, reverseOrder: true, maxResults: 2 });
  const { events } = await bench.client.send(fromTheEnd);
  expect(events?.map(({ id, type }) => `${id} ${type}`)).toEqual([
    '25000 ExecutionFailed',
    '24999 PassStateExited',
  ]);
});
