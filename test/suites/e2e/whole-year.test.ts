/** A whole year by clicking: two agencies, an inspector, handler, approvers and director; a third agency files behind the scenes. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '../../../shared/app/records.ts';
import { DEFAULT_RUBRIC } from '../../../shared/domain/default-rubric.ts';
import { INSPECTORS, POWER, pdf, SCHOOL, SMALL_CITY, STEEL, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { attach, fillItem, openPart } from '../../support/form-filling.ts';
import { dossierPath, file, finding, inStatus, pastDeadline, review } from '../../support/passage.ts';
import { decideOn, fillVisit, treatFlags, windowsOf } from '../../support/staff-portal.ts';

const AGENCIES = SMALL_CITY.filter(({ filingNumber }) => [STEEL, SCHOOL, POWER].includes(filingNumber));
const [NOT_OURS] = DEFAULT_RUBRIC.parts.flatMap(({ items }) => items.filter(({ code }) => code === 'D4'));

describe('a whole year', () => {
  let city: City;
  let browser: Browser;
  let windows: ReturnType<typeof windowsOf>;

  const gate = async () => (await city.cycle()).gate?.gate;
  const dossierPage = (filingNumber: string) => `/work/dossiers/${YEAR}/${filingNumber}`;
  const atGate = (account: string, name: string) => windows.of(account, `/work/gates/${YEAR}/${name}`);
  /** Decides a gate as its page asks for it. */
  const approve = async (account: string, name: string, choice?: string) => {
    const page = await atGate(account, name);
    // What the decision rests on arrives piece by piece above it.
    await page.waitForLoadState('networkidle');
    await decideOn(page, { form: '办理', ...(choice && { choice }) });
    await page.getByText(/^已办理：同意/).waitFor();
    await city.runtime.settled();
  };
  const sign = async (page: Page) => {
    await openPart(page, '检查并提交');
    await page.getByLabel('承诺人姓名').fill('张某');
    await page.getByLabel('职务').fill('经理');
    await page.getByLabel(/我已阅读承诺书/).check();
    await page.getByRole('button', { name: '签署承诺并提交' }).click();
    await page.getByRole('button', { name: '确认提交' }).dblclick();
    await page.getByRole('heading', { name: '提交回执' }).waitFor();
    await city.runtime.settled();
  };
  /** Fills in the form part by part; one item is declared not to apply. */
  const fill = async (account: string, notApplicable?: string) => {
    const page = await windows.of(account, `/work/years/${YEAR}/form`);
    for (const { code, title, items } of DEFAULT_RUBRIC.parts) {
      await openPart(page, `${code} ${title}`);
      for (const item of items) {
        const card = page.locator(`#${item.code}`);
        if (item.code === notApplicable) {
          await card.getByLabel('本项不适用于本机构').check();
          await card.getByLabel('不适用的理由').fill('本机构没有线上机考');
          continue;
        }
        await fillItem(page, item);
        if (item.code === 'A1') {
          await attach(page, 'A1', [
            { name: '台账.pdf', mimeType: 'application/pdf', buffer: pdf(`${account} 的台账`) },
          ]);
          await card.getByRole('button', { name: '台账.pdf', exact: true }).waitFor();
        } else {
          await card.getByLabel('选用其他项目的材料').selectOption({ label: '台账.pdf（2021年6月30日）' });
        }
      }
    }
    await sign(page);
  };

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity({ agencies: AGENCIES }), openBrowser()]);
    windows = windowsOf(city, browser);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('is started, its notice drafted and approved', async () => {
    const handler = await windows.of('handler-1', '/work/settings');
    await handler.getByText('启动新的评估年度').click();
    await handler.getByLabel('评估年度', { exact: true }).fill(String(YEAR));
    await decideOn(handler, { form: '启动评估年度', reason: '' });
    await handler.getByText(`${YEAR} 年度评估已启动`).waitFor();
    city.year = YEAR;
    await city.runtime.settled();
    await (await city.as('handler-1')).put(`/cycles/${YEAR}/inspectors`, INSPECTORS);
    await approve('handler-1', 'prepareNotice');
    await approve('approver-1', 'approveNotice', '同意');
    expect(await gate()).toBe('collectSelfEvaluations');
  });

  it('is filed by two agencies, one of which has an item that does not apply', async () => {
    await fill(STEEL);
    await fill(SCHOOL, NOT_OURS?.code);
    expect((await city.dossier(SCHOOL)).submission?.answers.items.D4?.notApplicable?.reason).toBe(
      '本机构没有线上机考',
    );
  }, 240_000);

  it('gives more time, and hands a form back that its agency corrects', async () => {
    const handler = await atGate('handler-1', 'collectSelfEvaluations');
    const before = (await city.cycle()).gate?.deadline ?? '';
    await handler.getByLabel(/新的截止日期/).fill('2022-03-21');
    await decideOn(handler, { form: '调整截止时间', reason: '平台停机两天' });
    await handler.getByText('截止时间已调整为 2022年3月21日 23:59').waitFor();
    expect((await city.cycle()).gate?.deadline).not.toBe(before);
    await windows.of('handler-1', dossierPage(STEEL));
    await decideOn(handler, { form: '退回自评', reason: 'A2 批次数与平台不符' });
    await handler.getByText('已退回机构更正').waitFor();
    await city.runtime.settled();
    const steel = await windows.of(STEEL);
    await steel.getByText('A2 批次数与平台不符').waitFor();
    await steel.getByRole('link', { name: /更正自评/ }).click();
    await steel.locator('#A2 input.number').first().fill('9');
    await steel.getByText(/^已保存/).waitFor();
    await sign(steel);
    const { submission } = await city.dossier(STEEL);
    expect(submission?.answers.items.A2?.facts).toMatchObject({ values: { numerator: 9 } });
    await file(city, POWER);
    expect(await gate()).toBe('reviewAtDesk');
  });

  it('is reviewed at the desk, and whoever approves decides what does not apply', async () => {
    const approver = await windows.of('approver-1');
    await approver.getByText('申报不适用 1 项').waitFor();
    await windows.of('approver-1', dossierPage(SCHOOL));
    await decideOn(approver, { form: '不适用审批：D4', choice: '同意', reason: '确无线上机考' });
    await approver.getByText('D4 已办理：同意不适用').waitFor();
    for (const filingNumber of [STEEL, SCHOOL]) {
      const handler = await windows.of('handler-1', dossierPage(filingNumber));
      await treatFlags(handler);
      await decideOn(handler, { form: '材料复核', reason: '与台账一致' });
      await handler.getByText('已完成材料复核').waitFor();
    }
    await review(city, POWER);
    expect(await gate()).toBe('approvePlan');
  });

  it('is inspected: one asked to be excused, one was asked to keep away, and others took their places', async () => {
    // Broken behind everybody's back: figures that fit no schema, found when scores are computed.
    await city.deps.items.put(keys.platform(YEAR, POWER), { filingNumber: POWER, completedBatches: '十二' });
    await approve('approver-1', 'approvePlan', '同意');
    const [visited = ''] = await inStatus(city, 'visiting');
    const [first = '', second = ''] = (await city.dossier(visited)).visit?.inspectors ?? [];

    const inspector = await windows.of(first);
    await inspector.getByText('申请回避', { exact: true }).first().click();
    await inspector.getByLabel('机构备案号').fill(visited);
    await decideOn(inspector, { form: '申请回避', reason: '配偶在该机构任职' });
    await inspector.getByText(`已申请对 ${visited} 回避`).waitFor();

    const agency = await windows.of(visited, `/work/years/${YEAR}`);
    await agency.getByText('申请检查人员回避').click();
    await agency.getByRole('radio', { name: second }).check();
    await agency.getByLabel('申请回避的理由').fill('曾为竞争机构的负责人');
    await agency.getByRole('button', { name: '申请回避', exact: true }).click();
    await agency.getByRole('button', { name: '确认提交' }).dblclick();
    await agency.getByText(/曾为竞争机构的负责人.*等待负责人决定/).waitFor();

    const approver = await windows.of('approver-1', dossierPage(visited));
    await decideOn(approver, { form: `回避申请：${first}`, choice: '同意回避', reason: '情况属实' });
    await approver.getByText('回避申请已决定').waitFor();
    await decideOn(approver, { form: `回避申请：${second}`, choice: '不同意回避', reason: '没有依据' });
    await approver.getByText('回避申请已决定').waitFor();
    await city.runtime.settled();
    const { visit } = await city.dossier(visited);
    expect(visit?.inspectors).toContain(second);
    expect(visit?.inspectors).not.toContain(first);

    const left = await windows.of(first, `/work/visits/${YEAR}/${visited}`);
    await left.getByText('没有找到该档案').waitFor();
    const phone = await windows.of(second, `/work/visits/${YEAR}/${visited}`);
    await phone.setViewportSize({ width: 360, height: 740 });
    await fillVisit(phone);
    await decideOn(phone, { form: '签名提交', reason: '', clicks: 2 });
    await phone.getByText('您的检查记录已提交').waitFor();
    for (const other of await inStatus(city, 'visiting')) await inspectRest(city, other);
    expect(await gate()).toBe('reviewScores');
  });

  it('is scored, once what was wrong with an agency’s data is put right', async () => {
    const handler = await windows.of('handler-1');
    await handler.getByRole('link', { name: '淮河电力有限公司' }).click();
    await city.deps.items.remove(keys.platform(YEAR, POWER));
    await decideOn(handler, { form: '解除数据问题', reason: '平台数据已更正' });
    await handler.getByText('已解除数据问题').waitFor();
    const approver = await atGate('approver-1', 'reviewScores');
    const form = approver.getByRole('region', { name: '办理' });
    await form.getByRole('radio', { name: '退回' }).check();
    await form.getByRole('checkbox', { name: /淮河电力/ }).check();
    await decideOn(approver, { form: '办理', reason: '补算得分' });
    await approver.getByText(/^已办理：退回/).waitFor();
    await city.to('reviewScores', 2);
    await approve('approver-1', 'reviewScores', '同意');
    expect(await gate()).toBe('answerDraftResults');
  });

  it('is told to the agencies; one accepts, one objects and is answered by somebody who was not there', async () => {
    const steel = await windows.of(STEEL, `/work/years/${YEAR}`);
    await steel.getByRole('button', { name: '对初评结果没有意见' }).click();
    await steel.getByRole('button', { name: '确认没有意见' }).dblclick();
    await steel.getByText('初评结果已反馈，等待公示').waitFor();
    await pastDeadline(city);
    expect(await gate()).toBe('receiveObjections');
    const school = await windows.of(SCHOOL, `/work/years/${YEAR}`);
    await school.getByRole('checkbox', { name: /^A2 / }).check();
    await school.getByLabel('异议理由').fill('执行批次数应为 10');
    await school.getByRole('button', { name: '提出异议', exact: true }).click();
    await school.getByRole('button', { name: '确认提交' }).dblclick();
    await school.getByText('正在处理，决定作出后会发送消息').waitFor();
    const approver = await windows.of('approver-2');
    await approver.getByRole('link', { name: '淮河技师学院' }).click();
    await decideOn(approver, { form: '异议处理', choice: '异议不成立', reason: '与台账不符' });
    await approver.getByText('已处理：异议不成立').waitFor();
    await windows.of(SCHOOL, `/work/years/${YEAR}`);
    await school.getByText('异议不成立：与台账不符').waitFor();
    await pastDeadline(city);
    expect(await gate()).toBe('prepareCircular');
  });

  it('ends with a circular that is signed, and everybody reads it', async () => {
    await approve('handler-1', 'prepareCircular');
    await approve('director-1', 'signCircular', '同意');
    expect((await city.cycle()).status).toBe('published');
    const anybody = await browser.open();
    await anybody.goto(`${city.runtime.origin}/stars`);
    await anybody.getByRole('table').getByText('淮河钢铁有限公司').waitFor();
    const steel = await windows.of(STEEL, '/work/history');
    await steel.getByRole('table', { name: '各年度结果' }).getByText(`${YEAR} 年度`).waitFor();
  });
});

/** The other inspectors, behind the scenes: they find what the agency filed. */
async function inspectRest(city: City, filingNumber: string): Promise<void> {
  const { visit, submission } = await city.dossier(filingNumber);
  const items = Object.entries(submission?.answers.items ?? {}).map(([code, answer]) => {
    const { evidence: _filed, ...found } = answer;
    return [code, found];
  });
  const answers = { items: Object.fromEntries(items), bonus: {} };
  for (const inspector of visit?.inspectors ?? []) {
    if (visit?.findings[inspector]) continue;
    const path = `${dossierPath(filingNumber)}/findings`;
    await (await city.as(inspector)).post(path, { ...finding(), answers });
    await city.runtime.settled();
  }
}
