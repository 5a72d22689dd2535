import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bench, gate, machineOf, openBench, ROLE } from './bench.ts';

let bench: Bench;
let tokens: string[];
beforeEach(async () => {
  tokens = [];
  bench = await openBench(async (_, payload) => void tokens.push((payload as { token: string }).token));
});
afterEach(() => bench.close());

const done = machineOf({ A: { Type: 'Succeed' } });
const waiting = machineOf({ Gate: gate({ End: true }) });
const ARN = 'arn:aws:states:us-east-1:000000000000';

const create = (name: string, definition = done, more: object = {}) =>
  bench.client.send(new CreateStateMachineCommand({ name, definition, roleArn: ROLE, ...more }));
const start = (machine: string, more: object = {}) =>
  bench.client.send(
    new StartExecutionCommand({ stateMachineArn: `${ARN}:stateMachine:${machine}`, ...more }),
  );
const refused = (name: string, message?: string) => (message === undefined ? { name } : { name, message });

test('a machine is created once; the same definition again is the same machine', async () => {
  const first = await create('m');
  expect(first.stateMachineArn).toBe(`${ARN}:stateMachine:m`);
  await bench.pass(60);
  const { stateMachineArn, creationDate } = await create('m', done, { roleArn: `${ROLE}2` });
  expect({ stateMachineArn, creationDate }).toEqual({
    stateMachineArn: first.stateMachineArn,
    creationDate: first.creationDate,
  });
  await expect(create('m', `${done} `)).rejects.toMatchObject(
    refused('StateMachineAlreadyExists', `State Machine Already Exists: '${ARN}:stateMachine:m'`),
  );
});

test('a definition outside the subset is refused, by state and field', async () => {
  const definition = machineOf({ Review: { Type: 'Wait', Seconds: 5, End: true } });
  const refusal = refused(
    'InvalidDefinition',
    "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Value should be one of the following: " +
      "[Task, Choice, Pass, Succeed, Fail] at /States/Review/Type'",
  );
  await expect(create('m', definition)).rejects.toMatchObject(refusal);
  const { stateMachineArn } = await create('m');
  await expect(
    bench.client.send(new UpdateStateMachineCommand({ stateMachineArn, definition })),
  ).rejects.toMatchObject(refusal);
  const { result, diagnostics } = await bench.client.send(
    new ValidateStateMachineDefinitionCommand({ definition }),
  );
  expect({ result, diagnostics }).toEqual({
    result: 'FAIL',
    diagnostics: [expect.objectContaining({ severity: 'ERROR', location: '/States/Review/Type' })],
  });
  expect(
    await bench.client.send(new ValidateStateMachineDefinitionCommand({ definition: done })),
  ).toMatchObject({
    result: 'OK',
    diagnostics: [],
  });
});

test('a running execution keeps the definition it started with', async () => {
  const { stateMachineArn } = await create('m', waiting);
  const { executionArn } = await start('m');
  const { revisionId } = await bench.client.send(
    new UpdateStateMachineCommand({ stateMachineArn, definition: done }),
  );
  expect(await bench.client.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
    name: 'm',
    status: 'ACTIVE',
    type: 'STANDARD',
    definition: done,
    roleArn: ROLE,
    revisionId,
  });
  const kept = await bench.client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
  expect(kept).toMatchObject({ name: 'm', definition: waiting });
  await bench.client.send(new DeleteStateMachineCommand({ stateMachineArn }));
  await bench.client.send(new DeleteStateMachineCommand({ stateMachineArn }));
  await bench.settled();
  await bench.client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '1' }));
  await bench.settled();
  expect(await bench.describe(executionArn ?? '')).toMatchObject({ status: 'SUCCEEDED', output: 1 });
  await expect(start('m')).rejects.toMatchObject(
    refused('StateMachineDoesNotExist', `State Machine Does Not Exist: '${ARN}:stateMachine:m'`),
  );
});

test('an update needs something to update', async () => {
  const { stateMachineArn } = await create('m');
  await expect(bench.client.send(new UpdateStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject(
    refused('MissingRequiredParameter'),
  );
});

test('the same name and input while running is the same execution; anything else is refused', async () => {
  await create('m', waiting);
  const first = await start('m', { name: 'cycle-2026', input: '{"a":1}' });
  await bench.pass(5);
  const again = await start('m', { name: 'cycle-2026', input: '{"a":1}' });
  expect(again.executionArn).toBe(`${ARN}:execution:m:cycle-2026`);
  expect(again.startDate).toEqual(first.startDate);
  expect(tokens).toHaveLength(1);
  const exists = refused('ExecutionAlreadyExists', `Execution Already Exists: '${first.executionArn}'`);
  await expect(start('m', { name: 'cycle-2026', input: '{"a":2}' })).rejects.toMatchObject(exists);
  await bench.client.send(new StopExecutionCommand({ executionArn: first.executionArn }));
  await expect(start('m', { name: 'cycle-2026', input: '{"a":1}' })).rejects.toMatchObject(exists);
});

test('an execution is described as on the service', async () => {
  await create('m');
  const { executionArn } = await start('m', { name: 'e', input: '{"a":1}' });
  await bench.settled();
  const { $metadata: _, ...described } = await bench.client.send(
    new DescribeExecutionCommand({ executionArn }),
  );
  expect(described).toEqual({
    executionArn,
    stateMachineArn: `${ARN}:stateMachine:m`,
    name: 'e',
    status: 'SUCCEEDED',
    startDate: bench.clock.now(),
    stopDate: bench.clock.now(),
    input: '{"a":1}',
    inputDetails: { included: true },
    output: '{"a":1}',
    outputDetails: { included: true },
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  });
});

test('lists come in pages, executions newest first and by status', async () => {
  for (const name of ['c', 'a', 'b']) await create(name);
  await create('w', waiting);
  for (const name of ['1', '2', '3']) await start('a', { name });
  const stateMachineArn = `${ARN}:stateMachine:a`;
  const machines: unknown[] = [];
  const executions: unknown[] = [];
  for (let nextToken: string | undefined, first = true; first || nextToken; first = false) {
    const answer = await bench.client.send(new ListStateMachinesCommand({ maxResults: 3, nextToken }));
    machines.push(answer.stateMachines?.map(({ name }) => name));
    nextToken = answer.nextToken;
  }
  for (let nextToken: string | undefined, first = true; first || nextToken; first = false) {
    const answer = await bench.client.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: 2, nextToken }),
    );
    executions.push(answer.executions?.map(({ name }) => name));
    nextToken = answer.nextToken;
  }
  expect(machines).toEqual([['a', 'b', 'c'], ['w']]);
  expect(executions).toEqual([['3', '2'], ['1']]);
  const running = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' });
  await bench.settled();
  expect((await bench.client.send(running)).executions).toEqual([]);
});

test('a history comes in pages, from either end, with or without data', async () => {
  const executionArn = await bench.start(done, { secret: 1 });
  const ids: number[][] = [];
  for (const reverseOrder of [false, true]) {
    for (let nextToken: string | undefined, first = true; first || nextToken; first = false) {
      const page = { executionArn, reverseOrder, nextToken, maxResults: 3 };
      const answer = await bench.client.send(new GetExecutionHistoryCommand(page));
      ids.push(answer.events?.map(({ id }) => id ?? 0) ?? []);
      nextToken = answer.nextToken;
    }
  }
  expect(ids).toEqual([[1, 2, 3], [4], [4, 3, 2], [1]]);
  const bare = await bench.client.send(
    new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }),
  );
  expect(JSON.stringify(bare.events)).not.toContain('secret');
  expect(bare.events?.[1]?.stateEnteredEventDetails).toEqual({ name: 'A' });
});

test.each([
  [
    'not json',
    "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
  ],
  ['', 'Invalid execution input.'],
])('an input that is no JSON is refused: %j', async (input, told) => {
  await create('m');
  await expect(start('m', { input })).rejects.toMatchObject(
    refused('InvalidExecutionInput', `Invalid State Machine Execution Input: '${told}'`),
  );
});

test.each(['1', '"text"', 'null', '[]'])('any JSON is an input: %s', async (input) => {
  await create('m');
  await expect(start('m', { input })).resolves.toMatchObject({ executionArn: expect.any(String) });
});

test('an input may have 262,144 bytes and no more', async () => {
  await create('m');
  const fits = `"${'星'.repeat(87_380)}aa"`;
  expect(Buffer.byteLength(fits)).toBe(262_144);
  const { executionArn = '' } = await start('m', { input: fits });
  await bench.settled();
  expect(await bench.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  await expect(start('m', { input: `"${'星'.repeat(87_380)}aaa"` })).rejects.toMatchObject(
    refused('ValidationException'),
  );
});

test.each(['a b', 'a:b', 'a*', 'a/b', 'a\u0000', 'a"', '{a}'])('the name %j is refused', async (name) => {
  await expect(create(name)).rejects.toMatchObject(refused('InvalidName', `Invalid Name: '${name}'`));
  await create('m');
  await expect(start('m', { name })).rejects.toMatchObject(refused('InvalidName'));
});

test('a name may have 80 characters and no more', async () => {
  await expect(create('a'.repeat(80))).resolves.toBeDefined();
  await expect(create('a'.repeat(81))).rejects.toMatchObject(refused('ValidationException'));
});

test('wrong ARNs, tokens and outputs are refused in the service’s words', async () => {
  const send = bench.client.send.bind(bench.client);
  const missing = `${ARN}:execution:m:e`;
  await expect(send(new DescribeExecutionCommand({ executionArn: 'nonsense' }))).rejects.toMatchObject(
    refused('InvalidArn', "Invalid Arn: 'Invalid ARN prefix: nonsense'"),
  );
  await expect(send(new DescribeStateMachineCommand({ stateMachineArn: missing }))).rejects.toMatchObject(
    refused('InvalidArn'),
  );
  for (const command of [
    new DescribeExecutionCommand({ executionArn: missing }),
    new GetExecutionHistoryCommand({ executionArn: missing }),
    new StopExecutionCommand({ executionArn: missing }),
  ]) {
    const refusal = refused('ExecutionDoesNotExist', `Execution Does Not Exist: '${missing}'`);
    await expect(bench.client.send(command as DescribeExecutionCommand)).rejects.toMatchObject(refusal);
  }
  await expect(
    send(new ListExecutionsCommand({ stateMachineArn: `${ARN}:stateMachine:m` })),
  ).rejects.toMatchObject(refused('StateMachineDoesNotExist'));
  await expect(
    send(new SendTaskSuccessCommand({ taskToken: 'garbage', output: '{}' })),
  ).rejects.toMatchObject(refused('InvalidToken', "Invalid Token: 'Invalid token'"));
  await bench.start(waiting);
  const answer = (output: string) => send(new SendTaskSuccessCommand({ taskToken: tokens[0], output }));
  await expect(answer('{')).rejects.toMatchObject(refused('InvalidOutput'));
  await expect(answer(`"${'a'.repeat(262_143)}"`)).rejects.toMatchObject(refused('ValidationException'));
  await expect(answer('{}')).resolves.toBeDefined();
});

test('limits of requests are checked', async () => {
  await expect(bench.client.send(new ListStateMachinesCommand({ maxResults: 1001 }))).rejects.toMatchObject(
    refused(
      'ValidationException',
      "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: " +
        'Member must have value less than or equal to 1000',
    ),
  );
  await expect(bench.client.send(new ListStateMachinesCommand({ nextToken: 'ä' }))).rejects.toMatchObject(
    refused('InvalidToken'),
  );
  const { stateMachineArn } = await create('m');
  const filter = { stateMachineArn, statusFilter: 'succeeded' as 'SUCCEEDED' };
  await expect(bench.client.send(new ListExecutionsCommand(filter))).rejects.toMatchObject(
    refused(
      'ValidationException',
      "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must " +
        'satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]',
    ),
  );
});

test('what is not supported is refused, not ignored', async () => {
  await expect(create('m', done, { type: 'EXPRESS' })).rejects.toMatchObject(
    refused('StateMachineTypeNotSupported'),
  );
  await expect(create('m', done, { publish: true })).rejects.toMatchObject(refused('ValidationException'));
  const { stateMachineArn } = await create('m');
  // The client would put `sync-` before the host's name.
  Object.assign(bench.client.config, { disableHostPrefix: true });
  const sync = new StartSyncExecutionCommand({ stateMachineArn });
  await expect(bench.client.send(sync)).rejects.toMatchObject(
    refused('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine'),
  );
  const tags = new ListTagsForResourceCommand({ resourceArn: stateMachineArn });
  await expect(bench.client.send(tags)).rejects.toMatchObject(refused('UnknownOperationException'));
});
