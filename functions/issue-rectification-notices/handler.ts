import type { Deps } from '../../shared/app/ports.ts';
import { issueNotices } from '../../shared/app/steps/rectification.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('issue-rectification-notices', Batch, deps, (input) => issueNotices(deps, input));
