import type { Deps } from '../../shared/app/ports.ts';
import { recommend } from '../../shared/app/steps/rectification.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('recommend-second-failures', Batch, deps, (input) => recommend(deps, input));
