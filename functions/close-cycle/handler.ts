import * as z from 'zod';
import type { Deps } from '../../shared/app/ports.ts';
import { closeCycle } from '../../shared/app/steps/publication.ts';
import { stepHandler, Year } from '../step.ts';

const End = Year.extend({ end: z.enum(['cancelled', 'failed']), error: z.string() });

export const makeHandler = (deps: Deps) =>
  stepHandler('close-cycle', End, deps, ({ year, end, error }) =>
    closeCycle(deps, year, end === 'failed' ? { type: end, error } : { type: end }),
  );
