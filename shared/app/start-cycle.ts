/** Starts a year, by schedule or by hand: once, whatever happens in between. */
import * as z from 'zod/mini';
import { ComplaintSettings } from '../domain/complaint.ts';
import { DEFAULT_RUBRIC } from '../domain/default-rubric.ts';
import type { Actor } from '../domain/history.ts';
import { Rubric } from '../domain/rubric.ts';
import { Settings } from '../domain/settings.ts';
import { expectWholeYears } from '../domain/working-days.ts';
import { withHolidays } from './holidays.ts';
import type { Deps, RecordKey } from './ports.ts';
import { appendEntry, cycleKind, keys, readRecord } from './records.ts';
import { Refusal, refuse } from './refusal.ts';

const PROFILE: RecordKey = { pk: 'PROFILE', sk: 'PROFILE' };

/**
 * What a new cycle starts with: the centre's own settings and, if it keeps one, its own rubric. Complaints belong to no cycle:
 * their settings are the centre's alone.
 */
export const Profile = z.strictObject({
  settings: Settings,
  rubric: z.optional(Rubric),
  complaints: z.prefault(ComplaintSettings, {}),
});
export type Profile = z.infer<typeof Profile>;

const UNNAMED: Profile = Profile.parse({
  settings: { centre: '（请填写鉴定中心名称）', city: '（请填写城市）' },
});

export async function readProfile(deps: Deps): Promise<Profile> {
  return (await deps.items.get(PROFILE, Profile)) ?? UNNAMED;
}

export async function keepProfile(deps: Deps, profile: Profile): Promise<Profile | Refusal> {
  const partial = withHolidays(() => expectWholeYears(profile.settings.declaredDays));
  if (partial instanceof Refusal) return partial;
  await deps.items.put(PROFILE, profile);
  return profile;
}

/**
 * Creates the year's record and starts its run. The record, not the run's name, is what makes a second start impossible:
 * names of runs can be used again after 90 days.
 */
export async function startCycle(deps: Deps, year: number, by: Actor): Promise<{ year: number } | Refusal> {
  const key = keys.cycle(year);
  const existing = await readRecord(deps, cycleKind, key);
  if (!existing) {
    const { settings, rubric = DEFAULT_RUBRIC } = await readProfile(deps);
    const opened = await appendEntry(deps, cycleKind, key, [], by, {
      type: 'opened',
      data: { year, settings, rubric },
    });
    if (opened instanceof Refusal) return refuse('cycleExists', { year });
  } else if (existing.entries.length > 1) {
    return refuse('cycleExists', { year });
  }
  // A record without a run is what a crash between the two leaves: starting the run again is harmless.
  await deps.workflow.start('annual-assessment', `cycle-${year}`, { year });
  return existing ? refuse('cycleExists', { year }) : { year };
}
