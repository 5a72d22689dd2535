import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TimerClock } from '../clock.ts';
import { ApiError } from './api-error.ts';
import type { Machine } from './definition.ts';
import { startEngine } from './engine.ts';
import { executionOperations } from './executions.ts';
import { loadMachine } from './load.ts';
import { machineOperations } from './machines.ts';
import { Request } from './request.ts';
import { openStore } from './store.ts';

export interface StepFunctionsOptions {
  /** The SQLite file that holds machines, executions and histories, or `:memory:`. */
  readonly file: string;
  readonly clock: TimerClock;
  /** In [0, 1): retry jitter, `$random`, `$uuid`, names that a caller left out. */
  readonly random: () => number;
  /**
   * Invokes a function, named as the definition names it, and resolves to its JSON result. Rejects with an
   * Error whose `name` is the error's type. Called at least once for each attempt.
   */
  readonly invoke: (functionName: string, payload: unknown) => Promise<unknown>;
  readonly region?: string;
  readonly accountId?: string;
  readonly partition?: string;
  /** Task tokens are credentials, so by default they do not come from `random`. */
  readonly mintToken?: () => string;
  /** Told after every commit to disk. */
  readonly onCommit?: () => void;
}

export interface StepFunctions {
  /** Answers one call of the API. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Resolves when every execution is finished or waits for a token or a timer. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Longer than any request the service accepts. */
const MOST_BODY_BYTES = 4 * 1024 * 1024;
const CONTENT_TYPE = 'application/x-amz-json-1.0';
const TARGET_PREFIX = 'AWSStepFunctions.';

/** Opens the engine on its file and goes on with the executions that were running. */
export function openStepFunctions(options: StepFunctionsOptions): StepFunctions {
  const { clock, random, region = 'us-east-1', accountId = '000000000000', partition = 'aws' } = options;
  const now = () => clock.now().getTime();
  const surroundings = { now, random };
  const store = openStore(options.file, options.onCommit);
  const loaded = new Map<number, Machine>();
  const machineOf = (revision: number): Machine => {
    const known = loaded.get(revision);
    if (known) return known;
    const result = loadMachine(store.revision(revision)?.definition ?? '', surroundings);
    if ('problems' in result)
      throw new Error(`Revision ${revision} cannot be loaded: ${result.problems[0]?.message}`);
    loaded.set(revision, result.machine);
    return result.machine;
  };
  const { invoke, mintToken = () => randomBytes(48).toString('base64url') } = options;
  const engine = startEngine({ store, clock, random, mintToken, region, invoke, machineOf });
  const { find: findMachine, ...machines } = machineOperations(
    store,
    { region, accountId, partition },
    surroundings,
  );
  const executions = executionOperations({ store, engine, random, now, findMachine });
  const operations: Record<string, (request: Request) => object> = { ...machines, ...executions };

  const answer = async (request: IncomingMessage): Promise<object> => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const name = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : '';
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation)
      throw new ApiError('UnknownOperationException', `Operation ${target} is not supported here`);
    const answered = operation(new Request(await readBody(request)));
    await store.flushed();
    return answered;
  };

  return {
    async handle(request, response) {
      try {
        send(response, 200, await answer(request));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        send(response, 400, { __type: error.code, message: error.message });
      }
    },
    settled: engine.settled,
    async close() {
      engine.close();
      store.close();
    },
  };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BODY_BYTES) throw new ApiError('ValidationException', 'The request is too large');
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString() || '{}');
  } catch {
    throw new ApiError('SerializationException', 'The request is not JSON');
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': CONTENT_TYPE }).end(JSON.stringify(body));
}

/** Opens the engine and serves its API on loopback, on a free port unless one is given. */
export async function serveStepFunctions(
  options: StepFunctionsOptions & { readonly port?: number },
): Promise<StepFunctions & { readonly endpoint: string }> {
  const opened = openStepFunctions(options);
  const server = createServer((request, response) => {
    opened.handle(request, response).catch((error: Error) => {
      send(response, 500, { __type: 'InternalFailure', message: error.message });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    ...opened,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await opened.close();
    },
  };
}
