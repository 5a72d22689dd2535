/** Who is reminded before a deadline, and who is told when nobody acts. */
import { describe, expect, it } from 'vitest';
import { POWER, STEEL, YEAR } from '../../support/agencies.ts';
import { aCity } from '../../support/city.ts';
import { cityAt, inbox, titles, told } from '../../support/inbox.ts';
import { dossierPath, file, inStatus, record } from '../../support/passage.ts';

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
