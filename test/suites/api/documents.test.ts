import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publishResults } from '../../../shared/app/steps/publication.ts';
import { POWER, STEEL } from '../../support/agencies.ts';
import { type City, openCity, refusalOf } from '../../support/city.ts';
import { dossierPath } from '../../support/passage.ts';

/** One small city whose year is published; POWER filed nothing and failed. */
let city: City;
beforeAll(async () => {
  city = await openCity({ silent: [POWER] });
  await city.start();
  await city.to('signCircular');
}, 120_000);
afterAll(() => city.close());

const paper = (filingNumber: string, name: string) => `${dossierPath(filingNumber)}/papers/${name}`;
const fetched = async (path: string, account?: string) =>
  fetch(`${city.runtime.origin}/api${path}`, {
    headers: account ? { authorization: `Bearer ${await city.tokenOf(account)}` } : {},
  });
const START: Record<string, string> = { pdf: '%PDF-', docx: 'PK', xlsx: 'PK', html: '<!doctype html>' };
const startOf = (bytes: Uint8Array, length: number) => Buffer.from(bytes.subarray(0, length)).toString();

it('gives an agency nothing before publication', async () => {
  const own = (await city.as(STEEL)).download(paper(STEEL, 'score-sheets/pdf'));
  expect(await refusalOf(own)).toMatchObject({ status: 404, code: 'notFound' });
  expect(await city.toEnd()).toMatchObject({ status: 'published' });
});

it('publishes every public document in three formats, named for whoever keeps it, for anybody', async () => {
  for (const [name, title] of [
    ['notice', '评估通知'],
    ['plan', '抽查方案'],
    ['announcement', '拟定星级公示'],
    ['circular', '评估通报'],
  ]) {
    for (const format of ['docx', 'pdf', 'html']) {
      const response = await fetched(`/public/2021/${name}.${format}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const start = START[format] ?? '';
      expect([name, response.status, startOf(bytes, start.length)]).toEqual([name, 200, start]);
      const disposition = response.headers.get('content-disposition') ?? '';
      expect(decodeURIComponent(disposition)).toContain(`2021年度${title}.${format}`);
      expect(disposition.startsWith('attachment')).toBe(format === 'docx');
    }
  }
  const page = await fetched('/public/2021/circular.html');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const text = await page.text();
  expect(text).toContain('淮河钢铁有限公司');
  expect(page.headers.get('content-encoding')).toBe('gzip');
  const plain = await fetch(page.url, { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await plain.text()).toBe(text);
  for (const name of ['announcement', 'circular']) {
    const published = await (await fetched(`/public/2021/${name}.html`)).text();
    expect(published).not.toContain('淮河电力有限公司');
    expect(published).not.toMatch(/\d+\.\d\d分/);
  }
});

it('keeps score sheets and rectification notices from the public, and gives each agency its own', async () => {
  for (const [name, start] of Object.entries(START)) {
    const bytes = await (await city.as(STEEL)).download(paper(STEEL, `score-sheets/${name}`));
    expect(startOf(bytes, start.length)).toBe(start);
  }
  const csv = await (await city.as(STEEL)).download(paper(STEEL, 'score-sheets/csv'));
  expect(Buffer.from(csv).toString()).toMatch(/^\uFEFF编号,评估项目/);
  const notice = await (await city.as(POWER)).download(paper(POWER, 'rectifications/html'));
  expect(Buffer.from(notice).toString()).toContain('整改通知书');
  expect(await refusalOf((await city.as(STEEL)).download(paper(STEEL, 'rectifications/pdf')))).toMatchObject({
    code: 'notFound',
  });
  const foreign = (await city.as(STEEL)).download(paper(POWER, 'score-sheets/pdf'));
  expect(await refusalOf(foreign)).toMatchObject({ status: 404, code: 'notYours' });
  expect((await fetched(paper(STEEL, 'score-sheets/pdf'))).status).toBe(401);
  expect((await fetched(`/public/2021/score-sheets/${STEEL}.pdf`)).status).toBe(404);
  const inspector = (await city.as('inspector-1')).download(paper(STEEL, 'score-sheets/pdf'));
  expect(await refusalOf(inspector)).toMatchObject({ code: 'notAllowed' });
  const staff = await (await city.as('auditor-1')).download(`/cycles/2021/archive/score-sheets/${STEEL}.pdf`);
  expect(startOf(staff, 5)).toBe('%PDF-');
});

it('lists every file in the manifest with its digest, and publishing again changes none of them', async () => {
  const client = await city.as('auditor-1');
  const manifest = await client.download('/public/2021/manifest.json');
  const open = JSON.parse(Buffer.from(manifest).toString());
  // Who failed could be read off the names of notices: the public manifest seals the archive's without naming its files.
  expect(JSON.stringify(open)).not.toContain(POWER);
  const archive = JSON.parse(
    Buffer.from(await client.download('/cycles/2021/archive/archive-manifest.json')).toString(),
  );
  const files = [...open.files, ...archive.files];
  const paths: string[] = files.map(({ path }: { path: string }) => path);
  const stems = ['public/notice', 'public/plan', 'public/announcement', 'public/circular'];
  const documents = [...stems, `score-sheets/${STEEL}`, `rectifications/${POWER}`];
  for (const stem of documents)
    for (const format of ['docx', 'pdf', 'html']) expect(paths).toContain(`${stem}.${format}`);
  expect(paths).toEqual(
    expect.arrayContaining(['results.xlsx', 'results.csv', `score-sheets/${STEEL}.xlsx`]),
  );
  for (const { path, sha256 } of files) {
    const at = path.startsWith('public/') ? `/public/2021/${path.slice(7)}` : `/cycles/2021/archive/${path}`;
    const digest = createHash('sha256')
      .update(await client.download(at))
      .digest('hex');
    expect([path, digest]).toEqual([path, sha256]);
  }
  await publishResults(city.deps, 2021);
  expect(await client.download('/public/2021/manifest.json')).toEqual(manifest);
});
