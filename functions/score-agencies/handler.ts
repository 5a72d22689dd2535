import type { Deps } from '../../shared/app/ports.ts';
import { scoreAgencies } from '../../shared/app/steps/scores.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('score-agencies', Batch, deps, (input) => scoreAgencies(deps, input));
