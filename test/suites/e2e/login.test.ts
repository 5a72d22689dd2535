/** The door of the portal in a real browser: in, who am I, and out again. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STEEL, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser, seriousViolations } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { enter, signInHere } from '../../support/portal.ts';

describe('the door', () => {
  let city: City;
  let browser: Browser;
  const at = (path: string) => `${city.runtime.origin}${path}`;
  const visitor = async (width?: number): Promise<Page> =>
    browser.open(width === undefined ? {} : { width, height: 740 });

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity(), openBrowser()]);
    await city.start();
    await city.to('collectSelfEvaluations');
    // What people are told goes out with the sweep.
    await city.sweep();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it.each([
    ['handler-1', '经办人'],
    ['inspector-1', '督导员'],
    [STEEL, '评价机构'],
  ])('leads %s to their own start page and out again', async (account, role) => {
    const page = await visitor();
    await page.goto(at('/'));
    await page.getByRole('link', { name: '登录' }).click();
    await page.getByRole('heading', { name: '登录星评' }).waitFor();
    await signInHere(page, city, account);
    await page.waitForURL('**/work');
    const header = page.getByRole('banner');
    await header.getByText(account).first().waitFor();
    expect(await header.innerText()).toContain(role);
    await page.reload();
    await header.getByText(account).first().waitFor();
    await header.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL(at('/'));
    await page.goto(at('/work'));
    await page.getByLabel('用户名').waitFor();
    await page.close();
  });

  it('says what is wrong with a password, and brings people back to where they wanted to go', async () => {
    const page = await visitor();
    await page.goto(at('/work/inbox?unread='));
    await page.getByLabel('用户名').fill(STEEL);
    await page.getByLabel('密码').fill('不是这个密码');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('alert').getByText('用户名或密码不正确').waitFor();
    await signInHere(page, city, STEEL);
    await page.waitForURL('**/work/inbox?unread=');
    await page.getByText(`请开展${YEAR}年度自评`).first().waitFor();
    await page.close();
  });

  it('tells that messages are unread until they were read', async () => {
    const page = await visitor();
    await enter(page, city, STEEL, '/work/inbox');
    await page.getByRole('link', { name: /1 条未读/ }).waitFor();
    await page.getByRole('button', { name: /^标为已读/ }).click();
    await page.getByRole('link', { name: /没有未读/ }).waitFor();
    // The filter stands in the address, and the box follows it.
    await page.getByLabel(/只看未读/).click();
    await page.getByText('没有未读消息').waitFor();
    await page.close();
  });

  it('keeps its tokens to the tab, and no secret in an address', async () => {
    const page = await visitor();
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await enter(page, city, 'handler-1');
    const token = await page.evaluate<string>(
      'JSON.parse(sessionStorage.getItem(Object.keys(sessionStorage).find((key) => key.startsWith("oidc.user")))).access_token',
    );
    expect(token.split('.')).toHaveLength(3);
    expect(addresses.join('\n')).not.toContain(token);
    expect(await page.evaluate('localStorage.length')).toBe(0);
    await page.close();
  });

  it.each([1280, 360])(
    'has no serious fault of accessibility at a width of %d, and fits it',
    async (width) => {
      const page = await visitor(width);
      await page.goto(at('/work'));
      await page.getByLabel('用户名').waitFor();
      const check = async () => {
        expect(await seriousViolations(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      };
      await check();
      await signInHere(page, city, STEEL);
      await page.waitForURL('**/work');
      for (const path of ['/work', '/work/inbox', '/work/nowhere']) {
        await page.goto(at(path));
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        await check();
      }
      await page.close();
    },
  );

  it('is opened and left with the keyboard alone', async () => {
    const page = await visitor();
    await page.goto(at('/work'));
    await page.getByLabel('用户名').waitFor();
    await page.keyboard.type('handler-1');
    await page.keyboard.press('Tab');
    await page.keyboard.type(await city.passwordOf('handler-1'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'handler-1，您好' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('跳到正文');
    await page.close();
  });
});
