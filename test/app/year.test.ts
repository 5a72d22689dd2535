import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSelfEvaluation } from '../../infra/local/drive/agencies.ts';
import { moveTo, readCycle } from '../../infra/local/drive/year.ts';
import { type SampleYear, sampleYear } from './sample-year.ts';

const CYCLE = '/cycles/2021';
const SHOUXIAN = 'S000034040005';
const BOTONG = 'S000034040016';
const NEVER_FILES = 'Y000034040903';
const dossier = (filingNumber: string) => `${CYCLE}/dossiers/${filingNumber}`;
const decision = (gate: string) => `${CYCLE}/gates/${gate}/decision`;

interface JointView {
  visit: { joint: { entry: number } };
}

/** One year, lived through in order: each test leaves it where the next begins. */
describe('a year over the API', () => {
  let year: SampleYear;
  beforeAll(async () => {
    year = await sampleYear();
  }, 60_000);
  afterAll(() => year.done());

  const refusedAs = (code: string) => expect.objectContaining({ refused: code });

  it('starts once: a second start by hand is refused with a clear message', async () => {
    const again = await year.try('handler-1', 'post', '/cycles', { year: 2021 });
    expect(again).toMatchObject({ refused: 'cycleExists', status: 409 });
    expect(again).toMatchObject({ message: expect.stringContaining('2021 年度评估已经启动') });
  });

  it('lets only the gate’s own role decide, with a reason, and only what the gate knows', async () => {
    const approve = { attempt: 1, verdict: 'approve', reason: '同意' };
    const gate = decision('prepareNotice');
    expect(await year.try('approver-1', 'post', gate, approve)).toEqual(refusedAs('notAllowed'));
    expect(await year.try(SHOUXIAN, 'post', gate, approve)).toEqual(refusedAs('notAllowed'));
    expect(await year.try('handler-1', 'post', gate, { ...approve, reason: ' ' })).toEqual(
      refusedAs('reasonMissing'),
    );
    expect(await year.try('handler-1', 'post', gate, { ...approve, verdict: 'return' })).toEqual(
      refusedAs('unknownVerdict'),
    );
    expect(await year.try('handler-1', 'post', gate, { ...approve, verdict: 'cancel' })).toEqual(
      refusedAs('notAllowed'),
    );
    expect(await year.gate()).toMatchObject({ gate: 'prepareNotice', attempt: 1 });
  });

  it('takes a double click for one decision, and tells a second person who was faster', async () => {
    const { attempt } = await year.to('approveNotice');
    const approve = { attempt, verdict: 'approve', reason: '同意印发' };
    const gate = decision('approveNotice');
    const answers = await Promise.all([
      year.try('approver-1', 'post', gate, approve),
      year.try('approver-1', 'post', gate, approve),
      year.try('approver-1', 'post', gate, approve),
    ]);
    expect(answers.map((answer) => 'ok' in answer)).toEqual([true, true, true]);
    expect(await year.try('approver-2', 'post', gate, approve)).toMatchObject({
      refused: 'alreadyDecided',
      message: expect.stringContaining('王样例'),
    });
    await year.runtime.settled();
    const { history } = await readCycle(year);
    const decided = history.filter(({ type }) => type === 'gateDecided');
    expect(decided).toHaveLength(2);
    expect(await year.gate()).toMatchObject({ gate: 'collectSelfEvaluations', attempt: 1 });
  });

  it('freezes settings and rubric once the notice is approved', async () => {
    const { settings } = year.folder;
    expect(await year.try('handler-1', 'put', `${CYCLE}/settings`, settings)).toEqual(refusedAs('frozen'));
  });

  it('shows an agency its own dossier, and a foreign one as if it did not exist', async () => {
    expect(await year.try(SHOUXIAN, 'get', dossier(SHOUXIAN), undefined)).toHaveProperty('ok');
    const foreign = await year.try(SHOUXIAN, 'get', dossier(BOTONG), undefined);
    const unknown = await year.try(SHOUXIAN, 'get', dossier('S999999999999'), undefined);
    expect(foreign).toEqual(unknown);
    expect(foreign).toMatchObject({ status: 404 });
    const list = await year.try<{ records: { filingNumber: string }[] }>(
      SHOUXIAN,
      'get',
      `${CYCLE}/dossiers`,
      undefined,
    );
    expect(list).toMatchObject({ ok: { records: [{ filingNumber: SHOUXIAN }], cursor: null } });
  });

  it('refuses an incomplete self-evaluation and names what is missing', async () => {
    const commitment = { name: '张样例', position: '负责人', date: '2022-02-18' };
    const answers = { items: {}, bonus: {} };
    expect(
      await year.try(SHOUXIAN, 'post', `${dossier(SHOUXIAN)}/submission`, { answers, commitment }),
    ).toMatchObject({
      refused: 'incomplete',
      message: expect.stringContaining('A1、A2'),
    });
  });

  it('counts what was filed first when a returned self-evaluation is not filed again', async () => {
    const form = year.folder.selfEvaluations.get(BOTONG);
    if (!form) throw new Error('the sample has no such form');
    await fileSelfEvaluation(year, BOTONG, form);
    const returned = await year.try('handler-1', 'post', `${dossier(BOTONG)}/return`, {
      reason: '请补充说明',
    });
    expect(returned).toMatchObject({ ok: { status: 'collecting' } });
    expect(await year.try(BOTONG, 'get', dossier(BOTONG), undefined)).toMatchObject({
      ok: { returnedFor: '请补充说明' },
    });
    for (const [filingNumber, other] of year.folder.selfEvaluations) {
      if (filingNumber !== BOTONG) await fileSelfEvaluation(year, filingNumber, other);
    }
    expect(await year.gate()).toMatchObject({ gate: 'collectSelfEvaluations' });
  });

  it('moves a deadline with one edit; the sweep keeps to the new one, and a late submission is refused', async () => {
    const before = (await year.gate())?.deadline ?? '';
    const later = new Date(Date.parse(before) + 3 * 86_400_000).toISOString();
    const path = `${CYCLE}/gates/collectSelfEvaluations/deadline`;
    expect(
      await year.try('handler-1', 'put', path, { deadline: '2022-01-01T00:00:00Z', reason: '提前' }),
    ).toEqual(refusedAs('deadlineInvalid'));
    expect(
      await year.try('handler-1', 'put', path, { deadline: later, reason: '系统升级顺延' }),
    ).toHaveProperty('ok');
    await moveTo(year, new Date(Date.parse(before) + 2 * 3_600_000));
    expect(await year.gate()).toMatchObject({ gate: 'collectSelfEvaluations', deadline: later });
    // Late, and the sweep has not come by yet: the write itself refuses.
    year.clock.moveTo(new Date(Date.parse(later) + 1));
    expect(await year.try(BOTONG, 'put', `${dossier(BOTONG)}/draft`, { items: {}, bonus: {} })).toSatisfy(
      (answer) => ['deadlinePassed', 'gateNotOpen'].includes((answer as { refused: string }).refused),
    );
    await moveTo(year, new Date(Date.parse(later) + 2 * 3_600_000));
    expect(await year.gate()).toMatchObject({ gate: 'reviewAtDesk' });
    expect(await year.try('handler-1', 'get', dossier(NEVER_FILES), undefined)).toMatchObject({
      ok: { status: 'notFiled' },
    });
    expect(await year.try('handler-1', 'get', dossier(BOTONG), undefined)).toMatchObject({
      ok: { status: 'submitted' },
    });
  });

  it('draws again after a return, from the same seed, and publishes no reason of a certain visit', async () => {
    const { attempt } = await year.to('approvePlan');
    const first = await readCycle(year);
    await year.try('approver-1', 'post', decision('approvePlan'), {
      attempt,
      verdict: 'return',
      reason: '核对回避',
    });
    expect(await year.gate()).toMatchObject({ gate: 'approvePlan', attempt: 2 });
    const again = await readCycle(year);
    const draws = (view: typeof first) => view.history.filter(({ type }) => type === 'drawn');
    expect(draws(again)).toEqual(draws(first));
    const approve = { attempt: 2, verdict: 'approve', reason: '同意' };
    expect(await year.try('approver-1', 'post', decision('approvePlan'), approve)).toHaveProperty('ok');
  });

  it('hides one inspector’s record from the other until both are in, and takes each once', async () => {
    await year.to('inspectOnSite');
    const list = await year.try<{
      records: { filingNumber: string; inspectors: string[]; status: string }[];
    }>('handler-1', 'get', `${CYCLE}/dossiers`, undefined);
    const visit = 'ok' in list ? list.ok.records.find(({ status }) => status === 'visiting') : undefined;
    const [first = '', second = ''] = visit?.inspectors ?? [];
    const path = dossier(visit?.filingNumber ?? '');
    const inspection = year.folder.inspections.get(visit?.filingNumber ?? '');
    if (!inspection) throw new Error('no inspection for the visit');
    const { answers, representative } = inspection;
    const finding = { answers, representative, visitedOn: '2022-03-12' };
    const outsider = year.folder.staff.inspectors.find(({ id }) => ![first, second].includes(id))?.id ?? '';
    expect(await year.try(outsider, 'get', path, undefined)).toMatchObject({ status: 404 });
    expect(await year.try(outsider, 'post', `${path}/findings`, finding)).toMatchObject({ status: 404 });
    expect(await year.try(first, 'post', `${path}/findings`, finding)).toHaveProperty('ok');
    const later = { ...finding, visitedOn: '2022-03-13' };
    expect(await year.try(first, 'post', `${path}/findings`, later)).toEqual(refusedAs('alreadyRecorded'));
    expect(await year.try(second, 'get', path, undefined)).toMatchObject({ ok: { visit: { findings: {} } } });
    // The second inspector saw one thing differently: the visit stays open until both agree.
    const other = structuredClone(finding);
    other.answers.items.D5 = { ...other.answers.items.D5, facts: { kind: 'deduction', faults: 6 } };
    expect(await year.try(second, 'post', `${path}/findings`, other)).toMatchObject({
      ok: { status: 'visiting' },
    });
    const facts = answers.items.D5?.facts;
    const joint = { settled: [{ item: 'D5', facts, reason: '复看记录后一致认定' }] };
    const drafted = await year.try<JointView>(first, 'post', `${path}/joint-entry`, joint);
    expect(drafted).toMatchObject({ ok: { status: 'visiting', visit: { differing: ['D5'] } } });
    const entry = 'ok' in drafted ? drafted.ok.visit.joint.entry : 0;
    const confirm = `${path}/joint-entry-confirmation`;
    expect(await year.try(first, 'post', confirm, { entry })).toEqual(refusedAs('jointEntryOwn'));
    expect(await year.try(second, 'post', confirm, { entry })).toMatchObject({ ok: { status: 'visited' } });
  });

  it('shows an agency its score with the draft result, not before', async () => {
    const list = async () => year.try(SHOUXIAN, 'get', dossier(SHOUXIAN), undefined);
    const gate = await year.gate();
    await moveTo(year, new Date(Date.parse(gate?.deadline ?? '') + 2 * 3_600_000));
    expect(await year.gate()).toMatchObject({ gate: 'reviewScores' });
    expect(await list()).not.toHaveProperty('ok.score');
  });

  it('sends agencies back to inspection, then goes on', async () => {
    const back = { attempt: 1, verdict: 'return', reason: '请复查', agencies: [BOTONG] };
    expect(await year.try('approver-1', 'post', decision('reviewScores'), back)).toHaveProperty('ok');
    expect(await year.gate()).toMatchObject({ gate: 'inspectOnSite', attempt: 2 });
    const gate = await year.gate();
    await moveTo(year, new Date(Date.parse(gate?.deadline ?? '') + 2 * 3_600_000));
    expect(await year.gate()).toMatchObject({ gate: 'reviewScores', attempt: 2 });
    const approve = { attempt: 2, verdict: 'approve', reason: '同意公示' };
    expect(await year.try('approver-1', 'post', decision('reviewScores'), approve)).toHaveProperty('ok');
    expect(await year.gate()).toMatchObject({ gate: 'answerDraftResults' });
    expect(await year.try(SHOUXIAN, 'get', dossier(SHOUXIAN), undefined)).toHaveProperty('ok.score.total');
    await year.to('receiveObjections');
    expect(await year.try(SHOUXIAN, 'get', dossier(SHOUXIAN), undefined)).toMatchObject({
      ok: { status: 'announced', answers: [{ verdict: 'upheld', decision: expect.any(String) }] },
    });
  });

  it('keeps publication waiting for an open objection, even after the window', async () => {
    const raise = { items: ['B3'], reason: '公示材料已补交' };
    expect(await year.try(BOTONG, 'post', `${dossier(BOTONG)}/objections`, raise)).toMatchObject({
      ok: { status: 'objected' },
    });
    const gate = await year.gate();
    await moveTo(year, new Date(Date.parse(gate?.deadline ?? '') + 2 * 3_600_000));
    expect(await year.gate()).toMatchObject({ gate: 'receiveObjections' });
    expect(await year.try(SHOUXIAN, 'post', `${dossier(SHOUXIAN)}/objections`, raise)).toEqual(
      refusedAs('deadlinePassed'),
    );
    const reject = { verdict: 'rejected', reason: '证据不足', corrections: [] };
    const path = `${dossier(BOTONG)}/objection-decision`;
    expect(await year.try('approver-2', 'post', path, reject)).toHaveProperty('ok');
    // Once more, as after a lost answer: answered alike.
    expect(await year.try('approver-2', 'post', path, reject)).toHaveProperty('ok');
    expect(await year.gate()).toMatchObject({ gate: 'prepareCircular' });
  });

  it('is cancelled by the director with a reason, and ends there', async () => {
    const cancel = { attempt: 1, verdict: 'cancel', reason: '省里另行部署' };
    expect(await year.try('director-1', 'post', decision('prepareCircular'), cancel)).toHaveProperty('ok');
    await year.runtime.settled();
    const { status, history } = await readCycle(year);
    expect([status, history.at(-1)?.reason]).toEqual(['cancelled', '省里另行部署']);
  });
}, 60_000);
