import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListExecutionsCommand, ListStateMachinesCommand, SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bench, functionError, gate, machineOf, openBench, task } from './bench.ts';

/** A loop over batches that fails at times, a gate, a caught failure, variables: all that a restart must keep. */
const definition = machineOf(
  {
    Begin: { Type: 'Pass', Assign: { done: [] }, Output: { cursor: 0 }, Next: 'Batch' },
    Batch: task({
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 5 }],
      Assign: { done: '{% $append($done, $states.result.Payload.cursor) %}' },
      Output: { cursor: '{% $states.result.Payload.cursor %}' },
      Next: 'More',
    }),
    More: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.cursor < 3 %}', Next: 'Batch' }],
      Default: 'Gate',
    },
    Gate: gate({
      TimeoutSeconds: 86_400,
      HeartbeatSeconds: 3600,
      Assign: { verdict: '{% $states.result %}' },
      Next: 'Break',
    }),
    Break: task({
      Arguments: { FunctionName: 'broken' },
      Catch: [{ ErrorEquals: ['Broken'], Next: 'Never' }],
      Next: 'End',
    }),
    Never: gate({ TimeoutSeconds: 60, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'End' }], End: true }),
    End: {
      Type: 'Succeed',
      Output: { done: '{% $done %}', verdict: '{% $verdict %}', last: '{% $states.input %}' },
    },
  },
  { TimeoutSeconds: 604_800 },
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'step-functions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What outlives a restart besides the engine's file: the tokens that a function was given for the first gate. */
interface World {
  readonly tokens: string[];
  readonly failedOnce: Set<number>;
}

function openOn(file: string, world: World, onCommit: () => void = () => {}): Promise<Bench> {
  const invoke = async (name: string, payload: unknown) => {
    const { cursor = 0, token } = payload as { cursor?: number; token?: string };
    if (name === 'broken') throw functionError('Broken');
    if (token !== undefined) return void world.tokens.push(token);
    if (!world.failedOnce.has(cursor)) {
      world.failedOnce.add(cursor);
      throw functionError('Busy');
    }
    return { cursor: cursor + 1 };
  };
  return openBench(invoke, { file, onCommit });
}

/** Answers the first gate whenever it can and moves the clock, until the execution has ended. */
async function finish(bench: Bench, { tokens }: World) {
  const [machine] = (await bench.client.send(new ListStateMachinesCommand({}))).stateMachines ?? [];
  const list = new ListExecutionsCommand({ stateMachineArn: machine?.stateMachineArn });
  await bench.settled();
  for (let step = 0; step < 100; step += 1) {
    const [execution] = (await bench.client.send(list)).executions ?? [];
    if (!execution?.executionArn) return undefined;
    if (execution.status !== 'RUNNING') {
      const ended = await bench.describe(execution.executionArn);
      return { ...ended, types: (await bench.history(execution.executionArn)).map(({ type }) => type) };
    }
    const first = (await bench.history(execution.executionArn)).filter(
      ({ type }) => type === 'TaskSubmitted',
    );
    for (const taskToken of first.length === 1 ? tokens : []) {
      // A token of a run that did not come to be on disk is one that nobody knows.
      await bench.client.send(new SendTaskSuccessCommand({ taskToken, output: '"approve"' })).catch(() => {});
    }
    await bench.pass(5);
  }
  throw new Error('The execution does not end');
}

test('whatever was on disk at any commit runs on to the same end', { timeout: 20_000 }, async () => {
  const images: { file: string; tokens: string[] }[] = [];
  const world: World = { tokens: [], failedOnce: new Set() };
  const original = join(folder, 'original');
  const bench = await openOn(original, world, () => {
    const file = join(folder, `${images.length}`);
    images.push({ file, tokens: [...world.tokens] });
    for (const part of ['', '-wal']) copyFileSync(`${original}${part}`, `${file}${part}`);
  });
  await bench.start(definition);
  const expected = await finish(bench, world);
  await bench.close();
  expect(expected).toMatchObject({
    status: 'SUCCEEDED',
    output: { done: [1, 2, 3], verdict: 'approve', last: { Error: 'States.Timeout' } },
  });
  expect(images.length).toBeGreaterThan(15);

  const ends: unknown[] = [];
  for (const { file, tokens } of images) {
    const before = { tokens: [...tokens], failedOnce: new Set<number>() };
    const reopened = await openOn(file, before);
    ends.push(await finish(reopened, before));
    await reopened.close();
  }
  // The machine's own commit comes before the first execution's.
  expect(ends[0]).toBeUndefined();
  for (const end of ends.slice(1)) {
    expect(end).toMatchObject({ status: expected?.status, output: expected?.output });
  }
});

test('a function is only called once its token is on disk, and called again with it', async () => {
  const file = join(folder, 'interrupted');
  const copy = join(folder, 'copy');
  const calls: unknown[] = [];
  const never = await openBench(
    (_, payload) => {
      calls.push(payload);
      for (const part of ['', '-wal']) copyFileSync(`${file}${part}`, `${copy}${part}`);
      return new Promise(() => {});
    },
    { file },
  );
  void never.start(machineOf({ Gate: gate({ End: true }) }));
  await expect.poll(() => calls.length).toBe(1);
  await never.close();
  const again = await openBench(async (_, payload) => void calls.push(payload), { file: copy });
  await again.settled();
  expect(calls).toHaveLength(2);
  expect(calls[1]).toEqual(calls[0]);
  await again.close();
});

test('a deadline that passed while the process was down comes due when it is up', async () => {
  const file = join(folder, 'down');
  const bench = await openBench(async () => null, { file });
  const arn = await bench.start(machineOf({ Gate: gate({ TimeoutSeconds: 3600, End: true }) }));
  const { clock } = bench;
  await bench.close();
  clock.moveTo(new Date(clock.now().getTime() + 7_200_000));
  const late = await openBench(async () => null, { file, clock });
  await expect.poll(async () => (await late.describe(arn)).error).toBe('States.Timeout');
  await late.close();
});
