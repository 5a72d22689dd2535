/** What comes back to an agency: a form handed back, its score, an objection, rectification, its stars through the years. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POWER, pdf, SCHOOL, STEEL, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser, seriousViolations } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { dossierPath, file } from '../../support/passage.ts';
import { enter } from '../../support/portal.ts';

const PAGE = `/work/years/${YEAR}`;
const proof = { name: '证明.pdf', mimeType: 'application/pdf', buffer: pdf('证明') };

describe('what comes back to an agency', () => {
  let city: City;
  let browser: Browser;
  const agency = async (account: string, path: string, width = 1280): Promise<Page> => {
    const page = await browser.open({ width, height: 800 });
    await enter(page, city, account, path);
    return page;
  };
  const sound = async (page: Page) => {
    await page.waitForLoadState('networkidle');
    expect(await seriousViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.setViewportSize({ width: 1280, height: 800 });
  };

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity({ silent: [POWER] }), openBrowser()]);
    await city.start();
    await city.to('collectSelfEvaluations');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('is its form, handed back with a reason, beside what it filed before', async () => {
    await file(city, SCHOOL);
    const handler = await city.as('handler-1');
    await handler.post(`${dossierPath(SCHOOL)}/return`, { reason: 'A2 批次数与平台不符' });
    const page = await agency(SCHOOL, '/work');
    await page.getByText('A2 批次数与平台不符').waitFor();
    await page.getByRole('link', { name: /更正自评/ }).click();
    await page.getByText('退回理由：A2 批次数与平台不符').waitFor();
    const card = page.locator('#A2');
    await card.getByText('上一轮填报').waitFor();
    await sound(page);
    await card.locator('input.number').first().fill('3');
    await card.getByText('已更改').waitFor();
    await page.goto(`${city.runtime.origin}${PAGE}/form?part=check`);
    await page.getByLabel('承诺人姓名').fill('张某');
    await page.getByLabel('职务').fill('校长');
    await page.getByLabel(/我已阅读承诺书/).check();
    await page.getByRole('button', { name: '签署承诺并提交' }).click();
    await page.getByRole('button', { name: '确认提交' }).click();
    await page.getByRole('heading', { name: '提交回执' }).waitFor();
    await page.getByText(/退回理由：A2 批次数与平台不符/).waitFor();
    expect((await city.dossier(SCHOOL)).submission?.answers.items.A2?.facts).toMatchObject({
      values: { numerator: 3 },
    });
    await page.close();
  });

  it('is its draft result, which it answers on facts, and the reply', async () => {
    await city.to('answerDraftResults');
    const page = await agency(STEEL, '/work');
    await page.getByRole('link', { name: /查看初评结果/ }).click();
    await page.getByRole('heading', { name: '初评结果', exact: true }).waitFor();
    await page.getByRole('checkbox', { name: /^A3 / }).check();
    await page.getByLabel('陈述申辩的理由').fill('报备均在期限内');
    await sound(page);
    await page.getByRole('button', { name: '提出陈述申辩', exact: true }).click();
    await page.getByRole('button', { name: '确认提交' }).dblclick();
    await page.getByText('正在处理，决定作出后会发送消息').waitFor();
    expect((await city.dossier(STEEL)).answers).toMatchObject([{ items: ['A3'], reason: '报备均在期限内' }]);
    await (await city.as('handler-2')).post(`${dossierPath(STEEL)}/answer-decision`, {
      verdict: 'rejected',
      reason: '与报备系统不符',
    });
    await city.runtime.settled();
    await page.reload();
    await page.getByText('不采纳：与报备系统不符').waitFor();
    await page.close();
    const school = await agency(SCHOOL, PAGE);
    await school.getByRole('button', { name: '对初评结果没有意见' }).click();
    await school.getByRole('button', { name: '确认没有意见' }).dblclick();
    await school.getByText('初评结果已反馈，等待公示').waitFor();
    expect((await city.dossier(SCHOOL)).draftResult).toMatchObject({ outcome: 'accepted' });
    await school.close();
  });

  it('is its score item by item, to which it objects once', async () => {
    await city.to('receiveObjections');
    const page = await agency(STEEL, '/work');
    await page.getByRole('link', { name: /查看评分/ }).click();
    await page.getByRole('heading', { name: '拟定结果' }).waitFor();
    await page.getByRole('table', { name: '各项得分' }).waitFor();
    await page.getByRole('checkbox', { name: /^A2 / }).check();
    await page.getByLabel('异议理由').fill('执行批次数应为 10');
    await page.locator('input[type=file]').setInputFiles([proof]);
    await page.getByLabel('形成日期', { exact: true }).fill('2021-09-01');
    await page.getByRole('button', { name: '证明.pdf', exact: true }).waitFor();
    await sound(page);
    await page.getByRole('button', { name: '提出异议', exact: true }).click();
    await page.getByRole('button', { name: '确认提交' }).dblclick();
    await page.getByText('正在处理，决定作出后会发送消息').waitFor();
    const { objections } = await city.dossier(STEEL);
    expect(objections).toMatchObject([{ items: ['A2'], reason: '执行批次数应为 10' }]);
    await (await city.as('approver-1')).post(`${dossierPath(STEEL)}/objection-decision`, {
      verdict: 'rejected',
      reason: '与台账不符',
    });
    await city.runtime.settled();
    await page.reload();
    await page.getByText('异议不成立：与台账不符').waitFor();
    await page.close();
  });

  it('is its published result with the score sheet to be saved, and its stars through the years', async () => {
    await city.toEnd();
    const page = await agency(STEEL, PAGE);
    await page.getByRole('heading', { name: '评估结果', exact: true }).waitFor();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载评分表（PDF）' }).click();
    expect((await saving).suggestedFilename()).toBe(`${YEAR}年度评分表 ${STEEL}.pdf`);
    await sound(page);
    await page.getByRole('link', { name: '历年星级' }).click();
    await page.getByRole('table', { name: '各年度结果' }).getByText(`${YEAR} 年度`).waitFor();
    await page.getByRole('table', { name: '各项得分的变化' }).waitFor();
    await sound(page);
    await page.close();
  });

  it('is a notice to rectify where it failed, which it answers item by item and signs', async () => {
    const page = await agency(POWER, '/work');
    await page.getByRole('link', { name: /登记整改/ }).click();
    await page.getByRole('heading', { name: '整改项目' }).waitFor();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载整改通知书（PDF）' }).click();
    expect((await saving).suggestedFilename()).toContain('整改通知书');
    await sound(page);
    for (const card of await page.getByRole('article').all()) {
      await card.getByLabel('责任人').fill('李某');
      await card.getByLabel('完成期限').fill('2022-06-30');
      await card.getByLabel('整改情况').fill('已补交全部材料');
      await card.locator('input[type=file]').setInputFiles([proof]);
      await card.getByLabel('形成日期', { exact: true }).fill('2022-03-01');
      await card.getByRole('button', { name: '证明.pdf', exact: true }).waitFor();
      await card.getByRole('button', { name: /登记本项整改/ }).click();
      await card.getByText(/^已登记/).waitFor();
    }
    await page.getByLabel('承诺人姓名').fill('李某');
    await page.getByLabel('职务').fill('经理');
    await page.getByRole('button', { name: '签署并提交整改' }).click();
    await page.getByRole('button', { name: '确认提交' }).dblclick();
    await page.getByText('整改材料已收到').waitFor();
    await sound(page);
    await page.close();
  }, 300_000);
});
