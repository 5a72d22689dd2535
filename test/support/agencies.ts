/** The year, the inspectors and the agencies of a small city, the registry that lists them, and what they file. */
import { createHash } from 'node:crypto';
import { type Agency, FILING_TYPES, NATURES, printedTerm } from '../../shared/domain/agency.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Answer, Answers, EvidenceRef, Facts } from '../../shared/domain/facts.ts';
import { itemsOf } from '../../shared/domain/rubric.ts';
import { anAgency, bestFacts, filing } from '../domain/builders.ts';

export const YEAR = 2021;
export const INSPECTORS = ['inspector-1', 'inspector-2', 'inspector-3', 'inspector-4'].map((id) => ({
  id,
  name: id,
  recusals: [],
}));

export const STEEL = filing(1);
export const POWER = filing(2);
export const SCHOOL = filing(3, 'S');
export const TRAINING = filing(4, 'S');
/** Left out of every year of the small city: the province checks it itself. */
export const EXCLUDED = filing(5, 'S');
/** Nobody's. */
export const UNKNOWN = filing(9999);

export const SMALL_CITY: Agency[] = [
  anAgency({ filingNumber: STEEL, name: '淮河钢铁有限公司' }),
  anAgency({ filingNumber: POWER, name: '淮河电力有限公司', nature: 'private' }),
  anAgency({
    filingNumber: SCHOOL,
    name: '淮河技师学院',
    filingType: 'technicalSchool',
    nature: 'schoolOrCollege',
  }),
  anAgency({
    filingNumber: TRAINING,
    name: '淮河培训学校',
    filingType: 'socialOrganisation',
    nature: 'trainingSchool',
  }),
  anAgency({
    filingNumber: EXCLUDED,
    name: '淮河职业学院',
    filingType: 'socialOrganisation',
    nature: 'schoolOrCollege',
  }),
];

/** So many enterprises that differ in their numbers only. */
export function manyAgencies(count: number): Agency[] {
  return Array.from({ length: count }, (_none, index) =>
    anAgency({ filingNumber: filing(index + 1), name: `淮河第${index + 1}公司` }),
  );
}

/** The registry as a CSV file. */
export function registryFile(agencies: readonly Agency[]) {
  const rows = agencies.map(({ filingNumber, name, filingType, nature, filingTerm, county }) =>
    [filingNumber, name, FILING_TYPES[filingType], NATURES[nature], printedTerm(filingTerm), county].join(),
  );
  const text = ['机构备案号,机构名称,备案类型,机构性质,备案期限,县区', ...rows].join('\n');
  return { fileName: '名册.csv', content: Buffer.from(text).toString('base64') };
}

/** Bytes that begin as a PDF does; other words, other bytes. */
export const pdf = (words: string) => Buffer.from(`%PDF-1.7\n${words}\n%%EOF`);

export function declared(bytes: Uint8Array, changes: object = {}) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = { fileName: '佐证.pdf', contentType: 'application/pdf', effectiveOn: '2021-06-30' };
  return { ...file, size: bytes.length, sha256, ...changes };
}

/** Every item at its best, but for some; each with the file, where there is one. */
export function answered(file?: EvidenceRef, changes: Record<string, Facts> = {}): Answers {
  const items = itemsOf(DEFAULT_RUBRIC).map((item): [string, Answer] => {
    const facts = changes[item.code] ?? bestFacts(item);
    return [item.code, { facts, ...(file && { evidence: [file] }) }];
  });
  return { items: Object.fromEntries(items), bonus: {} };
}

export const COMMITMENT = { name: '张某', position: '校长', date: '2022-03-04' };
