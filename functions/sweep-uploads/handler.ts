import middy from '@middy/core';
import type { Deps } from '../../shared/app/ports.ts';
import { sweepUploads } from '../../shared/app/uploads/sweep-uploads.ts';
import type { LambdaHandler } from '../step.ts';

/** Every hour: tries postponed scans again, expires abandoned uploads, clears quarantine. */
export const makeHandler = (deps: Deps): LambdaHandler =>
  middy(async (_event: unknown) => {
    const report = await sweepUploads(deps);
    deps.log.info('UPLOAD_SWEEP_COMPLETED', { ...report });
    return report;
  });
