import type { Deps } from '../../shared/app/ports.ts';
import { draftNotice } from '../../shared/app/steps/notice.ts';
import { stepHandler, Year } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('draft-notice', Year, deps, ({ year }) => draftNotice(deps, year));
