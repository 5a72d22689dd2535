/** Runs the state machine's file on the embedded engine with canned function results, and tells which way it went. */
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { filledDefinition, placeholders } from '../../infra/definition.ts';
import { movableClock } from '../../infra/local/clock.ts';
import { serveStepFunctions } from '../../infra/local/step-functions/index.ts';
import type { GateName, RunName, Verdict } from '../../shared/domain/gates.ts';

export interface Script {
  /** Which state machine; the year's own if absent. */
  machine?: RunName;
  /** Verdicts of a gate, visit by visit; `approve` (decisions) or `complete` (records) when none is left. */
  verdicts?: Partial<Record<GateName, Verdict[]>>;
  /** Cursors that a batch step returns, call by call; null when none is left. */
  cursors?: Record<string, (string | null)[]>;
  /** What a function returns that is neither a gate nor a batch. */
  results?: Record<string, unknown>;
  /** Errors that a function throws, call by call, before it works; null: this call works. */
  errors?: Record<string, (string | null)[]>;
  /** Gates that nobody ever decides: the clock passes their timeout. */
  silent?: GateName[];
}

export interface Run {
  status: string | undefined;
  output: unknown;
  error: string | undefined;
  states: string[];
  /** Every function call in order, as `name(gate)` or `name`. */
  calls: { name: string; payload: Record<string, unknown> }[];
}

class Thrown extends Error {
  constructor(name: string) {
    super('as the script says');
    this.name = name;
  }
}

const BATCHES =
  /^(admit-|close-|compare-|assign-|score-|announce-|send-draft-|write-|publish-stars|issue-|call-for-|recommend-)/;

/** One execution from start to end. */
export async function rehearse(script: Script): Promise<Run> {
  const clock = movableClock(new Date('2022-02-15T01:00:00Z'));
  const calls: Run['calls'] = [];
  const tokens: { gate: GateName; token: string }[] = [];
  const left = structuredClone({ verdicts: {}, cursors: {}, errors: {}, ...script });
  const engine = await serveStepFunctions({
    file: ':memory:',
    clock,
    random: () => 0.5,
    async invoke(name, payload) {
      const input = payload as Record<string, unknown>;
      calls.push({ name, payload: input });
      const error = left.errors[name]?.shift();
      if (error) throw new Thrown(error);
      if (name === 'open-gate') tokens.push({ gate: input.gate as GateName, token: String(input.token) });
      if (BATCHES.test(name)) return { cursor: left.cursors[name]?.shift() ?? null };
      return script.results?.[name] ?? null;
    },
  });
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new SFNClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
  try {
    const machine = script.machine ?? 'annual-assessment';
    const definition = filledDefinition(machine, { Partition: 'aws', ...placeholders(machine) });
    const roleArn = 'arn:aws:iam::000000000000:role/x';
    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({ name: 'year', definition, roleArn }),
    );
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify({ year: 2021 }) }),
    );
    for (;;) {
      await engine.settled();
      const { status, output, error } = await client.send(new DescribeExecutionCommand({ executionArn }));
      if (status !== 'RUNNING') {
        const states = await statesOf(client, executionArn);
        return { status, output: output && JSON.parse(output), error, states, calls };
      }
      const waiting = tokens.shift();
      if (waiting && !script.silent?.includes(waiting.gate)) {
        const verdict = left.verdicts[waiting.gate]?.shift() ?? 'approve';
        const answer = { taskToken: waiting.token, output: JSON.stringify({ verdict }) };
        await client.send(new SendTaskSuccessCommand(answer));
      } else {
        // Nobody answers, or a retry waits: time passes, in long steps only where a gate is silent.
        const step = waiting ? 301 * 86_400_000 : 3_600_000;
        clock.moveTo(new Date(clock.now().getTime() + step));
      }
    }
  } finally {
    client.destroy();
    await engine.close();
  }
}

async function statesOf(client: SFNClient, executionArn: string | undefined): Promise<string[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new GetExecutionHistoryCommand({ executionArn, nextToken }));
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
}
