/**
 * The embedded workflow engine against an emulator of AWS (MiniStack): the year's own state machine, with functions that
 * answer at once and gates that are decided at once, driven by the same client. Each calls functions in its own way.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { zipSync } from 'fflate';
import { filledDefinition, placeholders } from '../../infra/definition.ts';
import { realTimerClock } from '../../infra/local/clock.ts';
import { serveStepFunctions } from '../../infra/local/step-functions/index.ts';
import { type Emulator, inRegion, REGION, startEmulator } from '../suites/aws/emulator.ts';
import { transitionsOf } from './measured-year.ts';
import { type Line, median } from './timing.ts';

const YEARS = 10;
const ROUNDS = 3;
const FUNCTION = 'answer-at-once';
const RUN = 'annual-assessment';

export async function benchEngines(): Promise<Line[]> {
  const dir = mkdtempSync(join(tmpdir(), 'xingping-engine-'));
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const clientOf = (endpoint: string) => new SFNClient({ endpoint, region: REGION, credentials });
  let decide: (token: string) => void = () => undefined;
  const ours = await serveStepFunctions({
    file: join(dir, 'engine.sqlite'),
    clock: realTimerClock(),
    random: Math.random,
    invoke: async (_name, payload) => {
      const { token } = payload as { token?: string };
      if (token !== undefined) decide(token);
      return { cursor: null };
    },
  });
  const emulator = await startEmulator();
  const [own, other] = [clientOf(ours.endpoint), clientOf(emulator.endpoint)];
  decide = (taskToken) => {
    void own.send(new SendTaskSuccessCommand({ taskToken, output: '{"verdict":"approve"}' }));
  };
  try {
    await createFunction(emulator);
    const runners = [await runnerAt(own, FUNCTION), await runnerAt(other, FUNCTION)] as const;
    const rates: [number[], number[]] = [[], []];
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [index, runner] of runners.entries()) {
        const rate = await runner(`round-${round}`);
        if (round > 0) rates[index]?.push(rate);
      }
    }
    const [mine, theirs] = [median(rates[0]), median(rates[1])];
    return [
      {
        what: "transitions a second of the year's state machine, on disk, against MiniStack in memory",
        ours: Math.round(mine).toLocaleString('en'),
        peer: Math.round(theirs).toLocaleString('en'),
        ratio: (mine / theirs).toFixed(1),
        asked: 'at least 10',
        holds: mine / theirs >= 10,
      },
    ];
  } finally {
    own.destroy();
    other.destroy();
    emulator.close();
    await ours.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A function on the emulator that answers every step, and decides every gate, at once. */
async function createFunction({ endpoint }: Emulator): Promise<void> {
  const code = `export async function handler(payload) {
    if (payload.token === undefined) return { cursor: null };
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AWSStepFunctions.SendTaskSuccess',
      authorization: ${JSON.stringify(inRegion('states').authorization)},
    };
    const body = JSON.stringify({ taskToken: payload.token, output: '{"verdict":"approve"}' });
    const response = await fetch(${JSON.stringify(endpoint)}, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(await response.text());
  }`;
  const zip = zipSync({ 'index.mjs': new TextEncoder().encode(code) });
  const response = await fetch(`${endpoint}/2015-03-31/functions`, {
    method: 'POST',
    headers: { ...inRegion('lambda'), 'content-type': 'application/json' },
    body: JSON.stringify({
      FunctionName: FUNCTION,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/answer',
      Timeout: 60,
      Code: { ZipFile: Buffer.from(zip).toString('base64') },
    }),
  });
  if (!response.ok) throw new Error(`the emulator takes no function: ${await response.text()}`);
}

async function runnerAt(client: SFNClient, functionName: string) {
  const functions = Object.fromEntries(Object.keys(placeholders(RUN)).map((name) => [name, functionName]));
  const definition = filledDefinition(RUN, { Partition: 'aws', ...functions });
  const roleArn = 'arn:aws:iam::000000000000:role/year';
  const made = await client.send(new CreateStateMachineCommand({ name: RUN, definition, roleArn }));
  return async (name: string): Promise<number> => {
    const start = performance.now();
    const input = '{"year":2026}';
    const started = await Promise.all(
      Array.from({ length: YEARS }, (_none, index) =>
        client.send(
          new StartExecutionCommand({
            stateMachineArn: made.stateMachineArn,
            name: `${name}-${index}`,
            input,
          }),
        ),
      ),
    );
    for (const { executionArn } of started) await ended(client, executionArn);
    const elapsed = performance.now() - start;
    const transitions = await transitionsOf(client, started[0]?.executionArn ?? '');
    return ((YEARS * transitions) / elapsed) * 1000;
  };
}

async function ended(client: SFNClient, executionArn: string | undefined): Promise<void> {
  for (;;) {
    const { status, cause } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status === 'SUCCEEDED') return;
    if (status !== 'RUNNING') throw new Error(`${executionArn} ended as ${status}: ${cause}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
