import type { Deps } from '../../shared/app/ports.ts';
import { publishCorrection } from '../../shared/app/steps/correction.ts';
import { stepHandler, Year } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('publish-correction', Year, deps, ({ year }) => publishCorrection(deps, year));
