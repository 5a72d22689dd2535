import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
  type StartExecutionCommandInput,
} from '@aws-sdk/client-sfn';
import { type MovableClock, movableClock } from '../../../infra/local/clock.ts';
import { type StepFunctionsOptions, serveStepFunctions } from '../../../infra/local/step-functions/index.ts';

export const START = new Date('2026-03-02T01:00:00.000Z');
export const ROLE = 'arn:aws:iam::000000000000:role/states';

export type Invoke = StepFunctionsOptions['invoke'];

/** What a definition of a test looks like before it is text. */
export type States = Record<string, unknown>;

export const machineOf = (states: States, more: object = {}): string =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more });

export const functionError = (name: string, message = 'boom'): Error =>
  Object.assign(new Error(message), { name });

/** A task that calls the function `f` with the state's input. */
export const task = (more: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
  ...more,
});

/** A task that gives its token to the function `f` and waits. */
export const gate = (more: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
  ...more,
});

export interface Bench {
  readonly client: SFNClient;
  readonly clock: MovableClock;
  settled(): Promise<void>;
  /** Moves the clock and lets everything that came due happen. */
  pass(seconds: number): Promise<void>;
  start(definition: string, input?: unknown, more?: Partial<StartExecutionCommandInput>): Promise<string>;
  describe(executionArn: string): Promise<{
    status: string | undefined;
    output: unknown;
    error: string | undefined;
    cause: string | undefined;
  }>;
  history(executionArn: string): Promise<HistoryEvent[]>;
  close(): Promise<void>;
}

export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly details: Record<string, unknown>;
}

/** An engine on its own file and clock, behind the real client. */
export async function openBench(invoke: Invoke, options: Partial<StepFunctionsOptions> = {}): Promise<Bench> {
  const clock = movableClock(START);
  let draws = 0;
  const random = () => {
    draws = (draws * 1_103_515_245 + 12_345) % 2 ** 31;
    return draws / 2 ** 31;
  };
  const served = await serveStepFunctions({ file: ':memory:', clock, random, invoke, ...options });
  const client = new SFNClient({
    endpoint: served.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  let machines = 0;
  return {
    client,
    clock,
    settled: served.settled,
    async pass(seconds) {
      clock.moveTo(new Date(clock.now().getTime() + seconds * 1000));
      await served.settled();
    },
    async start(definition, input = {}, more = {}) {
      machines += 1;
      const create = { name: `machine-${machines}`, definition, roleArn: ROLE };
      const { stateMachineArn } = await client.send(new CreateStateMachineCommand(create));
      const request = { stateMachineArn, input: JSON.stringify(input), ...more };
      const { executionArn } = await client.send(new StartExecutionCommand(request));
      await served.settled();
      return executionArn ?? '';
    },
    async describe(executionArn) {
      const { status, output, error, cause } = await client.send(
        new DescribeExecutionCommand({ executionArn }),
      );
      return { status, output: output === undefined ? undefined : JSON.parse(output), error, cause };
    },
    async history(executionArn) {
      const { events = [] } = await client.send(
        new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
      );
      return events.map(({ id = 0, previousEventId = 0, type = '', timestamp: _, ...details }) => ({
        id,
        previousEventId,
        type,
        details: Object.values(details)[0] as Record<string, unknown>,
      }));
    },
    async close() {
      client.destroy();
      await served.close();
    },
  };
}

/** A bench whose function records its payloads and answers by the number of the call; an Error is thrown. */
export async function openRecordingBench(answer: (call: number) => unknown = () => null) {
  const calls: unknown[] = [];
  const bench = await openBench(async (_, payload) => {
    calls.push(payload);
    const answered = answer(calls.length);
    if (answered instanceof Error) throw answered;
    return answered;
  });
  return { bench, calls, tokens: () => calls.map((payload) => (payload as { token: string }).token) };
}
