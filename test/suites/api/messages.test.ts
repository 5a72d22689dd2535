/** Who is told what, when, and in whose inbox it is. */
import { describe, expect, it } from 'vitest';
import type { InboxPage } from '../../../shared/app/inbox.ts';
import { queueMessage } from '../../../shared/app/messages.ts';
import { POWER, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { aCity, type City, refusalOf } from '../../support/city.ts';
import { dossierPath, file, inStatus, record } from '../../support/passage.ts';

const ANSWER = { items: ['A1'], reason: '计划已公布，附网址' };

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

const inbox = async (city: City, account: string, query = '') =>
  (await city.as(account)).get<InboxPage>(`/inbox${query}`);

/** The kinds of what somebody has been told, the earliest first. */
const told = async (city: City, account: string) =>
  (await inbox(city, account)).records.map(({ kind }) => kind).reverse();

const latest = async (city: City, account: string, kind: string) =>
  (await inbox(city, account)).records.find((one) => one.kind === kind);

/** The titles of one kind. */
const titles = async (city: City, account: string, kind: string) =>
  (await inbox(city, account)).records.filter((one) => one.kind === kind).map(({ title }) => title);

async function cityAt(...to: Parameters<City['to']>): Promise<City> {
  const city = await aCity();
  await city.start();
  await city.to(...to);
  return city;
}

it('tells whose turn it is: agencies what is asked and by when, staff what waits, inspectors their visits', async () => {
  const city = await cityAt('reviewAtDesk');
  expect((await titles(city, 'handler-1', 'workWaits')).sort()).toEqual([
    '待办：拟定评估通知',
    '待办：材料复核',
  ]);
  expect(await titles(city, 'approver-1', 'workWaits')).toEqual(['待办：审批评估通知']);
  const { records } = await inbox(city, STEEL);
  expect(records).toMatchObject([
    {
      kind: 'selfEvaluationAsked',
      to: { agency: STEEL },
      about: { year: YEAR, filingNumber: STEEL, gate: 'collectSelfEvaluations' },
      text: expect.stringContaining('请于 2022年3月14日 23:59 前'),
      read: false,
    },
  ]);
  await city.to('inspectOnSite');
  for (const filingNumber of await inStatus(city, 'visiting')) {
    const { visit, agency } = await city.dossier(filingNumber);
    expect(await told(city, filingNumber)).toContain('visitAnnounced');
    for (const inspector of visit?.inspectors ?? []) {
      expect(await titles(city, inspector, 'visitAsked')).toContain(`现场检查任务：${agency.name}`);
    }
  }
  await city.toEnd();
  // The first two gates opened at the same instant.
  expect((await told(city, POWER)).sort()).toEqual([
    'circularPublished',
    'draftResultSent',
    'selfEvaluationAsked',
    'starsAnnounced',
  ]);
  expect(await told(city, 'auditor-1')).toEqual(['circularPublished']);
});

describe('before a deadline', () => {
  const DUE = 'selfEvaluationDue';

  it('reminds those who are late, once three working days before and once one before', async () => {
    const city = await cityAt('collectSelfEvaluations');
    await file(city, STEEL);
    // The deadline is the end of Monday, March 14: three working days before it is Wednesday the 9th.
    await city.moveTo('2022-03-09T00:59:00Z');
    await city.sweep();
    expect(await told(city, POWER)).toEqual(['selfEvaluationAsked', DUE]);
    await city.sweep();
    await city.moveTo('2022-03-10T09:00:00Z');
    expect(await told(city, POWER)).toEqual(['selfEvaluationAsked', DUE]);
    await city.moveTo('2022-03-11T02:00:00Z');
    await city.sweep();
    expect(await told(city, POWER)).toEqual(['selfEvaluationAsked', DUE, DUE]);
    expect(await told(city, STEEL)).toEqual(['selfEvaluationAsked']);
  });

  it('after a standstill sends only the latest reminder that is still of use', async () => {
    const city = await cityAt('collectSelfEvaluations');
    await city.moveTo('2022-03-14T05:00:00Z');
    expect(await told(city, POWER)).toEqual(['selfEvaluationAsked', DUE]);
    await city.to('reviewAtDesk');
    expect(await told(city, POWER)).toEqual(['selfEvaluationAsked', DUE]);
  });

  it('a moved deadline is told, and makes its own reminders due', async () => {
    const city = await cityAt('collectSelfEvaluations');
    await city.moveTo('2022-03-09T02:00:00Z');
    const path = `/cycles/${YEAR}/gates/collectSelfEvaluations/deadline`;
    await (await city.as('handler-1')).put(path, { deadline: '2022-03-21T15:59:59Z', reason: '系统维护' });
    expect(await told(city, POWER)).toEqual(['selfEvaluationAsked', DUE, 'deadlineMoved']);
    const [moved] = (await inbox(city, POWER)).records;
    expect(moved?.text).toContain('2022年3月21日 23:59');
    // The old reminder of one day is not due any more; the new ones come in their time.
    await city.moveTo('2022-03-12T02:00:00Z');
    expect(await told(city, POWER)).toEqual(['selfEvaluationAsked', DUE, 'deadlineMoved']);
    await city.moveTo('2022-03-16T02:00:00Z');
    await city.moveTo('2022-03-18T02:00:00Z');
    expect(await told(city, POWER)).toEqual(['selfEvaluationAsked', DUE, 'deadlineMoved', DUE, DUE]);
  });

  it('reminds the inspector whose record is missing, not the one who has recorded', async () => {
    const city = await cityAt('inspectOnSite');
    const [filingNumber = ''] = await inStatus(city, 'visiting');
    const { visit } = await city.dossier(filingNumber);
    const [done = '', late = ''] = visit?.inspectors ?? [];
    await record(city, filingNumber, done);
    await city.moveTo('2022-03-18T02:00:00Z');
    const { agency } = await city.dossier(filingNumber);
    const title = `检查记录即将截止：${agency.name}`;
    expect(await titles(city, late, 'visitDue')).toContain(title);
    expect(await titles(city, done, 'visitDue')).not.toContain(title);
  });

  it('an objection has a deadline of its own: the approver is reminded, then the director told', async () => {
    const city = await cityAt('receiveObjections');
    const body = { items: ['A1'], reason: '计划已公布' };
    await (await city.as(STEEL)).post(`${dossierPath(STEEL)}/objections`, body);
    expect(await told(city, 'approver-1')).toContain('objectionRaised');
    // Raised on March 4, to be decided by the end of March 19, a Saturday.
    await city.moveTo('2022-03-16T02:00:00Z');
    expect(await titles(city, 'approver-1', 'objectionDue')).toEqual(['异议即将到期：淮河钢铁有限公司']);
    expect(await told(city, 'director-1')).toEqual([]);
    await city.moveTo('2022-03-20T02:00:00Z');
    await city.sweep();
    expect(await told(city, 'director-1')).toEqual(['objectionOverdue']);
    const view = await (await city.as('auditor-1')).get<object>(`/cycles/${YEAR}`);
    expect(view).toMatchObject({
      gate: { gate: 'receiveObjections' },
      escalations: [{ escalatedTo: 'director', filingNumber: STEEL }],
    });
    const decision = { verdict: 'rejected', reason: '经核查不成立' };
    await (await city.as('approver-2')).post(`${dossierPath(STEEL)}/objection-decision`, decision);
    expect(await told(city, STEEL)).toContain('objectionDecided');
  });
});

describe('a draft result', () => {
  it('is put to every agency with the day by which to answer, and reminds those who have said nothing', async () => {
    const city = await cityAt('answerDraftResults');
    expect(await latest(city, POWER, 'draftResultSent')).toMatchObject({
      about: { gate: 'answerDraftResults', filingNumber: POWER },
      text: expect.stringContaining('请于 2022年3月3日 23:59 前'),
    });
    await (await city.as(STEEL)).post(`${dossierPath(STEEL)}/draft-result-acceptance`, {});
    await (await city.as(SCHOOL)).post(`${dossierPath(SCHOOL)}/draft-result-answer`, ANSWER);
    await city.moveTo('2022-03-02T02:00:00Z');
    expect(await told(city, POWER)).toContain('draftResultDue');
    for (const heard of [STEEL, SCHOOL]) expect(await told(city, heard)).not.toContain('draftResultDue');
  });

  it('is answered with a day for the reply: the handler is reminded of it, then the approver told', async () => {
    const city = await cityAt('answerDraftResults');
    await (await city.as(SCHOOL)).post(`${dossierPath(SCHOOL)}/draft-result-answer`, ANSWER);
    expect(await latest(city, 'handler-1', 'draftResultAnswered')).toMatchObject({
      text: expect.stringContaining('于 2022年3月10日 23:59 前书面答复'),
    });
    await city.moveTo('2022-03-08T02:00:00Z');
    await city.sweep();
    expect((await told(city, 'handler-1')).filter((kind) => kind === 'answerDue')).toHaveLength(1);
    expect(await told(city, 'approver-1')).not.toContain('answerOverdue');
    await city.moveTo('2022-03-11T02:00:00Z');
    await city.sweep();
    expect((await told(city, 'approver-1')).filter((kind) => kind === 'answerOverdue')).toHaveLength(1);
    const decision = { verdict: 'rejected', reason: '经核查不成立' };
    await (await city.as('handler-2')).post(`${dossierPath(SCHOOL)}/answer-decision`, decision);
    expect(await told(city, SCHOOL)).toContain('answerDecided');
  });

  it('puts new material to the agency with a day, reminds it of that day, and tells staff what it said', async () => {
    const city = await cityAt('answerDraftResults');
    await (await city.as(SCHOOL)).post(`${dossierPath(SCHOOL)}/draft-result-answer`, ANSWER);
    const material = { reason: '平台显示另有一个批次', items: ['A3'] };
    await (await city.as('handler-2')).post(`${dossierPath(SCHOOL)}/materials`, material);
    const put = await latest(city, SCHOOL, 'materialPut');
    expect(put).toMatchObject({ text: expect.stringContaining('2022年3月3日 23:59') });
    expect(JSON.stringify(put)).not.toContain(material.reason);
    await city.moveTo('2022-03-03T02:00:00Z');
    expect(await told(city, SCHOOL)).toContain('materialDue');
    const said = { reason: '该批次属于上年度' };
    await (await city.as(SCHOOL)).post(`${dossierPath(SCHOOL)}/material-answer`, said);
    for (const staff of ['handler-1', 'approver-1']) {
      expect(await told(city, staff)).toContain('materialAnswered');
    }
  });
});

describe('when nobody acts', () => {
  it('calls the role again, then tells the next one up, once each, and decides nothing', async () => {
    const city = await cityAt('approveNotice');
    await city.moveTo('2022-03-02T02:00:00Z');
    expect(await told(city, 'approver-1')).toEqual(['workWaits']);
    await city.moveTo('2022-03-03T02:00:00Z');
    await city.sweep();
    expect(await told(city, 'approver-1')).toEqual(['workWaits', 'workOverdue']);
    expect(await told(city, 'director-1')).toEqual([]);
    await city.moveTo('2022-03-07T02:00:00Z');
    await city.sweep();
    expect(await titles(city, 'director-1', 'workEscalated')).toEqual(['督办：审批评估通知']);
    await city.moveTo('2022-04-20T02:00:00Z');
    expect(await told(city, 'approver-1')).toEqual(['workWaits', 'workOverdue']);
    expect(await told(city, 'auditor-1')).toEqual([]);
    const view = await (await city.as('handler-1')).get<object>(`/cycles/${YEAR}`);
    expect(view).toMatchObject({
      gate: { gate: 'approveNotice' },
      escalations: [{ escalatedTo: 'approver' }, { escalatedTo: 'director' }],
    });
    await city.decide('approver-1', 'return');
    expect((await city.view()).gate).toMatchObject({ gate: 'prepareNotice', attempt: 2 });
    expect(await (await city.as('handler-1')).get(`/cycles/${YEAR}`)).toMatchObject({ escalations: [] });
  });

  it('goes as far as the setting says: at last the auditor is informed', async () => {
    const city = await aCity({ settings: { escalateAfterWorkingDays: [1, 2, 3, 4] } });
    await city.start();
    await city.moveTo('2022-03-08T02:00:00Z');
    expect(await told(city, 'handler-1')).toEqual(['workWaits', 'workOverdue']);
    for (const higher of ['approver-1', 'director-1', 'auditor-1']) {
      expect(await told(city, higher)).toEqual(['workEscalated']);
    }
  });
});

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

it('hands back a self-evaluation with a message that leaves the reason in the record', async () => {
  const city = await cityAt('collectSelfEvaluations');
  await file(city, STEEL);
  await (await city.as('handler-1')).post(`${dossierPath(STEEL)}/return`, { reason: '考评员张三的证书缺页' });
  const { records } = await inbox(city, STEEL);
  const returned = records.find(({ kind }) => kind === 'selfEvaluationReturned');
  expect(returned).toMatchObject({ about: { filingNumber: STEEL } });
  expect(JSON.stringify(records)).not.toContain('张三');
});

it('tells everybody who took part that the year was cancelled', async () => {
  const city = await cityAt('approvePlan');
  await city.decide('approver-1', 'cancel');
  await city.sweep();
  for (const account of ['handler-1', 'auditor-1', TRAINING, SCHOOL]) {
    expect(await told(city, account)).toContain('cycleCancelled');
  }
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

const laterBy = ({ clock }: City, hours: number) =>
  new Date(clock.now().getTime() + hours * 3_600_000).toISOString();
