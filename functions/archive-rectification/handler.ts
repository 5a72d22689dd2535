import type { Deps } from '../../shared/app/ports.ts';
import { archiveRectification } from '../../shared/app/steps/rectification.ts';
import { stepHandler, Year } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('archive-rectification', Year, deps, ({ year }) => archiveRectification(deps, year));
