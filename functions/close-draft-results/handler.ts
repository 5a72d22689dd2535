import type { Deps } from '../../shared/app/ports.ts';
import { closeDraftResults } from '../../shared/app/steps/draft-results.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('close-draft-results', Batch, deps, (input) => closeDraftResults(deps, input));
