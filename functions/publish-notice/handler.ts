import type { Deps } from '../../shared/app/ports.ts';
import { publishNotice } from '../../shared/app/steps/notice.ts';
import { stepHandler, Year } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('publish-notice', Year, deps, ({ year }) => publishNotice(deps, year));
