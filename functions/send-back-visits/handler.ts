import type { Deps } from '../../shared/app/ports.ts';
import { sendBackVisits } from '../../shared/app/steps/spot-check.ts';
import { stepHandler, Year } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('send-back-visits', Year, deps, ({ year }) => sendBackVisits(deps, year));
