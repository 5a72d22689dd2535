import type { Deps } from '../../shared/app/ports.ts';
import { admitAgencies } from '../../shared/app/steps/admit-agencies.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('admit-agencies', Batch, deps, (input) => admitAgencies(deps, input));
