/** Writes the sample input folders `huainan-2021` to `huainan-2023`. Deterministic: `node docs/sample/make-sample.ts [DIR]`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import type { FormRow } from '../../infra/local/folder/blank-form.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { DECISIONS_2022_YAML, PARTICIPANTS_2022, PROFILES_2022, SETTINGS_2022_YAML } from './sample-2022.ts';
import { DECISIONS_2023_YAML, PARTICIPANTS_2023, PROFILES_2023, SETTINGS_2023_YAML } from './sample-2023.ts';
import { PARTICIPANTS, type SampleAgency } from './sample-agencies.ts';
import { evidenceFiles, inspection, objectionFile, selfEvaluation } from './sample-forms.ts';
import { PROFILES, type SampleProfile } from './sample-profiles.ts';
import { registrySheet } from './sample-registry.ts';
import { ANSWERS, DECISIONS_YAML, OBJECTIONS, type SampleStatement, SETTINGS_YAML } from './sample-texts.ts';

export interface SampleYear {
  year: number;
  settings: string;
  decisions: string;
  agencies: readonly SampleAgency[];
  profiles: Record<string, SampleProfile>;
  /** What agencies say to their draft results. */
  answers: readonly SampleStatement[];
  objections: readonly SampleStatement[];
  /** Figures in which the platform's export differs from the declaration by more than 5 %. */
  onPlatform: Record<string, Partial<SampleProfile>>;
}

export const SAMPLE_YEARS: readonly SampleYear[] = [
  {
    year: 2021,
    settings: SETTINGS_YAML,
    decisions: DECISIONS_YAML,
    agencies: PARTICIPANTS,
    profiles: PROFILES,
    answers: ANSWERS,
    objections: OBJECTIONS,
    onPlatform: { S000034040005: { certificates: 110 }, S000034040017: { candidates: 210 } },
  },
  {
    year: 2022,
    settings: SETTINGS_2022_YAML,
    decisions: DECISIONS_2022_YAML,
    agencies: PARTICIPANTS_2022,
    profiles: PROFILES_2022,
    answers: [],
    objections: [],
    onPlatform: {},
  },
  {
    year: 2023,
    settings: SETTINGS_2023_YAML,
    decisions: DECISIONS_2023_YAML,
    agencies: PARTICIPANTS_2023,
    profiles: PROFILES_2023,
    answers: [],
    objections: [],
    onPlatform: {},
  },
];

/** Files nothing at all. */
const SILENT = 'Y000034040903';
/** Hand in workbooks instead of CSV. */
const IN_EXCEL = ['S000034040006', 'S000034010012'];

type Content = Uint8Array | string;

/** All files of a year by their path inside the folder. */
async function sampleFiles(sample: SampleYear): Promise<Record<string, Content>> {
  const files: Record<string, Content> = {
    'settings.yaml': sample.settings,
    'decisions.yaml': sample.decisions,
    'registry.xlsx': await workbook('名册', registrySheet(sample.agencies)),
    'platform.csv': csv(platformRows(sample)),
  };
  for (const agency of sample.agencies) Object.assign(files, await agencyFiles(agency, sample));
  const { answers, objections } = sample;
  for (const [folder, filed] of Object.entries({ answers, objections })) {
    for (const { name, yaml, evidence } of filed) {
      files[`${folder}/${name}.yaml`] = yaml;
      files[`${folder}/${name}/${evidence}`] = objectionFile(evidence.replace('.pdf', ''), name);
    }
  }
  return files;
}

async function agencyFiles(agency: SampleAgency, sample: SampleYear): Promise<Record<string, Content>> {
  const { filingNumber } = agency;
  const { year } = sample;
  const profile = profileOf(agency, sample);
  const files: Record<string, Content> = {
    [`inspections/${filingNumber}.csv`]: csv(inspection(DEFAULT_RUBRIC, agency, profile, year)),
  };
  if (filingNumber === SILENT) return files;
  const form = selfEvaluation(DEFAULT_RUBRIC, agency, profile, year);
  if (IN_EXCEL.includes(filingNumber)) {
    files[`self-evaluations/${filingNumber}.xlsx`] = await workbook('自评表', formSheet(form));
  } else files[`self-evaluations/${filingNumber}.csv`] = csv(form);
  for (const [name, bytes] of Object.entries(evidenceFiles(agency, year))) {
    files[`self-evaluations/${filingNumber}/${name}`] = bytes;
  }
  return files;
}

function profileOf({ filingNumber }: SampleAgency, { profiles }: SampleYear): SampleProfile {
  const profile = profiles[filingNumber];
  if (!profile) throw new TypeError(`no facts for ${filingNumber}`);
  return profile;
}

function platformRows(sample: SampleYear): string[][] {
  const header = ['机构备案号', '计划批次', '完成批次', '公告批次', '考试人次', '发证数'];
  const rows = sample.agencies.map((agency) => {
    const { planned, completed, candidates, certificates } = {
      ...profileOf(agency, sample),
      ...sample.onPlatform[agency.filingNumber],
    };
    return [agency.filingNumber, ...[planned, completed, completed, candidates, certificates].map(String)];
  });
  return [header, ...rows];
}

/** UTF-8 with a byte order mark, which Excel needs to show Chinese. */
function csv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Whole numbers as numbers, as a clerk's workbook has them. */
function formSheet(rows: readonly FormRow[]): SheetData {
  return rows.map((row) =>
    row.map((value) => (/^\d+$/.test(value) ? { value: Number(value), type: Number } : { value })),
  );
}

async function workbook(sheet: string, data: SheetData): Promise<Uint8Array> {
  const written = await writeXlsxFile([{ sheet, data }]).toBuffer();
  // Packed again with a fixed time, so that the bytes do not depend on the clock.
  return zipSync(unzipSync(written), { mtime: new Date(1980, 0, 1) });
}

export async function writeSample(sample: SampleYear, dir: string): Promise<void> {
  for (const [path, content] of Object.entries(await sampleFiles(sample))) {
    const file = join(dir, ...path.split('/'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

if (import.meta.main) {
  for (const sample of SAMPLE_YEARS) {
    await writeSample(sample, join(process.argv[2] ?? import.meta.dirname, `huainan-${sample.year}`));
  }
}
