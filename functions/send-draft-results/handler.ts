import type { Deps } from '../../shared/app/ports.ts';
import { sendDraftResults } from '../../shared/app/steps/draft-results.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('send-draft-results', Batch, deps, (input) => sendDraftResults(deps, input));
