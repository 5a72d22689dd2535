/** A case for a veto by clicking: proposed, answered by the agency, confirmed twice, signed, and read by those whom it concerns. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pdf, SCHOOL, SMALL_CITY, STEEL, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser, seriousViolations } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { complain, settle } from '../../support/complaints.ts';
import { decideOn, windowsOf } from '../../support/staff-portal.ts';

const AGENCIES = SMALL_CITY.filter(({ filingNumber }) => [STEEL, SCHOOL].includes(filingNumber));
const DOSSIER = `/work/dossiers/${YEAR}/${STEEL}`;
const proof = { name: '发证台账.pdf', mimeType: 'application/pdf', buffer: pdf('发证台账') };

describe('a case for a veto', () => {
  let city: City;
  let browser: Browser;
  let windows: ReturnType<typeof windowsOf>;
  let complaint = '';

  beforeAll(async () => {
    [city, browser] = await Promise.all([
      openCity({ agencies: AGENCIES, settings: { sampling: { percent: 0, atLeast: 0 } } }),
      openBrowser(),
    ]);
    windows = windowsOf(city, browser);
    await city.start();
    complaint = (await complain(city, 'upheld')).number;
    await settle(city, complaint);
    await city.to('answerDraftResults');
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  const sound = async (page: Page) => {
    await page.waitForLoadState('networkidle');
    expect(await seriousViolations(page)).toEqual([]);
  };
  const narrow = async (page: Page) => {
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  const cases = async () => (await city.dossier(STEEL)).vetoCases;
  /** Opens the dossier from what waits for somebody. */
  const fromDesk = async (account: string, about: string): Promise<Page> => {
    const page = await windows.of(account);
    const task = page.getByRole('listitem').filter({ hasText: about });
    await task.getByRole('link').click();
    await page.getByRole('heading', { name: /^一票否决（1 件）/ }).waitFor();
    return page;
  };

  it('is proposed by a handler on purpose, with facts and where they come from', async () => {
    const page = await windows.of('handler-2', DOSSIER);
    await page.getByText('有一票否决的情形').click();
    const form = page.getByRole('region', { name: '提出一票否决案' });
    await form.getByLabel('事实').fill('查实滥发证书 12 本');
    await form.getByRole('checkbox', { name: /我已核对/ }).check();
    await form.getByRole('button', { name: /^提交/ }).click();
    await form.getByText('请选择一票否决情形').waitFor();
    await form.getByLabel('情形').selectOption('V3');
    await form.getByRole('button', { name: /^提交/ }).click();
    await form.getByText('请写明证据来源，或选择机构提交的材料').waitFor();
    await form.getByLabel('第 1 项名称和来源').fill('证书查询记录');
    await form.getByLabel('第 1 项日期').fill('2022-02-20');
    await form.getByRole('checkbox', { name: new RegExp(complaint) }).check();
    await sound(page);
    await narrow(page);
    await decideOn(page, { form: '提出一票否决案', reason: '查实滥发证书 12 本', clicks: 2 });
    await page.getByText('一票否决案已交机构陈述申辩').waitFor();
    expect(await cases()).toMatchObject([
      {
        id: 'V3-1',
        facts: '查实滥发证书 12 本',
        sources: [{ title: '证书查询记录', on: '2022-02-20' }, { complaint }],
      },
    ]);
    await sound(page);
    await page.getByRole('link', { name: complaint }).click();
    await page.getByRole('listitem').filter({ hasText: 'V3-1（待机构陈述）' }).getByRole('link').click();
    await page.getByRole('heading', { name: /^一票否决（1 件）/ }).waitFor();
  });

  it('is answered by the agency, which sees facts and evidence and nobody’s name', async () => {
    const page = await windows.of(STEEL);
    await page.getByText('有对本机构一票否决的立案').waitFor();
    await page.getByRole('link', { name: /查看并陈述申辩/ }).click();
    await page.getByText('证书查询记录（2022年2月20日）').waitFor();
    await page.getByText(/经查属实的投诉（\d{4}年\d+月\d+日）/).waitFor();
    expect(await page.textContent('main')).not.toContain(complaint);
    const form = page.getByRole('region', { name: '对 V3 陈述申辩' });
    await form.getByLabel('陈述申辩的内容').fill('证书均按规定核发');
    await form.locator('input[type=file]').setInputFiles([proof]);
    await form.getByLabel('形成日期', { exact: true }).fill('2021-09-01');
    await form.getByRole('button', { name: '发证台账.pdf', exact: true }).waitFor();
    await sound(page);
    await narrow(page);
    await form.getByRole('button', { name: '对 V3 陈述申辩', exact: true }).click();
    await page.getByRole('button', { name: '确认提交' }).dblclick();
    await form.waitFor({ state: 'hidden' });
    await page.getByText('证书均按规定核发').waitFor();
    await page.getByText('正在办理，决定作出后会发送消息').waitFor();
    expect(await page.textContent('main')).not.toContain('handler-2');
    expect((await cases())[0]?.statement).toMatchObject({
      content: '证书均按规定核发',
      evidence: [{ fileName: '发证台账.pdf' }],
    });
  });

  it('waits for two who have had no part in it, then for the director', async () => {
    const proposer = await windows.of('handler-2');
    await proposer.getByRole('heading', { name: /待办事项/ }).waitFor();
    expect(await proposer.getByText('待核实').count()).toBe(0);
    await proposer.goto(city.runtime.origin + DOSSIER);
    await proposer.getByText('机构陈述：证书均按规定核发').waitFor();
    expect(await proposer.getByRole('region', { name: /核实一票否决案/ }).count()).toBe(0);

    for (const account of ['handler-1', 'approver-1']) {
      const page = await fromDesk(account, '待核实 1 件');
      await sound(page);
      await decideOn(page, { form: '核实一票否决案', choice: '核实属实', reason: `${account} 查阅记录` });
      await page.getByText('已核实属实。').waitFor();
    }
    const page = await fromDesk('director-1', '待签发 1 件');
    await page.getByText('approver-1 查阅记录').first().waitFor();
    const form = page.getByRole('region', { name: '签发一票否决：' });
    await form.getByRole('radio', { name: /^签发一票否决/ }).check();
    await form.getByLabel(/不能撤回/).fill('不合格');
    await sound(page);
    await decideOn(page, { form: '签发一票否决：', choice: '签发一票否决', reason: '事实清楚', clicks: 2 });
    await page.getByText('一票否决案已办理：已签发一票否决。').waitFor();
    const { vetoCases, sheet } = await city.dossier(STEEL);
    expect(vetoCases).toMatchObject([{ outcome: 'signed', confirmations: [{}, {}] }]);
    expect(sheet).toMatchObject({ result: '不合格', stars: 0 });
    await sound(page);
  });

  it('is read by the agency with its reason, and by the auditor with everybody’s', async () => {
    const page = await windows.of(STEEL, `/work/years/${YEAR}`);
    await page.getByText('认定，评估结果为不合格：事实清楚').waitFor();
    expect(await page.textContent('main')).not.toContain('查阅记录');
    await sound(page);
    const auditor = await windows.of('auditor-1', DOSSIER);
    await auditor.getByText('handler-1 查阅记录').first().waitFor();
    expect(await auditor.getByText('有一票否决的情形').count()).toBe(0);
    const other = await windows.of(SCHOOL, `/work/years/${YEAR}`);
    expect(await other.textContent('main')).not.toContain('一票否决案');
  });
});
