import type { Deps } from '../../shared/app/ports.ts';
import { drawRechecks } from '../../shared/app/steps/rectification.ts';
import { stepHandler, Year } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('draw-rechecks', Year, deps, ({ year }) => drawRechecks(deps, year));
