import type { Deps } from '../../shared/app/ports.ts';
import { publishPlan } from '../../shared/app/steps/spot-check.ts';
import { stepHandler, Year } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('publish-plan', Year, deps, ({ year }) => publishPlan(deps, year));
