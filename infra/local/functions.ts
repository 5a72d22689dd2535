import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { FUNCTIONS } from '../../functions/catalogue.ts';
import { assemble, type Clients, type Surroundings } from '../../functions/container.ts';
import type { Variable } from '../../functions/environment.ts';
import type { LambdaHandler } from '../../functions/step.ts';
import { openRoles, type Use } from './roles.ts';

export type Invoke = (functionName: string, payload: unknown) => Promise<unknown>;

/** Calls functions by name as Lambda does: each with the environment it declares and the permissions it is granted, payloads and results as JSON. */
export function localFunctions(
  clients: Clients,
  env: Record<Variable, string>,
  surroundings: Surroundings,
  onUse?: (use: Use) => void,
): Invoke {
  const actAs = openRoles(clients, env, onUse);
  const handlers = new Map<string, LambdaHandler>();
  const handlerOf = (name: string): LambdaHandler => {
    const entry = FUNCTIONS[name];
    if (!entry) throw new Error(`there is no function ${name}`);
    const handler =
      handlers.get(name) ?? entry.makeHandler(assemble(clients, entry.env.parse(env), surroundings));
    handlers.set(name, handler);
    return handler;
  };
  return async (functionName, payload) => {
    const handler = handlerOf(functionName);
    const result = await actAs(functionName, () => handler(asJson(payload), contextOf(functionName)));
    return asJson(result);
  };
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

function contextOf(functionName: string): Context {
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId: randomUUID(),
    logGroupName: functionName,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => 900_000,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
