/** An agency's files: its own list, what it may delete, who may read them, and what becomes of what nobody finished. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmUpload } from '../../../shared/app/uploads/confirm-upload.ts';
import { readUpload } from '../../../shared/app/uploads/upload-records.ts';
import { answered, POWER, pdf, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { aCity, type City, openCity, refusalOf } from '../../support/city.ts';
import { aDaemon, answering } from '../../support/clamd.ts';
import { confirm, dossierPath, grantFor, pass, put, submit, upload } from '../../support/passage.ts';
import { dyingAfter } from '../../support/store.ts';

interface Listed {
  scanning: string;
  quota: { megabytes: number; files: number; used: { bytes: number; files: number } };
  uploads: { id: string; status: string; scan: string | null; problem: string | null; effectiveOn: string }[];
}

const uploadsPath = (filingNumber: string) => `${dossierPath(filingNumber)}/uploads`;
const list = async (city: City, filingNumber: string) =>
  (await city.as(filingNumber)).get<Listed>(uploadsPath(filingNumber));
const remove = async (city: City, filingNumber: string, id: string) =>
  (await city.as(filingNumber)).delete(`${uploadsPath(filingNumber)}/${id}`);
const read = async (city: City, who: string, filingNumber: string, id: string) =>
  (await city.as(who)).get<{ url: string }>(`${uploadsPath(filingNumber)}/${id}/file`);
const statusOf = async (city: City, filingNumber: string, id: string) =>
  (await list(city, filingNumber)).uploads.find((one) => one.id === id)?.status;
const quarantined = (city: City) => city.deps.objects.list('quarantine', '');
const kept = (city: City) => city.deps.objects.list('evidence', '');

let city: City;
beforeAll(async () => {
  city = await openCity();
  await city.start();
  await city.to('collectSelfEvaluations');
}, 60_000);
afterAll(() => city.close());

describe('an agency’s list', () => {
  it('shows each file with its state, and what there is room for', async () => {
    const file = await upload(city, SCHOOL);
    const { scanning, quota, uploads } = await list(city, SCHOOL);
    expect(scanning).toBe('none');
    expect(quota).toMatchObject({ megabytes: 2048, files: 300, used: { files: 1 } });
    expect(uploads).toMatchObject([
      { id: file.id, status: 'kept', scan: 'notScanned', effectiveOn: '2021-06-30' },
    ]);
  });

  it('is nobody else’s', async () => {
    const path = uploadsPath(SCHOOL);
    expect(await refusalOf((await city.as(STEEL)).get(path))).toMatchObject({
      status: 404,
      code: 'notYours',
    });
    expect(await refusalOf((await city.as('handler-1')).get(path))).toMatchObject({ code: 'notAllowed' });
  });

  it('says of every cycle and of the system that nothing is scanned', async () => {
    expect(await city.view(STEEL)).toMatchObject({ scanning: 'none' });
    const system = await fetch(`${city.runtime.origin}/api/system`);
    expect(await system.json()).toEqual({ scanning: 'none' });
  });
});

describe('deleting', () => {
  it('makes room, takes the bytes away, and may be said twice', async () => {
    const file = await upload(city, TRAINING);
    const before = (await list(city, TRAINING)).quota.used;
    expect(await kept(city)).toContain(`2021/${file.id}`);
    await remove(city, TRAINING, file.id);
    await remove(city, TRAINING, file.id);
    expect(await kept(city)).not.toContain(`2021/${file.id}`);
    expect((await list(city, TRAINING)).quota.used.files).toBe(before.files - 1);
    expect(await refusalOf(confirm(city, TRAINING, file.id))).toMatchObject({
      status: 410,
      code: 'uploadExpired',
    });
    expect(await refusalOf(submit(city, TRAINING, answered(file)))).toMatchObject({ code: 'uploadMissing' });
  });

  it('is not for what has been filed, nor for another’s', async () => {
    const file = await upload(city, POWER);
    await submit(city, POWER, answered(file));
    expect(await refusalOf(remove(city, POWER, file.id))).toMatchObject({
      status: 409,
      code: 'uploadAttached',
    });
    const foreign = (await city.as(STEEL)).delete(`${uploadsPath(POWER)}/${file.id}`);
    expect(await refusalOf(foreign)).toMatchObject({ status: 404, code: 'notYours' });
    expect(await refusalOf(remove(city, STEEL, file.id))).toMatchObject({ status: 404, code: 'notFound' });
  });
});

describe('quota', () => {
  it('is a setting, in number and in bytes, and holds against requests at once', async () => {
    const small = await aCity({ settings: { evidence: { agencyFiles: 3, agencyMegabytes: 60 } } });
    await small.start();
    await small.to('collectSelfEvaluations');
    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => grantFor(small, STEEL, pdf(`材料 ${n}`))),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(3);
    const live = (await list(small, STEEL)).uploads.filter(({ status }) => status === 'requested');
    expect(live.length).toBeLessThanOrEqual(3);
    const megabytes = (size: number) => ({ size: size * 1024 * 1024 });
    await grantFor(small, POWER, pdf('a'), megabytes(40));
    expect(await refusalOf(grantFor(small, POWER, pdf('b'), megabytes(40)))).toMatchObject({
      status: 413,
      code: 'quotaExceeded',
    });
  });
});

describe('settings', () => {
  it('say which types are taken, and how large', async () => {
    const strict = await aCity({ settings: { evidence: { types: { 'image/png': 1 }, imageMegapixels: 1 } } });
    await strict.start();
    await strict.to('collectSelfEvaluations');
    expect(await refusalOf(grantFor(strict, STEEL, pdf('a')))).toMatchObject({
      code: 'typeNotAccepted',
      message: '不接受该类型的文件（application/pdf）。可上传 PNG',
    });
    const picture = { contentType: 'image/png', fileName: '图.png' };
    const tooLarge = grantFor(strict, STEEL, pdf('a'), { ...picture, size: 1024 * 1024 + 1 });
    expect(await refusalOf(tooLarge)).toMatchObject({ code: 'fileTooLarge' });
  });
});

describe('what nobody finished', () => {
  it('expires, and leaves nothing behind', async () => {
    const quiet = await aCity();
    await quiet.start();
    await quiet.to('collectSelfEvaluations');
    const never = await grantFor(quiet, STEEL, pdf('没有上传'));
    const unconfirmed = await grantFor(quiet, STEEL, pdf('没有确认'));
    await put(unconfirmed, pdf('没有确认'));
    const file = await upload(quiet, STEEL);
    const deleted = await upload(quiet, POWER);
    await remove(quiet, POWER, deleted.id);
    expect(await quarantined(quiet)).toHaveLength(3);
    await quiet.sweep();
    expect(await statusOf(quiet, STEEL, never.id)).toBe('requested');
    await quiet.sweep();
    expect(await statusOf(quiet, STEEL, never.id)).toBe('expired');
    expect(await statusOf(quiet, STEEL, unconfirmed.id)).toBe('expired');
    expect(await quarantined(quiet)).toEqual([]);
    expect(await refusalOf(confirm(quiet, STEEL, unconfirmed.id))).toMatchObject({ code: 'uploadExpired' });
    const { quota, uploads } = await list(quiet, STEEL);
    expect(quota.used.files).toBe(1);
    expect(uploads.find(({ id }) => id === file.id)).toMatchObject({ status: 'kept' });
  });

  it('has left a copy without a record: the next try uses it, or it is thrown away', async () => {
    const quiet = await aCity();
    await quiet.start();
    await quiet.to('collectSelfEvaluations');
    const owner = { year: YEAR, filingNumber: STEEL };
    const brokenOff = async (words: string) => {
      const { id, url, headers, ...rest } = await grantFor(quiet, STEEL, pdf(words));
      await put({ id, url, headers, ...rest }, pdf(words));
      await expect(confirmUpload(dyingAfter(quiet.deps, 0), owner, id, 5)).rejects.toThrow('stopped');
      return { id, copy: await quiet.deps.objects.head('evidence', `${YEAR}/${id}`) };
    };
    const [again, never] = [await brokenOff('再次确认'), await brokenOff('不再确认')];
    await confirm(quiet, STEEL, again.id);
    expect((await readUpload(quiet.deps, owner, again.id))?.version).toBe(again.copy?.version);
    expect(await kept(quiet)).toHaveLength(2);
    await quiet.sweep();
    await quiet.sweep();
    expect(await statusOf(quiet, STEEL, never.id)).toBe('expired');
    expect(await kept(quiet)).toEqual([`${YEAR}/${again.id}`]);
  });
});

describe('a scanner', () => {
  it('that is down keeps a file from being used; the sweep asks again', async () => {
    const daemon = await aDaemon(answering('stream: OK\0'));
    daemon.down();
    const scanned = await aCity({ scanner: daemon.setting });
    await scanned.start();
    await scanned.to('collectSelfEvaluations');
    const bytes = pdf('待查毒');
    const grant = await grantFor(scanned, STEEL, bytes);
    expect(grant).toMatchObject({ scanning: 'clamav' });
    await put(grant, bytes);
    const postponed = await refusalOf(confirm(scanned, STEEL, grant.id));
    expect(postponed).toMatchObject({ status: 409, code: 'scanPostponed' });
    expect(postponed.message).toContain('暂时不能查毒');
    expect(await statusOf(scanned, STEEL, grant.id)).toBe('pending');
    expect(await kept(scanned)).toEqual([]);
    await scanned.sweep();
    await scanned.sweep();
    expect(await statusOf(scanned, STEEL, grant.id)).toBe('pending');
    daemon.up();
    await scanned.sweep();
    expect((await list(scanned, STEEL)).uploads).toMatchObject([{ status: 'kept', scan: 'clean' }]);
    expect(await quarantined(scanned)).toEqual([]);
    expect(await scanned.view(STEEL)).toMatchObject({ scanning: 'clamav' });
  });

  it('that stays down does not hold a place for ever: what quarantine loses expires', async () => {
    const daemon = await aDaemon(answering('stream: OK\0'));
    daemon.down();
    const scanned = await aCity({ scanner: daemon.setting });
    await scanned.start();
    await scanned.to('collectSelfEvaluations');
    const bytes = pdf('从未查毒');
    const grant = await grantFor(scanned, STEEL, bytes);
    await put(grant, bytes);
    await refusalOf(confirm(scanned, STEEL, grant.id));
    await scanned.deps.objects.remove({ bucket: 'quarantine', key: `2021/${grant.id}` });
    await scanned.sweep();
    await scanned.sweep();
    expect(await statusOf(scanned, STEEL, grant.id)).toBe('expired');
  });

  it('that finds something refuses the file for good', async () => {
    const daemon = await aDaemon(answering('stream: Some.Virus FOUND\0'));
    const scanned = await aCity({ scanner: daemon.setting });
    await scanned.start();
    await scanned.to('collectSelfEvaluations');
    const bytes = pdf('有毒');
    const grant = await grantFor(scanned, STEEL, bytes);
    await put(grant, bytes);
    expect(await refusalOf(confirm(scanned, STEEL, grant.id))).toMatchObject({
      status: 422,
      code: 'contentRefused',
      message: '《佐证.pdf》查出恶意程序。文件已拒收',
    });
    expect(await kept(scanned)).toEqual([]);
    expect(await refusalOf(read(scanned, STEEL, STEEL, grant.id))).toMatchObject({ code: 'notFound' });
  });
});

describe('reading a file', () => {
  let visited: City;
  let ids: Record<string, string>;
  beforeAll(async () => {
    visited = await openCity({ settings: { sampling: { percent: 100, atLeast: 4 }, inspectorsPerVisit: 2 } });
    await visited.start();
    await visited.to('collectSelfEvaluations');
    await pass(visited);
    await visited.to('inspectOnSite');
    const files = [STEEL, POWER].map(async (filingNumber) => {
      const { submission } = await visited.dossier(filingNumber);
      return [filingNumber, submission?.answers.items.A1?.evidence?.[0]?.id ?? ''] as const;
    });
    ids = Object.fromEntries(await Promise.all(files));
  }, 120_000);
  afterAll(() => visited.close());

  it.each(['handler-1', 'approver-1', 'director-1', 'auditor-1', STEEL])('is open to %s', async (who) => {
    const { url } = await read(visited, who, STEEL, ids[STEEL] ?? '');
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''/);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(await answer.text()).toContain(STEEL);
    await visited.moveTo(new Date(visited.clock.now().getTime() + 121_000).toISOString());
    expect((await fetch(url)).status).toBe(403);
  });

  it('is open to the inspectors of that agency and to no others', async () => {
    const { visit } = await visited.dossier(STEEL);
    const inspectors = ['inspector-1', 'inspector-2', 'inspector-3', 'inspector-4'];
    for (const who of inspectors) {
      const call = read(visited, who, STEEL, ids[STEEL] ?? '');
      if (visit?.inspectors.includes(who)) expect((await call).url).toContain('X-Amz-Signature');
      else expect(await refusalOf(call)).toMatchObject({ status: 404, code: 'notYours' });
    }
  });

  it('is closed to other agencies, under its own name and under theirs', async () => {
    const id = ids[STEEL] ?? '';
    expect(await refusalOf(read(visited, POWER, STEEL, id))).toMatchObject({ status: 404, code: 'notYours' });
    expect(await refusalOf(read(visited, POWER, POWER, id))).toMatchObject({ status: 404, code: 'notFound' });
  });

  it('is bound to that object: another key is refused by the store', async () => {
    const { url } = await read(visited, POWER, POWER, ids[POWER] ?? '');
    expect((await fetch(url.replace(ids[POWER] ?? '', ids[STEEL] ?? ''))).status).toBe(403);
  });
});
