/** Evidence goes straight to storage, through a URL that is good for one file, a few minutes, once. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answered, declared, POWER, pdf, SCHOOL, STEEL, TRAINING } from '../../support/agencies.ts';
import { type City, openCity, refusalOf } from '../../support/city.ts';
import { confirm, grantFor, put, submit, upload } from '../../support/passage.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
  await city.start();
  await city.to('collectSelfEvaluations');
}, 60_000);
afterAll(() => city.close());

const PDF = pdf('年度评价计划');

it.each([
  ['other bytes of the same length', () => ({}), pdf('年度评价总结')],
  ['another size', () => ({}), pdf('年度评价计划和总结')],
  ['another type', () => ({ 'content-type': 'text/html' }), PDF],
  ['no guard against overwriting', () => ({ 'if-none-match': '' }), PDF],
])('the store refuses %s, and keeps nothing', async (_case, headers, bytes) => {
  const grant = await grantFor(city, STEEL, PDF);
  const wrong = { ...grant, headers: { ...grant.headers, ...headers() } };
  expect((await put(wrong, bytes)).status).toBeGreaterThanOrEqual(400);
  expect(await refusalOf(confirm(city, STEEL, grant.id))).toEqual({
    status: 409,
    code: 'uploadMissing',
    message: '尚未收到文件《佐证.pdf》，请重新上传',
  });
});

it('the store refuses another key and a second upload to the same', async () => {
  const grant = await grantFor(city, STEEL, PDF);
  const other = await grantFor(city, POWER, PDF);
  const [, key = ''] = /\/([0-9a-f]{32})\?/.exec(grant.url) ?? [];
  expect(key).toBe(grant.id);
  expect((await put({ ...grant, url: grant.url.replace(key, other.id) }, PDF)).status).toBe(403);
  expect((await put(grant, PDF)).status).toBe(200);
  expect((await put(grant, PDF)).status).toBe(412);
});

it('what is not what it says is refused for good', async () => {
  const html = Buffer.from('<html><script>alert(1)</script></html>');
  const grant = await grantFor(city, STEEL, html);
  expect((await put(grant, html)).status).toBe(200);
  expect(await refusalOf(confirm(city, STEEL, grant.id))).toMatchObject({
    status: 422,
    code: 'contentRefused',
  });
  expect(await refusalOf(confirm(city, STEEL, grant.id))).toMatchObject({ code: 'contentRefused' });
  expect((await put(grant, html)).status).toBe(412);
});

it.each([
  ['a type that is not accepted', { contentType: 'text/html' }, 'typeNotAccepted', 422],
  ['a file over its limit', { size: 51 * 1024 * 1024 }, 'fileTooLarge', 413],
  ['a name with a path', { fileName: '../佐证.pdf' }, 'invalidRequest', 400],
  ['a day that is still to come', { effectiveOn: '2031-01-01' }, 'effectiveOnInFuture', 422],
  ['no effective date', { effectiveOn: undefined }, 'invalidRequest', 400],
  ['a digest that is none', { sha256: 'abc' }, 'invalidRequest', 400],
])('no upload is granted for %s', async (_case, changes, code, status) => {
  expect(await refusalOf(grantFor(city, STEEL, PDF, changes))).toMatchObject({ status, code });
});

it('an agency’s files together stay within its quota', async () => {
  const video = (take: number) => ({
    fileName: `第${take}段.mp4`,
    contentType: 'video/mp4',
    size: 500 * 1024 * 1024,
  });
  for (const take of [1, 2, 3, 4]) await grantFor(city, SCHOOL, PDF, video(take));
  expect(await refusalOf(grantFor(city, SCHOOL, PDF, video(5)))).toMatchObject({
    status: 413,
    code: 'quotaExceeded',
  });
  // The same file asked for again takes no more room.
  await grantFor(city, SCHOOL, PDF, video(4));
  await grantFor(city, POWER, PDF, video(5));
});

it('a file is kept once, by whoever uploaded it, and attached by nobody else', async () => {
  const file = await upload(city, POWER);
  expect(await confirm(city, POWER, file.id)).toEqual(file);
  expect(await refusalOf(confirm(city, STEEL, file.id))).toMatchObject({ status: 404, code: 'notFound' });
  expect(await refusalOf(submit(city, STEEL, answered(file)))).toMatchObject({ code: 'uploadMissing' });
  const renamed = { ...file, fileName: '别的.pdf' };
  expect(await refusalOf(submit(city, POWER, answered(renamed)))).toMatchObject({ code: 'uploadMissing' });
  const redated = { ...file, effectiveOn: '2021-07-01' };
  expect(await refusalOf(submit(city, POWER, answered(redated)))).toMatchObject({ code: 'uploadMissing' });
  expect(await submit(city, POWER, answered(file))).toMatchObject({ claimed: '100.00' });
});

it('a file that was asked for and never confirmed cannot be attached', async () => {
  const { id } = await grantFor(city, STEEL, PDF);
  const { fileName, sha256, effectiveOn } = declared(PDF);
  expect(await refusalOf(submit(city, STEEL, answered({ id, fileName, sha256, effectiveOn })))).toMatchObject(
    {
      code: 'uploadMissing',
    },
  );
});

it('the URL is good for ten minutes', async () => {
  const [inTime, late] = [await grantFor(city, TRAINING, PDF), await grantFor(city, TRAINING, PDF)];
  const now = city.clock.now().getTime();
  await city.moveTo(new Date(now + 600_000).toISOString());
  expect((await put(inTime, PDF)).status).toBe(200);
  await city.moveTo(new Date(now + 601_000).toISOString());
  expect((await put(late, PDF)).status).toBe(403);
});
