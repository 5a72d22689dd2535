import { uuid } from './added-functions.ts';
import {
  ApiError,
  executionExists,
  invalidInput,
  invalidOutput,
  invalidToken,
  noSuchExecution,
  taskTimedOut,
} from './api-error.ts';
import { checkArn, executionArn } from './arns.ts';
import type { Engine } from './engine.ts';
import { renderEvent } from './history.ts';
import type { Json } from './json.ts';
import { page, type Request } from './request.ts';
import type { Answer } from './run.ts';
import type { ExecutionRow, MachineRow, Store } from './store.ts';

const LONGEST_TOKEN = 2048;
const LONGEST_ERROR = 256;
const LONGEST_CAUSE = 32_768;
const STATUSES = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] as const;

interface Parts {
  readonly store: Store;
  readonly engine: Engine;
  readonly random: () => number;
  readonly now: () => number;
  readonly findMachine: (arn: string) => MachineRow;
}

/** The operations on executions and on the tokens of their tasks. */
export function executionOperations({ store, engine, random, now, findMachine }: Parts) {
  const find = (request: Request): ExecutionRow => {
    const arn = checkArn(request.string('executionArn'), 'execution');
    const execution = store.execution(arn);
    if (!execution) throw noSuchExecution(arn);
    return execution;
  };
  const answerToken = (request: Request, given: Answer) => {
    const token = request.string('taskToken', LONGEST_TOKEN);
    const issued = store.token(token);
    if (!issued) throw invalidToken();
    if (!engine.answerToken(issued.execution, token, given)) throw taskTimedOut();
    return {};
  };
  const failureIn = (request: Request) => {
    const error = request.optionalString('error', LONGEST_ERROR);
    const cause = request.optionalString('cause', LONGEST_CAUSE);
    return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  };

  return {
    StartExecution(request: Request) {
      const machine = findMachine(request.string('stateMachineArn'));
      const name = request.name('name') ?? uuid(random);
      const input = request.payload('input') ?? '{}';
      checkInput(input);
      const arn = executionArn(machine.arn, name);
      const existing = store.execution(arn);
      if (existing && (existing.status !== 'RUNNING' || existing.input !== input)) throw executionExists(arn);
      const { revision, roleArn } = machine;
      const startedAt =
        existing?.startedAt ?? engine.start({ arn, name, machineArn: machine.arn, revision, roleArn, input });
      return { executionArn: arn, startDate: startedAt / 1000 };
    },

    /** Only Express workflows can be started so, and there are none here. */
    StartSyncExecution(request: Request): never {
      findMachine(request.string('stateMachineArn'));
      const message = 'This operation is not supported by this type of state machine';
      throw new ApiError('StateMachineTypeNotSupported', message);
    },

    DescribeExecution(request: Request) {
      const execution = find(request);
      const { input, output, error, cause, status } = execution;
      const redrivable = status === 'FAILED' || status === 'ABORTED' || status === 'TIMED_OUT';
      return {
        ...summary(execution),
        input,
        inputDetails: { included: true },
        ...(output === null ? {} : { output, outputDetails: { included: true } }),
        ...(error === null ? {} : { error }),
        ...(cause === null ? {} : { cause }),
        ...(redrivable
          ? { redriveStatus: 'REDRIVABLE' }
          : {
              redriveStatus: 'NOT_REDRIVABLE',
              redriveStatusReason: `Execution is ${status} and cannot be redriven`,
            }),
      };
    },

    ListExecutions(request: Request) {
      const machine = findMachine(request.string('stateMachineArn'));
      const status = request.oneOf('statusFilter', STATUSES) ?? null;
      const size = request.pageSize();
      const before = request.index(3096) ?? Number.MAX_SAFE_INTEGER;
      const rows = store.executions(machine.arn, before, status, size + 1);
      const { items, ...next } = page(rows, size, summary, ({ id }) => id);
      return { executions: items, ...next };
    },

    StopExecution(request: Request) {
      const execution = find(request);
      engine.stop(execution.id, failureIn(request));
      return { stopDate: (execution.stoppedAt ?? now()) / 1000 };
    },

    GetExecutionHistory(request: Request) {
      const execution = find(request);
      const size = request.pageSize();
      const backwards = request.boolean('reverseOrder', false);
      const from = request.index() ?? (backwards ? Number.MAX_SAFE_INTEGER : 0);
      const rows = (backwards ? store.eventsBackwards : store.events)(execution.id, from, size + 1);
      const withData = request.boolean('includeExecutionData', true);
      const { items, ...next } = page(
        rows,
        size,
        (event) => renderEvent(event, withData),
        ({ id }) => id,
      );
      return { events: items, ...next };
    },

    SendTaskSuccess(request: Request) {
      const output = request.payload('output') ?? request.string('output');
      return answerToken(request, { result: parseJson(output, invalidOutput) });
    },

    SendTaskFailure: (request: Request) => answerToken(request, { failure: failureIn(request) }),

    SendTaskHeartbeat(request: Request) {
      const token = request.string('taskToken', LONGEST_TOKEN);
      const issued = store.token(token);
      if (!issued) throw invalidToken();
      if (!engine.heartbeat(issued.execution, token)) throw taskTimedOut();
      return {};
    },
  };
}

const summary = ({ arn, machineArn, name, status, startedAt, stoppedAt }: ExecutionRow) => ({
  executionArn: arn,
  stateMachineArn: machineArn,
  name,
  status,
  startDate: startedAt / 1000,
  ...(stoppedAt === null ? {} : { stopDate: stoppedAt / 1000 }),
  redriveCount: 0,
});

function checkInput(input: string): void {
  if (input.trim() === '') throw invalidInput('Invalid execution input.');
  parseJson(input, invalidInput);
}

function parseJson(text: string, refuse: (detail: string) => Error): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const word = /^\s*([A-Za-z_]\w*)/.exec(text)?.[1];
    const wordTold = `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
    throw refuse(word === undefined ? (error as Error).message : wordTold);
  }
}
