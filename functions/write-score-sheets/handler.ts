import type { Deps } from '../../shared/app/ports.ts';
import { writeScoreSheets } from '../../shared/app/steps/agency-papers.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('write-score-sheets', Batch, deps, (input) => writeScoreSheets(deps, input));
