import type { Deps } from '../../shared/app/ports.ts';
import { startRectification } from '../../shared/app/steps/rectification.ts';
import { SYSTEM } from '../../shared/domain/history.ts';
import { stepHandler, Year } from '../step.ts';

/** Where nobody failed, or the run is under way, there is nothing to start: both are answers, not errors. */
export const makeHandler = (deps: Deps) =>
  stepHandler('start-rectification', Year, deps, async ({ year }) => {
    await startRectification(deps, year, SYSTEM);
  });
