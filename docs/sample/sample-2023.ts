/**
 * The year 2023 of the sample: every filing was extended by three years, one agency moved its examinations online. The demo
 * leaves it open, with some forms filed and some begun. All of it is invented.
 */
import { addMonths } from '../../shared/domain/calendar.ts';
import { DECISIONS_2022_YAML, PARTICIPANTS_2022, PROFILES_2022, SETTINGS_2022_YAML } from './sample-2022.ts';
import type { SampleAgency } from './sample-agencies.ts';
import type { SampleProfile } from './sample-profiles.ts';

export const PARTICIPANTS_2023: readonly SampleAgency[] = PARTICIPANTS_2022.map((agency) => ({
  ...agency,
  to: addMonths(agency.from, 71),
}));

const { S000034040907: school } = PROFILES_2022;
if (!school) throw new TypeError('S000034040907 has no facts for 2022');

export const PROFILES_2023: Record<string, SampleProfile> = {
  ...PROFILES_2022,
  S000034040907: { ...school, completed: 6, online: 140 },
};

export const SETTINGS_2023_YAML = SETTINGS_2022_YAML.replace('year: 2022 ', 'year: 2023 ')
  .replace('startsOn: 2023-02-15', 'startsOn: 2024-02-19')
  .replace('样例种子2022', '样例种子2023')
  .replaceAll('〔2023〕', '〔2024〕')
  .replace('filingReferenceMonth: 2023-02', 'filingReferenceMonth: 2024-02');

/** Two inspectors never differ in 2023; who decides what is as the year before. */
export const DECISIONS_2023_YAML = DECISIONS_2022_YAML.replace(/jointEntries:[\s\S]*?(?=reviewScores:)/, '');
