import type { Deps } from '../../shared/app/ports.ts';
import { assignVisits } from '../../shared/app/steps/spot-check.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('assign-visits', Batch, deps, (input) => assignVisits(deps, input));
