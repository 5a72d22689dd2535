import type { Deps } from '../../shared/app/ports.ts';
import { publishAnnouncement } from '../../shared/app/steps/scores.ts';
import { stepHandler, Year } from '../step.ts';

export const makeHandler = (deps: Deps) =>
  stepHandler('revise-announcement', Year, deps, ({ year }) => publishAnnouncement(deps, year));
