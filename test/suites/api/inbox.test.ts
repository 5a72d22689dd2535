/** In whose inbox a message is, who has read it, and how it goes out. */
import { describe, expect, it } from 'vitest';
import type { InboxPage } from '../../../shared/app/inbox.ts';
import { queueMessage } from '../../../shared/app/messages.ts';
import { POWER, STEEL, YEAR } from '../../support/agencies.ts';
import { aCity, refusalOf } from '../../support/city.ts';
import { cityAt, inbox, laterBy } from '../../support/inbox.ts';
import { dossierPath, file } from '../../support/passage.ts';

const PEOPLE = [
  'handler-1',
  'approver-1',
  'director-1',
  'auditor-1',
  'inspector-1',
  'inspector-2',
  STEEL,
  POWER,
];

describe('an inbox', () => {
  it('is read by exactly those whom it is meant for', async () => {
    const city = await cityAt('inspectOnSite');
    for (const account of PEOPLE) {
      const [role = ''] = account.split('-');
      const own =
        role === account ? [{ agency: account }] : role === 'inspector' ? [{ person: account }] : [{ role }];
      for (const { to } of (await inbox(city, account)).records) expect(own).toContainEqual(to);
    }
  });

  it('is an agency’s: each of its accounts sees it, and marks it as read for itself', async () => {
    const city = await cityAt('collectSelfEvaluations');
    await city.runtime.accounts.add({
      id: 'steel-2',
      username: 'steel-2',
      name: '钢铁二号',
      role: 'agency',
      agency: STEEL,
    });
    const [message] = (await inbox(city, STEEL)).records;
    const ids = [message?.id ?? ''];
    await (await city.as(STEEL)).post('/inbox/read', { ids });
    await (await city.as(STEEL)).post('/inbox/read', { ids });
    expect(await inbox(city, STEEL)).toMatchObject({ unread: 0, records: [{ id: ids[0], read: true }] });
    expect(await inbox(city, POWER)).toMatchObject({ unread: 1, records: [{ read: false }] });
    const foreign = await refusalOf((await city.as(POWER)).post('/inbox/read', { ids }));
    expect(foreign).toMatchObject({ status: 404, code: 'notFound' });
    for (const account of ['auditor-1', 'inspector-1']) {
      expect(await refusalOf((await city.as(account)).post('/inbox/read', { ids }))).toEqual(foreign);
    }
    expect(await inbox(city, POWER)).toMatchObject({ unread: 1 });
  });

  it('pages from the latest to the earliest over a role’s and a person’s own messages', async () => {
    const city = await aCity({ agencies: [] });
    const ids: string[] = [];
    for (let index = 0; index < 120; index++) {
      const at = new Date(Date.UTC(2022, 2, 1, 0, index)).toISOString();
      const to = index % 3 === 0 ? { person: 'handler-1' } : { role: 'handler' as const };
      await queueMessage(
        city.deps,
        'cycleCancelled',
        to,
        { at, of: 'x', about: { year: YEAR } },
        { year: YEAR },
      );
      ids.unshift(at);
    }
    const seen: string[] = [];
    let cursor: string | null = '';
    do {
      const query: string = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
      const page: InboxPage = await inbox(city, 'handler-1', query);
      expect(page.unread).toBe(120);
      seen.push(...page.records.map(({ at }) => at));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(seen).toEqual(ids);
    expect((await inbox(city, 'handler-2')).unread).toBe(80);
  });
});

it('goes out by mail to whoever gave an address; what could not be sent staff see, and a handler sends again', async () => {
  const sent: { kind: string; addresses: readonly string[] }[] = [];
  const post = { down: false };
  const city = await aCity({
    notifier: {
      async send({ kind }, addresses) {
        if (post.down) throw new Error('no answer');
        sent.push({ kind, addresses });
      },
    },
  });
  await (await city.as(STEEL)).put('/inbox/address', { email: 'steel@example.org' });
  expect(await (await city.as(STEEL)).get('/inbox/address')).toEqual({ email: 'steel@example.org' });
  expect(await (await city.as(POWER)).get('/inbox/address')).toEqual({ email: null });
  await city.start();
  await city.to('collectSelfEvaluations');
  await city.sweep();
  const asked = sent.filter(({ kind }) => kind === 'selfEvaluationAsked').map(({ addresses }) => addresses);
  expect(asked).toContainEqual(['steel@example.org']);
  expect(asked.filter((addresses) => addresses.length === 0)).toHaveLength(3);

  post.down = true;
  await file(city, POWER);
  await (await city.as('handler-1')).post(`${dossierPath(POWER)}/return`, { reason: '请补充' });
  for (let hour = 0; hour < 8; hour++) await city.moveTo(laterBy(city, 100));
  const outbox = await (await city.as('auditor-1')).get<{ unsent: object[] }>('/outbox');
  expect(outbox.unsent).toContainEqual(
    expect.objectContaining({
      error: 'Error',
      message: expect.objectContaining({ kind: 'selfEvaluationReturned' }),
    }),
  );
  post.down = false;
  const { queued } = await (await city.as('handler-1')).post<{ queued: number }>('/outbox/retry', {});
  expect(queued).toBe(outbox.unsent.length);
  await city.sweep();
  expect(sent.map(({ kind }) => kind)).toContain('selfEvaluationReturned');
  expect(await (await city.as('auditor-1')).get('/outbox')).toMatchObject({ unsent: [] });
});
