/**
 * The year 2022 of the sample, told as what changed since 2021: some agencies rise, some fall, and two that were filed too
 * late for 2021 take part. All of it is invented.
 */
import { PARTICIPANTS, type SampleAgency } from './sample-agencies.ts';
import { PROFILES, type SampleProfile } from './sample-profiles.ts';
import { DECISIONS_YAML, SETTINGS_YAML } from './sample-texts.ts';

/** Filed in late 2021: not a full year in February 2022, more than one in February 2023. */
const NEWCOMERS: readonly SampleAgency[] = [
  {
    filingNumber: 'Y000034040906',
    name: '样例己建材公司（虚构）',
    filingType: 'enterprise',
    nature: 'private',
    from: '2021-09',
    county: '大通区',
    occupations: '6-31-01-03 电工（五级、四级、三级）',
    person: '蒋样例',
  },
  {
    filingNumber: 'S000034040907',
    name: '样例庚职业培训学校（虚构）',
    filingType: 'socialOrganisation',
    nature: 'trainingSchool',
    from: '2021-10',
    county: '寿县',
    occupations: '4-10-01-02 育婴员（五级、四级、三级）；4-10-01-05 养老护理员（五级、四级、三级）',
    person: '沈样例',
  },
];

export const PARTICIPANTS_2022: readonly SampleAgency[] = [...PARTICIPANTS, ...NEWCOMERS];

function since2021(filingNumber: string, changes: Partial<SampleProfile>): Record<string, SampleProfile> {
  const before = PROFILES[filingNumber];
  if (!before) throw new TypeError(`${filingNumber} has no facts for 2021`);
  return { [filingNumber]: { ...before, ...changes } };
}

/** Idle in 2021, at work in 2022. */
const AT_WORK: Partial<SampleProfile> = {
  planned: 6,
  completed: 5,
  candidates: 120,
  online: 60,
  certificates: 96,
  occupations: [2, 2, 2, 1],
  rooms: [3, 3],
  issues: [3, 3],
};

export const PROFILES_2022: Record<string, SampleProfile> = {
  ...PROFILES,
  // Up: the catering company moved its examinations online and published every result.
  ...since2021('Y000034040003', {
    completed: 10,
    online: 312,
    issues: [5, 5],
    declared: { G1: { grade: 'B' } },
    found: { D5: { faults: 1 } },
    bonus: { P3: 1 },
  }),
  // Up: out of failure after a year of rectification.
  ...since2021('Y000034040901', {
    ...AT_WORK,
    declared: { C3: { grade: 'B' }, D2: { grade: 'B' }, G1: { grade: 'B' } },
    found: { D5: { faults: 1 } },
  }),
  ...since2021('S000034040904', {
    ...AT_WORK,
    declared: { B2: { without: ['3'] }, C2: { without: ['2', '5'] }, C3: { grade: 'C' }, D2: { grade: 'C' } },
    found: { D5: { faults: 2 } },
  }),
  // Down: fewer batches than planned, and the supervision went slack.
  ...since2021('S000034040006', {
    completed: 11,
    online: 300,
    declared: { C3: { grade: 'B' }, D2: { grade: 'B' }, G1: { grade: 'B' }, F1: [930, 1012] },
    found: { C2: { without: ['5', '6'] }, D5: { faults: 2 }, D1: { faults: 1 } },
    bonus: {},
  }),
  ...since2021('S000034040016', {
    planned: 12,
    completed: 8,
    online: 0,
    certificates: 300,
    issues: [2, 5],
    declared: {
      B2: { without: ['2', '3'] },
      C2: { without: ['2', '5', '6'] },
      C3: { grade: 'C' },
      D1: { faults: 1 },
      D2: { grade: 'C' },
      F1: [282, 300],
      G1: { grade: 'C' },
    },
    found: { D5: { faults: 2 } },
    bonus: {},
  }),
  Y000034040906: {
    planned: 5,
    completed: 5,
    candidates: 88,
    online: 88,
    certificates: 71,
    occupations: [1, 1, 1, 1],
    rooms: [2, 2],
    issues: [2, 2],
    declared: { C3: { grade: 'B' }, D2: { grade: 'B' }, G1: { grade: 'B' } },
    found: { D5: { faults: 1 } },
    bonus: {},
  },
  S000034040907: {
    planned: 6,
    completed: 5,
    candidates: 140,
    online: 0,
    certificates: 118,
    occupations: [2, 2, 2, 1],
    rooms: [3, 3],
    issues: [2, 3],
    declared: { B2: { without: ['3'] }, C2: { without: ['5'] }, C3: { grade: 'C' }, D2: { grade: 'C' } },
    found: { D5: { faults: 2 } },
    bonus: {},
  },
};

/** The staff and the settings stay; years, dates and document numbers move on. */
export const SETTINGS_2022_YAML = SETTINGS_YAML.replace('year: 2021 ', 'year: 2022 ')
  .replace('startsOn: 2022-02-15', 'startsOn: 2023-02-15')
  .replace('样例种子2021', '样例种子2022')
  .replaceAll('〔2022〕', '〔2023〕')
  .replace('filingReferenceMonth: 2022-02', 'filingReferenceMonth: 2023-02');

const JOINT_ENTRIES_YAML = `jointEntries:
  - filingNumber: S000034040904
    item: D5
    recorded: { kind: deduction, faults: 4 }
    reason: 同一场考试的两页签到表计为一处
  - filingNumber: Y000034040901
    item: A2
    recorded: { kind: banded, values: { numerator: 6, denominator: 6 } }
    reason: 一个批次只完成理论考试，不计为执行

`;

/** Nobody is corrected, no figure differs from the platform's and nobody objects in 2022; who decides what is as the year before. */
export const DECISIONS_2022_YAML = DECISIONS_YAML.replace(
  / {2}corrections:\n[\s\S]*?(?= {2}acceptedFlags:)/,
  '',
)
  .replace(/ {4}- filingNumber: \w+\n {6}item: \w+\n {6}reason: .*\n/g, '')
  .replace(/jointEntries:[\s\S]*?(?=reviewScores:)/, JOINT_ENTRIES_YAML)
  .replace(/answers:\n[\s\S]*?(?=prepareCircular:)/, '');
