/** The portal with the keyboard alone: nothing in this file touches the mouse. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answered, SCHOOL, SMALL_CITY, STEEL, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { focusOf, staysInDialog, tabTo } from '../../support/keyboard.ts';
import { dossierPath, file, pass, upload } from '../../support/passage.ts';

const AGENCIES = SMALL_CITY.filter(({ filingNumber }) => [STEEL, SCHOOL].includes(filingNumber));

describe('with the keyboard alone', () => {
  let city: City;
  let browser: Browser;

  const press = (page: Page, key: string) => page.keyboard.press(key);
  const signInByKeys = async (account: string): Promise<Page> => {
    const page = await browser.open();
    await page.goto(`${city.runtime.origin}/work`);
    await page.getByLabel('用户名').waitFor();
    expect((await focusOf(page)).name).toContain('用户名');
    await page.keyboard.type(account);
    await press(page, 'Tab');
    await page.keyboard.type(await city.passwordOf(account));
    await press(page, 'Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    return page;
  };

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity({ agencies: AGENCIES }), openBrowser()]);
    await city.start();
    await city.to('approveNotice');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('an approver finds what waits, reads what follows, thinks again, and approves', async () => {
    const page = await signInByKeys('approver-1');
    await tabTo(page, `${YEAR} 年度审批评估通知`, 'a');
    await press(page, 'Enter');
    await page.getByRole('region', { name: '办理' }).waitFor();
    await tabTo(page, '同意', 'input');
    await press(page, 'Space');
    await tabTo(page, '理由（必填', 'textarea');
    await page.keyboard.type('同意发布');
    await tabTo(page, '我已核对', 'input');
    await press(page, 'Space');
    await tabTo(page, '提交：同意', 'button');
    await press(page, 'Enter');
    await page.getByRole('dialog').waitFor();
    await expect.poll(async () => (await focusOf(page)).inDialog).toBe(true);
    expect(await staysInDialog(page)).toBe(true);
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(async () => (await focusOf(page)).name).toBe('提交：同意');
    expect((await city.cycle()).gate?.decision).toBeUndefined();
    await press(page, 'Enter');
    await page.getByRole('dialog').waitFor();
    await expect.poll(async () => (await focusOf(page)).inDialog).toBe(true);
    await tabTo(page, '确认同意', 'button');
    await press(page, 'Enter');
    await page.getByText('已办理：同意，审批评估通知').waitFor();
    await city.runtime.settled();
    expect((await city.cycle()).gate?.gate).toBe('collectSelfEvaluations');
    await page.context().close();
  });

  it('an agency fills in what is missing of its form, signs and files it', async () => {
    const { items, bonus } = answered(await upload(city, SCHOOL));
    const { A2: _missing, C3: _too, ...others } = items;
    const client = await city.as(SCHOOL);
    await client.put(`${dossierPath(SCHOOL)}/draft`, { items: others, bonus });
    const page = await signInByKeys(SCHOOL);
    await tabTo(page, /填报自评/, 'a');
    await press(page, 'Enter');
    await page.getByRole('navigation', { name: '自评表各部分' }).waitFor();
    await tabTo(page, /检查并提交/, 'a');
    await press(page, 'Enter');
    await page.getByText('还有 2 项没有填完').waitFor();
    await tabTo(page, 'A2', 'a');
    await press(page, 'Enter');
    await page.locator('#A2').waitFor();
    await expect.poll(async () => (await focusOf(page)).tag).toBe('article');
    await tabTo(page, '执行批次数', 'input');
    await page.keyboard.type('9');
    await tabTo(page, '计划批次数', 'input');
    await page.keyboard.type('10');
    await tabTo(page, '选用其他项目的材料', 'select');
    await press(page, 'ArrowDown');
    await page.locator('#A2').getByRole('button', { name: '佐证.pdf', exact: true }).waitFor();
    await page.getByText(/^已保存/).waitFor();
    await tabTo(page, /检查并提交/, 'a');
    await press(page, 'Enter');
    await tabTo(page, 'C3', 'a');
    await press(page, 'Enter');
    await page.locator('#C3').waitFor();
    await expect.poll(async () => (await focusOf(page)).tag).toBe('article');
    await tabTo(page, 'A', 'input');
    await press(page, 'Space');
    await press(page, 'ArrowDown');
    await press(page, 'ArrowUp');
    await tabTo(page, '评定理由', 'textarea');
    await page.keyboard.type('记录完整');
    await page.getByText(/^已保存/).waitFor();
    await tabTo(page, /检查并提交/, 'a');
    await press(page, 'Enter');
    await tabTo(page, '承诺人姓名', 'input');
    await page.keyboard.type('张某');
    await tabTo(page, '职务', 'input');
    await page.keyboard.type('校长');
    await tabTo(page, '我已阅读承诺书', 'input');
    await press(page, 'Space');
    await tabTo(page, '签署承诺并提交', 'button');
    await press(page, 'Enter');
    await page.getByRole('dialog').waitFor();
    await expect.poll(async () => (await focusOf(page)).inDialog).toBe(true);
    await tabTo(page, '确认提交', 'button');
    await press(page, 'Enter');
    await page.getByRole('heading', { name: '提交回执' }).waitFor();
    const { submission } = await city.dossier(SCHOOL);
    expect(submission?.answers.items.A2?.facts).toMatchObject({ values: { numerator: 9, denominator: 10 } });
    expect(submission?.answers.items.C3?.facts).toMatchObject({ grade: 'A', reason: '记录完整' });
    await page.context().close();
  });

  it('the public searches the stars, and leaves with the focus where it was', async () => {
    await file(city, STEEL);
    while ((await city.cycle()).status === 'open') await pass(city);
    const page = await browser.open();
    await page.goto(city.runtime.origin);
    await page.getByRole('link', { name: '评估通报' }).waitFor();
    await tabTo(page, '星级名单', 'a');
    await press(page, 'Enter');
    await page.getByRole('table').waitFor();
    await tabTo(page, '星级', 'select');
    await press(page, 'ArrowDown');
    await expect.poll(() => new URL(page.url()).searchParams.get('stars')).toBe('5');
    await tabTo(page, '名称或备案号', 'input');
    await page.keyboard.type('技师');
    await page.getByText('符合条件 1 家').waitFor();
    expect((await focusOf(page)).name).toContain('名称或备案号');
    await press(page, 'Shift+Tab');
    expect((await focusOf(page)).tag).toBe('select');
    await page.context().close();
  });
});
