import type { Deps } from '../../shared/app/ports.ts';
import { closeVisits } from '../../shared/app/steps/spot-check.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('close-visits', Batch, deps, (input) => closeVisits(deps, input));
