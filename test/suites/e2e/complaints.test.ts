/** A complaint by clicking: from the public's form over first look, finding and review to the answer that the complainant reads. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STEEL } from '../../support/agencies.ts';
import { type Browser, openBrowser, seriousViolations } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { CONTACT } from '../../support/complaints.ts';
import { decideOn, windowsOf } from '../../support/staff-portal.ts';

const TEXT = '考试当天由他人替考，监考人员在场而没有制止。';

describe('a complaint', () => {
  let city: City;
  let browser: Browser;
  let windows: ReturnType<typeof windowsOf>;
  let page: Page;
  const receipt = { number: '', code: '' };
  const at = (path: string) => `${city.runtime.origin}${path}`;

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity(), openBrowser()]);
    windows = windowsOf(city, browser);
    page = await browser.open({ width: 360, height: 740 });
    page.setDefaultTimeout(30_000);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  /** What the page says that must be kept. */
  const kept = async (title: string) =>
    page
      .locator('dl div', { has: page.locator('dt', { hasText: title }) })
      .locator('.code')
      .innerText();

  const fitsAndIsClean = async () => {
    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  };

  it('names in Chinese what is missing, at the field, and goes there', async () => {
    await page.goto(at('/'));
    await page.getByRole('link', { name: '投诉', exact: true }).click();
    await page.getByRole('button', { name: '提交投诉' }).click();
    await page.getByText('请写明被投诉机构的名称').waitFor();
    await page.getByText('请写明投诉的事实，10 至 5000 个字').waitFor();
    expect(await page.evaluate('document.activeElement?.getAttribute("name")')).toBe('name');
    await page.getByLabel('机构备案号').fill('12');
    await page.getByRole('button', { name: '提交投诉' }).click();
    await page.getByText(/备案号是 1 个字母/).waitFor();
    await fitsAndIsClean();
  });

  it('is handed in with the keyboard alone; an answer that is lost leads to no second complaint', async () => {
    const type = async (label: string, text: string) => {
      await page.getByLabel(label).focus();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
    };
    await type('被投诉机构名称', '淮河钢铁有限公司');
    await type('机构备案号', STEEL.toLowerCase());
    await type('投诉的事实', TEXT);
    await type('姓名', CONTACT.name);
    await type('电话或邮箱', CONTACT.reach);
    let lost = 0;
    await page.route('**/api/complaints', async (route) => {
      await route.fetch();
      lost++;
      await route.abort();
    });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('不会重复登记').waitFor();
    expect(await page.getByLabel('投诉的事实').isDisabled()).toBe(true);
    await page.unroute('**/api/complaints');
    await page.getByRole('button', { name: '再次提交' }).click();
    await page.getByRole('heading', { name: '投诉已收到' }).waitFor();
    expect(lost).toBe(1);
    receipt.number = await kept('受理编号');
    receipt.code = await kept('查询码');
    expect(receipt.number).toMatch(/^TS-/);
    expect(await city.deps.items.count('COMPLAINT')).toBe(1);
    await fitsAndIsClean();
  });

  it('is looked at first, found true and reviewed by those who may, each told what waits', async () => {
    const handler = await windows.of('handler-1');
    await handler.getByRole('link', { name: receipt.number }).click();
    await handler.getByText(TEXT).waitFor();
    await handler.getByRole('button', { name: '显示联系方式' }).click();
    await handler.getByText('只供经办该投诉的人员查看').waitFor();
    expect(await seriousViolations(handler)).toEqual([]);
    await decideOn(handler, { form: '初审', choice: '受理 由您经办', reason: '' });
    await handler.getByText('已受理，由您经办').waitFor();
    await handler.getByRole('button', { name: '显示联系方式' }).click();
    await handler.getByText(CONTACT.reach).waitFor();
    const finding = handler.getByRole('region', { name: '处理意见' });
    await finding.getByRole('radio', { name: /^属实/ }).check();
    await finding.getByLabel(/对投诉人的答复/).fill('您反映的情况属实，已责成整改。');
    await decideOn(handler, { form: '处理意见', reason: '调阅了监控录像' });
    await handler.getByText('等待负责人审核').waitFor();

    const auditor = await windows.of('auditor-1', '/work/complaints');
    await auditor.getByRole('link', { name: receipt.number }).waitFor();
    expect(await seriousViolations(auditor)).toEqual([]);
    await auditor.getByRole('link', { name: receipt.number }).click();
    await auditor.getByText(TEXT).waitFor();
    expect(await auditor.getByRole('button', { name: /^提交/ }).count()).toBe(0);

    const approver = await windows.of('approver-1');
    await approver.getByRole('link', { name: receipt.number }).click();
    await approver.getByText('只供经办此件的人员查看').waitFor();
    await decideOn(approver, { form: '审核处理意见', choice: '审核通过', clicks: 2 });
    await approver.getByText('已审核通过，投诉办结').waitFor();
    expect(await seriousViolations(approver)).toEqual([]);
    await approver.goto(at('/work/complaints'));
    const closed = approver.getByRole('table', { name: '已办结的投诉' });
    await closed.getByText('属实').waitFor();
  });

  it('is answered to whoever has number and code, and neither stands in the address', async () => {
    await page.getByRole('link', { name: '查询办理情况' }).click();
    await page.getByLabel('受理编号').fill(receipt.number);
    await page.getByLabel('查询码').fill('0000-0000');
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByText('请核对受理编号和查询码').waitFor();
    await page.getByLabel('查询码').fill(receipt.code.toLowerCase());
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByText('您反映的情况属实，已责成整改。').waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/complaint/state');
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain(receipt.code);
    await fitsAndIsClean();
  });
});
