import type { Deps } from '../../shared/app/ports.ts';
import { drawSpotCheck } from '../../shared/app/steps/spot-check.ts';
import { stepHandler, Year } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('draw-spot-check', Year, deps, ({ year }) => drawSpotCheck(deps, year));
