/** Complaints from the public: handed in and asked after without an account, looked at, decided by two, and kept apart from names. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FILES } from '../../../infra/local/names.ts';
import {
  complaintKey,
  contactKey,
  dayKey,
  extendComplaint,
  findComplaint,
  StoredContact,
  toDoKey,
} from '../../../shared/app/complaints/complaint-records.ts';
import type { InboxPage } from '../../../shared/app/inbox.ts';
import type { Complaint } from '../../../shared/domain/complaint.ts';
import type { ComplaintList, ComplaintView } from '../../../shared/domain/complaint-forms.ts';
import { POWER, STEEL, UNKNOWN, YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City, openCity, refusalOf } from '../../support/city.ts';
import {
  aComplaint,
  accept,
  act,
  CONTACT,
  complain,
  lookUp,
  propose,
  review,
  send,
  settle,
  stateOf,
} from '../../support/complaints.ts';
import { inStatus } from '../../support/passage.ts';

const list = async (city: City, account = 'handler-1') =>
  (await city.as(account)).get<ComplaintList>('/complaints');
const view = async (city: City, number: string, account = 'handler-1') =>
  (await city.as(account)).get<ComplaintView>(`/complaints/${number}/record`);
const contactOf = async (city: City, number: string, account: string) =>
  (await city.as(account)).get(`/complaints/${number}/contact`);
const found = async (city: City, number: string) =>
  (await findComplaint(city.deps, number)) ?? expect.fail(`no complaint ${number}`);
const told = async (city: City, account: string) =>
  (await (await city.as(account)).get<InboxPage>('/inbox')).records
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith('complaint'));
const body = async (response: Response) => (await response.json()) as { code: string; message: string };

it('takes a complaint without an account, and tells what became of it to whoever has number and code', async () => {
  const city = await aCity();
  const receipt = await complain(city, 'first');
  // Monday: three working days end on Thursday, seven on the next Wednesday.
  expect(receipt).toMatchObject({
    firstLookBy: '2022-03-03T15:59:59.999Z',
    answerBy: '2022-03-09T15:59:59.999Z',
  });
  expect(await stateOf(city, receipt)).toMatchObject({
    number: receipt.number,
    status: '待初审',
    agency: '淮河钢铁有限公司',
    answer: null,
  });
  await accept(city, receipt.number);
  await propose(city, receipt.number, true);
  // What nobody has approved is not told.
  expect(await stateOf(city, receipt)).toMatchObject({ status: '处理中', answer: null });
  await review(city, receipt.number, 'approve');
  expect(await stateOf(city, receipt)).toMatchObject({ status: '属实', answer: '您反映的情况属实。' });
  const small = { number: receipt.number.toLowerCase(), code: receipt.code.replaceAll('-', ' ') };
  expect((await lookUp(city, small.number, small.code)).status).toBe(200);
});

it('answers a wrong number, a wrong code and no code alike', async () => {
  const city = await aCity();
  const { number, code } = await complain(city, 'first');
  const other = await complain(city, 'second');
  const wrong: [string, string?][] = [
    [number, other.code],
    [number, ''],
    [number],
    ['TS-0000-0000-0000', code],
    ['x', code],
    ['../cycles', code],
  ];
  for (const [asked, with_] of wrong) {
    const answer = await lookUp(city, asked, with_);
    expect(answer.status).toBe(404);
    expect(await body(answer)).toEqual({
      code: 'complaintUnknown',
      message: '没有找到该投诉，请核对受理编号和查询码',
      data: {},
    });
  }
});

it('said again after a lost answer is one complaint with the same receipt; something else under its id is refused', async () => {
  const city = await aCity();
  const [one, two] = await Promise.all([complain(city, 'first'), complain(city, 'first')]);
  expect(two).toEqual(one);
  expect((await list(city)).open).toHaveLength(1);
  for (const change of [
    { text: '完全是另外一件事情，与前不同。' },
    { contact: { name: '张', reach: '1' } },
    { year: 2020 },
  ]) {
    const refused = await send(city, aComplaint('first', change));
    expect([refused.status, (await body(refused)).code]).toEqual([409, 'complaintKnown']);
  }
  expect((await found(city, one.number)).history).toHaveLength(1);
});

it('takes no more in a day than the setting says, and goes on the next', async () => {
  const city = await aCity();
  const handler = await city.as('handler-1');
  const profile = await handler.get<{ complaints: object }>('/profile');
  await handler.put('/profile', { ...profile, complaints: { ...profile.complaints, perDay: 2 } });
  await complain(city, 'first');
  await complain(city, 'second');
  const refused = await send(city, aComplaint('third'));
  expect([refused.status, (await body(refused)).code]).toEqual([429, 'tooManyComplaints']);
  // Said again does not count as another.
  await complain(city, 'first');
  await city.moveTo('2022-03-01T01:00:00Z');
  await complain(city, 'third');
  expect((await list(city)).open).toHaveLength(3);
});

it.each([
  ['no text', { text: '' }, '请写明投诉的事实'],
  ['no agency', { agency: { name: ' ' } }, '请写明被投诉机构的名称'],
  ['an id that can be guessed', { id: '1' }, 'id'],
  ['a field that nobody asked for', { number: 'TS-0000-0000-0000' }, 'number'],
])('refuses %s, in Chinese', async (_what, changes, words) => {
  const city = await aCity({ agencies: [] });
  const refused = await send(city, aComplaint('first', changes));
  expect(refused.status).toBe(400);
  expect((await body(refused)).message).toContain(words);
});

it('reads nothing that is longer than the form', async () => {
  const city = await aCity({ agencies: [] });
  const refused = await send(city, aComplaint('first', { text: '长'.repeat(20_000) }));
  expect([refused.status, (await body(refused)).code]).toEqual([413, 'bodyTooLarge']);
});

it('lists what is open in front, what is due first foremost, and marks what is late', async () => {
  const city = await aCity();
  const late = await complain(city, 'late');
  const done = await complain(city, 'done');
  await act(city, 'handler-1', done.number, 'first-look', { verdict: 'refuse', answer: '不属于本中心职责' });
  await city.moveTo('2022-03-04T01:00:00Z');
  const fresh = await complain(city, 'fresh');
  const { open, closed } = await list(city, 'auditor-1');
  expect(open.map(({ number, overdue }) => [number, overdue])).toEqual([
    [late.number, true],
    [fresh.number, false],
  ]);
  expect(closed).toMatchObject([{ number: done.number, statusTitle: '不予受理', overdue: false }]);
  expect(await stateOf(city, done)).toMatchObject({ status: '不予受理', answer: '不属于本中心职责' });
});

it('is accepted for an agency on file only, and each step once and in its order', async () => {
  const city = await aCity();
  const { number } = await complain(city, 'first', { agency: { name: '河边那家厂' } });
  expect(await refusalOf(accept(city, number, 'handler-1', UNKNOWN))).toMatchObject({ status: 400 });
  expect(await refusalOf(propose(city, number, true))).toMatchObject({ code: 'notAtThisStep' });
  await accept(city, number);
  await accept(city, number);
  expect(await refusalOf(accept(city, number, 'handler-2'))).toMatchObject({ code: 'notAtThisStep' });
  expect(await view(city, number)).toMatchObject({
    agency: '淮河钢铁有限公司',
    filingNumber: STEEL,
    handler: 'handler-1',
  });
  expect((await found(city, number)).history.map(({ type }) => type)).toEqual(['received', 'accepted']);
});

it('a finding is reviewed by an approver who prepared nothing of it, and may be handed back', async () => {
  const city = await aCity();
  const { number } = await complain(city, 'first');
  await accept(city, number);
  await act(city, 'handler-2', number, 'take-over', { reason: '原经办人休假' });
  await propose(city, number, true, 'handler-2');
  expect(await refusalOf(review(city, number, 'approve', 'handler-2'))).toMatchObject({ code: 'notAllowed' });
  for (const account of ['handler-1', 'handler-2']) {
    await city.reappoint(account, 'approver');
    expect(await refusalOf(review(city, number, 'approve', account))).toMatchObject({ code: 'ownWork' });
  }
  await city.reappoint('handler-2', 'handler');
  await review(city, number, 'return');
  expect(await told(city, 'handler-2')).toContain('complaintReturned');
  await propose(city, number, false, 'handler-2');
  // Around the handlers: the store itself refuses, whatever the state that the caller made up.
  const real = await found(city, number);
  const forged: Complaint = { ...real, handlers: [] };
  const approve = { type: 'findingApproved' as const, data: { upheld: true }, reason: '同意' };
  const around = await extendComplaint(city.deps, forged, actor('handler-1', 'approver'), approve);
  expect(around).toMatchObject({ code: 'changedMeanwhile' });
  await review(city, number, 'approve');
  expect((await view(city, number)).statusTitle).toBe('不属实');
});

it('nobody who was sent to the agency has a say in it, not even around the handlers', async () => {
  const city = await aCity();
  await city.start();
  await city.to('inspectOnSite');
  const [visited = ''] = await inStatus(city, 'visiting');
  const [inspector = ''] = (await city.dossier(visited)).visit?.inspectors ?? [];
  const { number } = await complain(city, 'first', { agency: { name: '某机构', filingNumber: visited } });
  await city.reappoint(inspector, 'handler');
  expect(await refusalOf(accept(city, number, inspector, visited))).toMatchObject({ code: 'recused' });
  await accept(city, number, 'handler-1', visited);
  expect(await refusalOf(propose(city, number, true, inspector))).toMatchObject({ code: 'recused' });
  const next = { type: 'findingProposed' as const, data: { upheld: false, answer: '不属实' }, reason: '无' };
  const around = await extendComplaint(
    city.deps,
    await found(city, number),
    actor(inspector, 'handler'),
    next,
  );
  expect(around).toMatchObject({ code: 'changedMeanwhile' });
  await propose(city, number, true);
  await city.reappoint(inspector, 'approver');
  expect(await refusalOf(review(city, number, 'approve', inspector))).toMatchObject({ code: 'recused' });
  await review(city, number, 'approve');
});

it('who complained is seen by those who deal with it and by the auditor, and by nobody else', async () => {
  const city = await aCity();
  const { number } = await complain(city, 'first');
  expect(await refusalOf(contactOf(city, number, 'handler-1'))).toMatchObject({ code: 'contactWithheld' });
  await accept(city, number);
  expect(await contactOf(city, number, 'handler-1')).toEqual(CONTACT);
  expect(await contactOf(city, number, 'auditor-1')).toEqual(CONTACT);
  expect(await refusalOf(contactOf(city, number, 'handler-2'))).toMatchObject({ code: 'contactWithheld' });
  for (const account of ['approver-1', 'director-1', 'inspector-1', STEEL]) {
    expect(await refusalOf(contactOf(city, number, account))).toMatchObject({ code: 'notAllowed' });
  }
  for (const account of ['inspector-1', STEEL]) {
    expect(await refusalOf(view(city, number, account))).toMatchObject({ code: 'notAllowed' });
    expect(await refusalOf(list(city, account))).toMatchObject({ code: 'notAllowed' });
  }
  const shown = JSON.stringify([await view(city, number), await list(city), await found(city, number)]);
  const inboxes = JSON.stringify(await (await city.as('handler-1')).get('/inbox'));
  for (const text of [shown, inboxes]) {
    for (const personal of Object.values(CONTACT)) expect(text).not.toContain(personal);
  }
});

it('a contact is erased in time, and the chain holds on without it', async () => {
  const city = await aCity();
  const { number } = await complain(city, 'first');
  const anonymous = await complain(city, 'second', { contact: {} });
  await settle(city, number);
  expect(await refusalOf(contactOf(city, anonymous.number, 'handler-1'))).toMatchObject({
    code: 'contactWithheld',
  });
  await city.moveTo('2023-02-28T14:00:00Z');
  await city.sweep();
  expect(await contactOf(city, number, 'auditor-1')).toEqual(CONTACT);
  await city.moveTo('2023-02-28T17:00:00Z');
  await city.sweep();
  expect(await contactOf(city, number, 'auditor-1')).toEqual({ name: '', reach: '' });
  expect(await city.deps.items.get(contactKey(number), StoredContact)).toBeUndefined();
  expect((await view(city, number)).history.map(({ type }) => type)).toEqual([
    'received',
    'accepted',
    'findingProposed',
    'findingApproved',
    'contactErased',
  ]);
});

it('reminds before each clock runs out, and tells the next role when it has', async () => {
  const city = await aCity();
  const { number } = await complain(city, 'first');
  expect(await told(city, 'handler-1')).toEqual(['complaintReceived']);
  await city.moveTo('2022-03-02T02:00:00Z');
  await city.sweep();
  await city.sweep();
  expect(await told(city, 'handler-1')).toEqual(['complaintDue', 'complaintReceived']);
  await city.moveTo('2022-03-03T17:00:00Z');
  await city.sweep();
  await city.sweep();
  expect(await told(city, 'approver-1')).toEqual(['complaintOverdue']);
  await accept(city, number);
  await propose(city, number, true);
  await city.moveTo('2022-03-08T02:00:00Z');
  await city.moveTo('2022-03-09T17:00:00Z');
  await city.sweep();
  expect(await told(city, 'approver-1')).toEqual(['complaintDue', 'complaintProposed', 'complaintOverdue']);
  expect(await told(city, 'director-1')).toEqual(['complaintOverdue']);
  await review(city, number, 'approve');
  await city.moveTo('2022-04-01T01:00:00Z');
  await city.sweep();
  expect(await told(city, 'director-1')).toEqual(['complaintOverdue']);
});

it('what a crash leaves is finished: a mark without a record goes with its contact, a closed one loses its mark', async () => {
  const city = await aCity();
  const { deps } = city;
  const at = deps.clock.now().toISOString();
  const lost = 'TS-1111-1111-1111';
  await deps.items.put(toDoKey(lost), { at });
  await deps.items.put(contactKey(lost), { ...CONTACT, salt: 'x' });
  const { number } = await complain(city, 'first');
  await settle(city, number);
  await deps.items.put(toDoKey(number), { at });
  await city.moveTo(new Date(Date.parse(at) + 30 * 60_000).toISOString());
  expect(await deps.items.get(contactKey(lost), StoredContact)).toBeDefined();
  await city.sweep();
  await city.sweep();
  expect(await deps.items.get(contactKey(lost), StoredContact)).toBeUndefined();
  expect(await deps.items.count('COMPLAINT#OPEN')).toBe(0);
  expect(await contactOf(city, number, 'auditor-1')).toEqual(CONTACT);
});

it('leaves no name, number or code in any log', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'xingping-logs-'));
  const city = await openCity({ dir });
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const { number, code } = await complain(city, 'first');
  await lookUp(city, number, 'wrong');
  await lookUp(city, number, code);
  await accept(city, number);
  await city.close();
  const log = readFileSync(join(dir, FILES.log), 'utf8');
  expect(log).toContain('complaintUnknown');
  for (const secret of [...Object.values(CONTACT), code, number, aComplaint('first').id, '替考']) {
    expect(log).not.toContain(secret);
  }
});

it('keeps the key of each kind of row to itself', () => {
  const keys = [complaintKey('n'), contactKey('n'), toDoKey('n'), dayKey('d')].map(({ pk }) => pk);
  expect(new Set(keys).size).toBe(4);
});

it('a second complaint about another agency is no business of the first', async () => {
  const city = await aCity();
  const first = await complain(city, 'first');
  const second = await complain(city, 'second', {
    agency: { name: '淮河电力有限公司', filingNumber: POWER },
  });
  await settle(city, first.number);
  expect((await list(city)).open.map(({ number }) => number)).toEqual([second.number]);
  expect(await view(city, second.number)).toMatchObject({ year: YEAR, status: 'received' });
});
