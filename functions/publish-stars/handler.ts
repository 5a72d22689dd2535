import type { Deps } from '../../shared/app/ports.ts';
import { publishStars } from '../../shared/app/steps/publication.ts';
import { Batch, stepHandler } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('publish-stars', Batch, deps, (input) => publishStars(deps, input));
