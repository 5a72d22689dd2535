/** What every step of the workflow has in common: a checked payload, a log of start and end, and errors with a retry contract. */
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Deps } from '../shared/app/ports.ts';
import { isInfrastructure } from '../shared/app/steps/batch.ts';

/** A function as the service calls it; whatever carries it checks the event itself. */
export type LambdaHandler = (event: unknown, context: Context) => Promise<unknown>;

/** An error that a retry may cure; its name is the contract with the state machine's retry ladder. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
}

export const Year = z.object({ year: z.int() });
export const Batch = z.extend(Year, { cursor: z.nullable(z.string()) });

export function stepHandler<I extends { year: number }>(
  name: string,
  schema: z.ZodMiniType<I>,
  deps: Deps,
  work: (input: I) => Promise<unknown>,
): LambdaHandler {
  const step = async (event: unknown, _context: Context) => (await work(schema.parse(event))) ?? null;
  return middy(step).use({
    before: () => deps.log.info('STEP_STARTED', { step: name }),
    after: () => deps.log.info('STEP_COMPLETED', { step: name }),
    onError: ({ error }) => {
      deps.log.error('STEP_FAILED', { step: name }, error);
      if (error && isInfrastructure(error)) throw new RetryableError(error.message, { cause: error });
    },
  });
}
