import type { Deps } from '../../shared/app/ports.ts';
import { announce } from '../../shared/app/steps/scores.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('announce-stars', Batch, deps, (input) => announce(deps, input));
