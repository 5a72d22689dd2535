import type { Deps } from '../../shared/app/ports.ts';
import { callForVerdicts } from '../../shared/app/steps/rectification.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('call-for-verdicts', Batch, deps, (input) => callForVerdicts(deps, input));
