import type { Deps } from '../../shared/app/ports.ts';
import { draftCircular } from '../../shared/app/steps/publication.ts';
import { stepHandler, Year } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('draft-circular', Year, deps, ({ year }) => draftCircular(deps, year));
