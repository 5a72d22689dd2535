import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agency, printedTerm } from '../../../shared/domain/agency.ts';
import { manyAgencies, registryFile, SMALL_CITY, STEEL } from '../../support/agencies.ts';
import { type City, openCity, refusalOf } from '../../support/city.ts';

let city: City;
beforeAll(async () => {
  city = await openCity({ agencies: [] });
}, 60_000);
afterAll(() => city.close());

interface Preview {
  digest: string;
  agencies: number;
  errors: number;
  rows: { problems: { severity: string; cell: string; message: string }[] }[];
}
const preview = async (agencies: readonly Agency[]) =>
  (await city.as('handler-1')).post<Preview>('/agencies/import-preview', registryFile(agencies));
const confirm = async (agencies: readonly Agency[], digest: string) =>
  (await city.as('handler-1')).post('/agencies/import', { ...registryFile(agencies), digest });
const registered = async () =>
  (await (await city.as('auditor-1')).get<{ records: Agency[] }>('/agencies')).records;

it('a preview writes nothing', async () => {
  expect(await preview(SMALL_CITY)).toMatchObject({ agencies: 5, errors: 0 });
  expect(await registered()).toEqual([]);
});

it('an error in any row keeps all of them out, and its cell is named', async () => {
  const [first, second] = SMALL_CITY;
  if (!first || !second) throw new Error('the city has agencies');
  const wrong = [first, { ...second, filingNumber: 'Y12' }];
  const { errors, digest, rows } = await preview(wrong);
  expect(errors).toBe(1);
  const problems = rows.flatMap((row) => row.problems).filter(({ severity }) => severity === 'error');
  expect(problems).toMatchObject([{ cell: 'A3', message: expect.stringContaining('备案号') }]);
  expect(await refusalOf(confirm(wrong, digest))).toMatchObject({ status: 422, code: 'importProblems' });
  expect(await registered()).toEqual([]);
});

it('a file other than the one previewed is refused', async () => {
  const { digest } = await preview(SMALL_CITY);
  expect(await refusalOf(confirm(SMALL_CITY.slice(1), digest))).toMatchObject({
    status: 409,
    code: 'importChanged',
  });
  expect(await registered()).toEqual([]);
});

it('writes what was confirmed; the same again changes nothing; a change amends that agency only', async () => {
  const { digest } = await preview(SMALL_CITY);
  expect(await confirm(SMALL_CITY, digest)).toEqual({
    registered: 5,
    amended: 0,
    unchanged: 0,
    remaining: 0,
  });
  expect(await confirm(SMALL_CITY, digest)).toEqual({
    registered: 0,
    amended: 0,
    unchanged: 5,
    remaining: 0,
  });
  const renamed = SMALL_CITY.map((agency) =>
    agency.filingNumber === STEEL ? { ...agency, name: '淮河特钢有限公司' } : agency,
  );
  const next = await preview(renamed);
  expect(await confirm(renamed, next.digest)).toEqual({
    registered: 0,
    amended: 1,
    unchanged: 4,
    remaining: 0,
  });
  const records = await registered();
  expect(records.map(({ filingNumber }) => filingNumber)).toEqual(
    SMALL_CITY.map(({ filingNumber }) => filingNumber).sort(),
  );
  expect(records.find(({ filingNumber }) => filingNumber === STEEL)).toMatchObject({
    name: '淮河特钢有限公司',
    filingTerm: { from: '2020-04', to: '2023-03' },
  });
  expect(records.map(({ filingTerm }) => printedTerm(filingTerm))).toContain('2020.4-2023.3');
});

it('says in Chinese why a file cannot be read', async () => {
  const content = Buffer.from('%PDF-1.7').toString('base64');
  const call = (await city.as('handler-1')).post('/agencies/import-preview', {
    fileName: '名册.pdf',
    content,
  });
  const refusal = await refusalOf(call);
  expect(refusal).toMatchObject({ status: 422, code: 'unreadableFile' });
  expect(refusal.message).toContain('《名册.pdf》');
});

it('a registry of a whole province takes several requests, each of which says the same', async () => {
  const province = manyAgencies(1_300).slice(-1_200);
  const { digest } = await preview(province);
  expect(await confirm(province, digest)).toMatchObject({ registered: 1_000, remaining: 200 });
  expect(await confirm(province, digest)).toMatchObject({ registered: 200, unchanged: 1_000, remaining: 0 });
  expect(await confirm(province, digest)).toMatchObject({ registered: 0, unchanged: 1_200, remaining: 0 });
}, 60_000);
