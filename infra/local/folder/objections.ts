/**
 * What agencies say to their results: `answers/<filing number>.yaml` to the draft result 初评结果,
 * `objections/<filing number>-<number>.yaml` to the announced star 异议; each with files in a folder of the same name.
 */
import { findItem } from '../../../shared/domain/rubric.ts';
import type { Reading } from './filings.ts';
import { ObjectionFile } from './schemas.ts';
import type { FiledObjection, LocalFile } from './types.ts';
import { readYaml } from './yaml-file.ts';

export const ANSWERS = 'answers';
export const OBJECTIONS = 'objections';

export async function readAnswers(reading: Reading): Promise<FiledObjection[]> {
  const answers: FiledObjection[] = [];
  for (const source of filesIn(ANSWERS, reading)) {
    const [, filingNumber] = /\/([YS]\d{12})\.ya?ml$/.exec(source) ?? [];
    const answer = filingNumber && (await readGrounds(source, filingNumber, 1, reading));
    if (answer) answers.push(answer);
    if (filingNumber) continue;
    reading.problems.warn({ file: source }, '文件名应为“备案号.yaml”，此文件未读取');
  }
  return answers;
}

const filesIn = (folder: string, { files }: Reading) =>
  files.list(folder).flatMap(({ name, isDirectory }) => (isDirectory ? [] : [`${folder}/${name}`]));

export async function readObjections(reading: Reading): Promise<FiledObjection[]> {
  const { problems } = reading;
  const objections: FiledObjection[] = [];
  for (const source of filesIn(OBJECTIONS, reading)) {
    const objection = await readObjection(source, reading);
    if (objection) objections.push(objection);
  }
  for (const { filingNumber, number, source } of objections) {
    const earlier = objections.filter(
      (other) => other.filingNumber === filingNumber && other.number < number,
    );
    if (earlier.length < number - 1) {
      problems.warn({ file: source }, `${filingNumber} 的异议编号不连续，请从 1 起依次编号`);
    }
  }
  return objections;
}

async function readObjection(source: string, reading: Reading): Promise<FiledObjection | undefined> {
  const [, filingNumber, number] = /\/([^/]+)-(\d+)\.ya?ml$/.exec(source) ?? [];
  if (filingNumber && number) return readGrounds(source, filingNumber, Number(number), reading);
  reading.problems.warn({ file: source }, '文件名应为“备案号-1.yaml”，此文件未读取');
  return undefined;
}

async function readGrounds(
  source: string,
  filingNumber: string,
  number: number,
  reading: Reading,
): Promise<FiledObjection | undefined> {
  const { files, rubric, population, problems } = reading;
  const admitted = population.admits(filingNumber, { file: source }, problems);
  const yaml = readYaml(files, source, ObjectionFile, problems);
  if (!yaml || !admitted) return undefined;
  const { items, reason, evidence, raisedOn } = yaml.value;
  items.forEach((item, index) => {
    if (findItem(rubric, item)) return;
    const at = { file: source, row: yaml.lineOf(['items', index]), field: 'items' };
    problems.error(at, `评分标准中没有项目 ${item}`);
  });
  const folder = source.replace(/\.ya?ml$/, '');
  const refs: LocalFile[] = [];
  for (const [index, { file: fileName, effectiveOn }] of evidence.entries()) {
    const at = { file: source, row: yaml.lineOf(['evidence', index]), field: 'evidence' };
    const file = await files.evidence({ folder, fileName, effectiveOn }, reading.evidence, at, problems);
    if (file) refs.push(file);
  }
  const filed = { source, filingNumber, number, items, reason, files: refs };
  return { ...filed, ...(raisedOn && { raisedOn }) };
}
