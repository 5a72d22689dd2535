import type { Deps } from '../../shared/app/ports.ts';
import { publishResults } from '../../shared/app/steps/publication.ts';
import { stepHandler, Year } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('publish-results', Year, deps, ({ year }) => publishResults(deps, year));
