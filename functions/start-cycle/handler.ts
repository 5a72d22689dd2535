import middy from '@middy/core';
import * as z from 'zod/mini';
import type { Deps } from '../../shared/app/ports.ts';
import { Refusal } from '../../shared/app/refusal.ts';
import { startCycle } from '../../shared/app/start-cycle.ts';
import { chinaDate } from '../../shared/domain/calendar.ts';
import { SYSTEM } from '../../shared/domain/history.ts';
import type { LambdaHandler } from '../step.ts';

const Scheduled = z.object({ scheduledTime: z.iso.datetime() });

/** The yearly schedule: assesses the year before the one it fires in. Firing twice starts one cycle. */
export const makeHandler = (deps: Deps): LambdaHandler =>
  middy(async (event: unknown) => {
    const { scheduledTime } = Scheduled.parse(event);
    const year = Number(chinaDate(new Date(scheduledTime)).slice(0, 4)) - 1;
    const started = !((await startCycle(deps, year, SYSTEM)) instanceof Refusal);
    deps.log.info(started ? 'CYCLE_STARTED' : 'CYCLE_ALREADY_STARTED', { year });
    return { year, started };
  });
