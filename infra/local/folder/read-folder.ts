/** Reads a whole input folder and checks its parts against each other, before anything runs. */

import { DEFAULT_RUBRIC } from '../../../shared/domain/default-rubric.ts';
import { importRegistry } from '../../../shared/domain/registry-import.ts';
import { Rubric } from '../../../shared/domain/rubric.ts';
import { checkDecisions, DECISIONS } from './check-decisions.ts';
import { checkSettings, SETTINGS, staffRoles } from './check-settings.ts';
import { INSPECTIONS, readInspections, readSelfEvaluations, SELF_EVALUATIONS } from './filings.ts';
import { FolderFiles } from './folder-files.ts';
import { readFolderTables } from './form.ts';
import { ANSWERS, OBJECTIONS, readAnswers, readObjections } from './objections.ts';
import { readPlatform } from './platform.ts';
import { Population } from './population.ts';
import { Problems, sortedProblems } from './problems.ts';
import { DECIDED_GATES, DecisionsFile, SettingsFile } from './schemas.ts';
import type { Decisions, FolderReading, InputFolder, RawFile } from './types.ts';
import { readYaml } from './yaml-file.ts';

const REGISTRIES = ['registry.xlsx', 'registry.csv'];
const RUBRIC = 'rubric.yaml';
const PLATFORM = 'platform.csv';
const KNOWN = [
  SETTINGS,
  ...REGISTRIES,
  RUBRIC,
  PLATFORM,
  DECISIONS,
  SELF_EVALUATIONS,
  INSPECTIONS,
  ANSWERS,
  OBJECTIONS,
];

/** Everything of the folder, with all problems; without the folder when any of them is an error. */
export async function readFolder(dir: string): Promise<FolderReading> {
  const files = new FolderFiles(dir);
  const problems = new Problems();
  const folder = await readParts(files, problems);
  const list = sortedProblems(problems.list);
  return folder && !problems.refuse ? { folder, problems: list } : { problems: list };
}

/** Parts that stand on others are read only when those could be read. */
async function readParts(files: FolderFiles, problems: Problems): Promise<InputFolder | undefined> {
  warnOfStrangers(files, problems);
  const settingsYaml = readRequired(files, SETTINGS, SettingsFile, problems);
  const decisionsYaml = readRequired(files, DECISIONS, DecisionsFile, problems);
  const rubric = files.has(RUBRIC) ? readYaml(files, RUBRIC, Rubric, problems)?.value : DEFAULT_RUBRIC;
  const read = await readRegistry(files, settingsYaml?.value.settings.cityCode ?? '', problems);
  if (!settingsYaml || !rubric || !read) return undefined;
  const { refused: _mended, ...registry } = read;
  const { year, startsOn, seed, settings, staff } = settingsYaml.value;
  const population = new Population(read, settings, startsOn);
  checkSettings(settingsYaml, population, problems);
  const rolesOf = staffRoles(settingsYaml, problems);
  const reading = { files, rubric, population, problems, evidence: settings.evidence };
  const platformFile = files.has(PLATFORM) ? { fileName: PLATFORM, bytes: files.read(PLATFORM) } : undefined;
  const platform = platformFile ? await readPlatform(files, PLATFORM, population, problems) : [];
  const selfEvaluations = await readSelfEvaluations(reading);
  const inspections = await readInspections(reading);
  const answers = await readAnswers(reading);
  const objections = await readObjections(reading);
  if (!decisionsYaml) return undefined;
  const filed = { filed: selfEvaluations, inspections, answers, objections };
  checkDecisions({ ...reading, yaml: decisionsYaml, rolesOf, ...filed });
  return {
    dir: files.dir,
    year,
    startsOn,
    seed: String(seed ?? `${year}${settings.centre}`),
    settings,
    rubric,
    staff,
    registry,
    platform,
    ...(platformFile && { platformFile }),
    selfEvaluations,
    inspections,
    answers,
    objections,
    decisions: decisionsOf(decisionsYaml.value),
  };
}

function decisionsOf(file: DecisionsFile): Decisions {
  const gates = Object.fromEntries(DECIDED_GATES.map((gate) => [gate, file[gate]])) as Decisions['gates'];
  const { deskReview, jointEntries, answers, objections } = file;
  return { gates, deskReview, jointEntries, answers, objections };
}

function warnOfStrangers(files: FolderFiles, problems: Problems): void {
  for (const { name } of files.list('.')) {
    if (KNOWN.includes(name) || /^(readme|说明)/i.test(name)) continue;
    problems.warn({ file: name }, `不是约定的文件名，未读取；可用的有：${KNOWN.join('、')}`);
  }
}

function readRequired<T>(
  files: FolderFiles,
  file: string,
  schema: Parameters<typeof readYaml<T>>[2],
  problems: Problems,
) {
  if (files.has(file)) return readYaml(files, file, schema, problems);
  problems.error({ file }, '缺少此文件，请按《输入文件夹说明》准备');
  return undefined;
}

async function readRegistry(
  files: FolderFiles,
  cityCode: string,
  problems: Problems,
): Promise<(InputFolder['registry'] & { refused: string[] }) | undefined> {
  const [fileName, other] = REGISTRIES.filter((file) => files.has(file));
  if (!fileName) {
    problems.error({ file: 'registry.xlsx' }, '缺少名册，请提供 registry.xlsx 或 registry.csv');
    return undefined;
  }
  if (other) problems.error({ file: other }, `已有 ${fileName}，请只保留一个名册`);
  const raw: RawFile = { fileName, bytes: files.read(fileName) };
  const tables = await readFolderTables(files, fileName, problems);
  if (tables.length === 0) return undefined;
  const { agencies, rows } = importRegistry(tables, { cityCode });
  for (const { place, problems: told } of rows) {
    const { file, sheet, row } = place;
    for (const { severity, field, cell, message } of told) {
      problems.list.push({ severity, file, ...(sheet && { sheet }), row, field, cell, message });
    }
  }
  return {
    ...raw,
    agencies,
    refused: rows.flatMap(({ agency, filingNumber }) => (agency ? [] : (filingNumber ?? []))),
  };
}
