import * as z from 'zod/mini';
import type { Deps } from '../../shared/app/ports.ts';
import { closeRun } from '../../shared/app/steps/close-run.ts';
import { RUN_NAMES } from '../../shared/domain/gates.ts';
import { stepHandler, Year } from '../step.ts';

const End = z.extend(Year, {
  run: z.enum(RUN_NAMES),
  end: z.enum(['cancelled', 'failed']),
  error: z.string(),
});

export const makeHandler = (deps: Deps) =>
  stepHandler('close-run', End, deps, ({ run, year, end, error }) =>
    closeRun(deps, run, year, end === 'failed' ? { type: end, error } : { type: end }),
  );
