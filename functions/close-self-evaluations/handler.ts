import type { Deps } from '../../shared/app/ports.ts';
import { closeSelfEvaluations } from '../../shared/app/steps/self-evaluations.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('close-self-evaluations', Batch, deps, (input) => closeSelfEvaluations(deps, input));
