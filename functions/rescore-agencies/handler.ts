import type { Deps } from '../../shared/app/ports.ts';
import { rescoreUpheld } from '../../shared/app/steps/scores.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('rescore-agencies', Batch, deps, (input) => rescoreUpheld(deps, input));
