/** An upload asked for again, after a lost answer or by somebody who begins anew: the same one, as long as nothing has become of it. */
import { expect, it } from 'vitest';
import type { Deps } from '../../../shared/app/ports.ts';
import { Refusal } from '../../../shared/app/refusal.ts';
import { requestUpload } from '../../../shared/app/uploads/request-upload.ts';
import { sweepUploads } from '../../../shared/app/uploads/sweep-uploads.ts';
import { markedUploads, readUpload } from '../../../shared/app/uploads/upload-records.ts';
import { declared, POWER, pdf, STEEL, YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City, refusalOf } from '../../support/city.ts';
import { confirm, dossierPath, grantFor, put } from '../../support/passage.ts';
import { dyingAfter } from '../../support/store.ts';

interface Listed {
  quota: { used: { files: number } };
  uploads: { id: string; status: string }[];
}

const uploadsPath = `${dossierPath(STEEL)}/uploads`;
const list = async (city: City) => (await city.as(STEEL)).get<Listed>(uploadsPath);

const opened = async (settings: object = {}) => {
  const own = await aCity({ settings });
  await own.start();
  await own.to('collectSelfEvaluations');
  return own;
};
const later = (own: City, minutes: number) =>
  own.moveTo(new Date(own.clock.now().getTime() + minutes * 60_000).toISOString());

it('is the same upload with a URL that works, and counts once, also of many at once', async () => {
  const own = await opened({ evidence: { agencyFiles: 2 } });
  const bytes = pdf('同一文件');
  const grants = await Promise.all(Array.from({ length: 6 }, () => grantFor(own, STEEL, bytes)));
  const [{ id } = { id: '' }] = grants;
  expect(new Set(grants.map((grant) => grant.id))).toEqual(new Set([id]));
  expect((await list(own)).quota.used.files).toBe(1);
  await later(own, 3);
  const again = await grantFor(own, STEEL, bytes);
  expect(again).toMatchObject({ id, expiresAt: grants[0]?.expiresAt });
  expect((await put(again, bytes)).status).toBe(200);
  // It has arrived: another URL overwrites nothing, and the confirmation tells.
  expect((await put(await grantFor(own, STEEL, bytes), bytes)).status).toBe(412);
  expect(await confirm(own, STEEL, id)).toMatchObject({ id });
  // Something has come of it: what is asked for now is another.
  const second = await grantFor(own, STEEL, bytes);
  expect(second.id).not.toBe(id);
  expect((await list(own)).quota.used.files).toBe(2);
  expect(await refusalOf(grantFor(own, STEEL, pdf('再一个')))).toMatchObject({ code: 'quotaExceeded' });
  // Asking again is no way past the limit, and takes nothing from what was granted.
  expect((await grantFor(own, STEEL, bytes)).id).toBe(second.id);
});

it('by another agency, of another day, under another name, after a deletion: is another', async () => {
  const own = await opened();
  const bytes = pdf('各有其一');
  const first = await grantFor(own, STEEL, bytes);
  const others = [
    await grantFor(own, POWER, bytes),
    await grantFor(own, STEEL, bytes, { effectiveOn: '2021-05-01' }),
    await grantFor(own, STEEL, bytes, { fileName: '另一名称.pdf' }),
  ];
  await (await own.as(STEEL)).delete(`${uploadsPath}/${first.id}`);
  others.push(await grantFor(own, STEEL, bytes));
  expect(new Set([first, ...others].map(({ id }) => id)).size).toBe(5);
});

it('once its URL is old or over is renewed on record, and expires that much later', async () => {
  const own = await opened();
  const bytes = pdf('迟到');
  const { id, expiresAt } = await grantFor(own, STEEL, bytes);
  await later(own, 58);
  const renewed = await grantFor(own, STEEL, bytes);
  expect(renewed.id).toBe(id);
  expect(Date.parse(renewed.expiresAt)).toBeGreaterThan(Date.parse(expiresAt));
  await own.sweep();
  expect((await put(renewed, bytes)).status).toBe(403);
  expect((await list(own)).uploads).toMatchObject([{ id, status: 'requested' }]);
  const last = await grantFor(own, STEEL, bytes);
  expect((await put(last, bytes)).status).toBe(200);
  expect(await confirm(own, STEEL, id)).toMatchObject({ id });
  const upload = await readUpload(own.deps, { year: YEAR, filingNumber: STEEL }, id);
  expect(upload?.history.map(({ type }) => type)).toEqual(['requested', 'renewed', 'renewed', 'kept']);
});

it('after a crash at any of its writes leaves one upload', async () => {
  const own = await opened();
  const bytes = pdf('中断');
  const owner = { year: YEAR, filingNumber: STEEL };
  const request = declared(bytes);
  for (let writes = 0; writes < 3; writes++) {
    await requestUpload(dyingAfter(own.deps, writes), owner, actor(STEEL), request).catch(() => undefined);
  }
  await grantFor(own, STEEL, bytes);
  expect((await list(own)).uploads).toHaveLength(1);
});

it('keeps its mark though the sweep comes by between the mark and the record, and so expires', async () => {
  const own = await opened();
  const owner = { year: YEAR, filingNumber: STEEL };
  let swept = 0;
  const overtaken: Deps = {
    ...own.deps,
    items: {
      ...own.deps.items,
      async put(key, value, options) {
        const done = await own.deps.items.put(key, value, options);
        if (key.pk === markedUploads(YEAR)) swept += (await sweepUploads(own.deps)).seen;
        return done;
      },
    },
  };
  const granted = await requestUpload(overtaken, owner, actor(STEEL), declared(pdf('被抢先')));
  if (granted instanceof Refusal) throw granted;
  expect(swept).toBe(1);
  await later(own, 80);
  expect((await readUpload(own.deps, owner, granted.id))?.status).toBe('expired');
});
