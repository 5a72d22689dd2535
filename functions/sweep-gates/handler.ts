import middy from '@middy/core';
import type { Deps } from '../../shared/app/ports.ts';
import { sweep } from '../../shared/app/sweep.ts';
import type { LambdaHandler } from '../step.ts';

/** Every hour: opens gates whose deadline has passed and delivers decisions that did not get through. */
export const makeHandler = (deps: Deps): LambdaHandler =>
  middy(async (_event: unknown) => {
    const report = await sweep(deps);
    deps.log.info('SWEEP_COMPLETED', { ...report });
    return report;
  });
