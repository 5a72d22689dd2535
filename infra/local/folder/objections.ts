/** Objections 异议 of the folder: `objections/<filing number>-<number>.yaml` with files in a folder of the same name. */
import { findItem } from '../../../shared/domain/rubric.ts';
import type { Reading } from './filings.ts';
import { ObjectionFile } from './schemas.ts';
import type { FiledObjection, LocalFile } from './types.ts';
import { readYaml } from './yaml-file.ts';

export const OBJECTIONS = 'objections';

export async function readObjections(reading: Reading): Promise<FiledObjection[]> {
  const { files, problems } = reading;
  const objections: FiledObjection[] = [];
  for (const { name, isDirectory } of files.list(OBJECTIONS)) {
    const objection = isDirectory ? undefined : await readObjection(`${OBJECTIONS}/${name}`, reading);
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
  const { files, rubric, population, problems } = reading;
  const [, filingNumber, number] = /\/([^/]+)-(\d+)\.ya?ml$/.exec(source) ?? [];
  if (!filingNumber || !number) {
    problems.warn({ file: source }, '文件名应为“备案号-1.yaml”，此文件未读取');
    return undefined;
  }
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
  const filed = { source, filingNumber, number: Number(number), items, reason, files: refs };
  return { ...filed, ...(raisedOn && { raisedOn }) };
}
