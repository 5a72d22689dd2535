import type { Deps } from '../../shared/app/ports.ts';
import { countSecondFailures } from '../../shared/app/steps/rectification.ts';
import { stepHandler, Year } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('count-second-failures', Year, deps, ({ year }) => countSecondFailures(deps, year));
