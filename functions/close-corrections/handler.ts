import type { Deps } from '../../shared/app/ports.ts';
import { closeCorrections } from '../../shared/app/steps/rectification.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('close-corrections', Batch, deps, (input) => closeCorrections(deps, input));
