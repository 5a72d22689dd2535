import type { Deps } from '../../shared/app/ports.ts';
import { compareFigures } from '../../shared/app/steps/self-evaluations.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('compare-figures', Batch, deps, (input) => compareFigures(deps, input));
