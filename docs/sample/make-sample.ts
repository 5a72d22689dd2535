/** Writes the sample input folder `huainan-2021`. Deterministic: `node docs/sample/make-sample.ts [DIR]`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import type { FormRow } from '../../infra/local/folder/blank-form.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { PARTICIPANTS, type SampleAgency } from './sample-agencies.ts';
import { evidenceFiles, inspection, objectionFile, selfEvaluation } from './sample-forms.ts';
import { PROFILES, type SampleProfile } from './sample-profiles.ts';
import { registrySheet } from './sample-registry.ts';
import { DECISIONS_YAML, OBJECTIONS, SETTINGS_YAML } from './sample-texts.ts';

/** Files nothing at all. */
const SILENT = 'Y000034040903';
/** Hand in workbooks instead of CSV. */
const IN_EXCEL = ['S000034040006', 'S000034010012'];
/** Figures in which the platform's export differs from the declaration by more than 5 %. */
const ON_PLATFORM: Record<string, Partial<SampleProfile>> = {
  S000034040005: { certificates: 110 },
  S000034040017: { candidates: 210 },
};

type Content = Uint8Array | string;

/** All files by their path inside the folder. */
export async function sampleFiles(): Promise<Record<string, Content>> {
  const files: Record<string, Content> = {
    'settings.yaml': SETTINGS_YAML,
    'decisions.yaml': DECISIONS_YAML,
    'registry.xlsx': await workbook('名册', registrySheet()),
    'platform.csv': csv(platformRows()),
  };
  for (const agency of PARTICIPANTS) Object.assign(files, await agencyFiles(agency));
  for (const { name, yaml, evidence } of OBJECTIONS) {
    files[`objections/${name}.yaml`] = yaml;
    files[`objections/${name}/${evidence}`] = objectionFile(evidence.replace('.pdf', ''), name);
  }
  return files;
}

async function agencyFiles(agency: SampleAgency): Promise<Record<string, Content>> {
  const { filingNumber } = agency;
  const profile = profileOf(agency);
  const files: Record<string, Content> = {
    [`inspections/${filingNumber}.csv`]: csv(inspection(DEFAULT_RUBRIC, agency, profile)),
  };
  if (filingNumber === SILENT) return files;
  const form = selfEvaluation(DEFAULT_RUBRIC, agency, profile);
  if (IN_EXCEL.includes(filingNumber)) {
    files[`self-evaluations/${filingNumber}.xlsx`] = await workbook('自评表', formSheet(form));
  } else files[`self-evaluations/${filingNumber}.csv`] = csv(form);
  for (const [name, bytes] of Object.entries(evidenceFiles(agency))) {
    files[`self-evaluations/${filingNumber}/${name}`] = bytes;
  }
  return files;
}

function profileOf({ filingNumber }: SampleAgency): SampleProfile {
  const profile = PROFILES[filingNumber];
  if (!profile) throw new TypeError(`no facts for ${filingNumber}`);
  return profile;
}

function platformRows(): string[][] {
  const header = ['机构备案号', '计划批次', '完成批次', '公告批次', '考试人次', '发证数'];
  const rows = PARTICIPANTS.map((agency) => {
    const { planned, completed, candidates, certificates } = {
      ...profileOf(agency),
      ...ON_PLATFORM[agency.filingNumber],
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

export async function writeSample(dir: string): Promise<void> {
  for (const [path, content] of Object.entries(await sampleFiles())) {
    const file = join(dir, ...path.split('/'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

if (import.meta.main) await writeSample(process.argv[2] ?? join(import.meta.dirname, 'huainan-2021'));
