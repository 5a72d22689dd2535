/** The public's pages in a real browser, over a year that was really lived. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POWER, SCHOOL, STEEL, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser, seriousViolations } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';

const PAGES = [
  '/',
  `/years/${YEAR}/notice`,
  `/years/${YEAR}/draw`,
  `/years/${YEAR}/announcement`,
  `/years/${YEAR}/circular`,
  '/stars',
  '/draw',
  '/check',
  '/nowhere',
];

describe('the public’s pages', () => {
  let city: City;
  let browser: Browser;
  let page: Page;
  const dir = mkdtempSync(join(tmpdir(), 'xingping-public-'));
  const at = (path: string) => `${city.runtime.origin}${path}`;

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity({ silent: [POWER] }), openBrowser()]);
    await city.start();
    page = await browser.open();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('say that nothing is published yet', async () => {
    await page.goto(at('/'));
    await page.getByText('还没有公布任何文件').waitFor();
    await page.goto(at('/stars'));
    await page.getByText('还没有公布星级名单').waitFor();
    await page.goto(at(`/years/${YEAR}/circular`));
    await page.getByText('该内容尚未公布').waitFor();
  });

  it('show the year’s documents once it is published, by links alone', async () => {
    await city.toEnd();
    await page.goto(at('/'));
    await page.getByRole('link', { name: '评估通报' }).click();
    await page.getByRole('heading', { level: 1, name: `${YEAR} 年度评估通报` }).waitFor();
    const annex = page.getByRole('table', { name: /附件/ });
    await annex.waitFor();
    expect(await annex.getByRole('row').count()).toBe(4);
    expect(await annex.innerText()).toContain(STEEL);
    expect(await page.title()).toContain('评估通报');
    for (const [title, type] of [
      ['网页版', 'text/html'],
      ['PDF', 'application/pdf'],
      ['Word 文档', 'officedocument'],
    ] as const) {
      const href = await page.getByRole('link', { name: title }).getAttribute('href');
      const file = await fetch(at(href ?? ''));
      expect([file.status, file.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
    }
  });

  it('name no agency that failed, and show no score', async () => {
    for (const path of PAGES) {
      await page.goto(at(path));
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      const text = await page.locator('body').innerText();
      // The draw’s record names those who took part in it; who filed nothing did not.
      expect(text).not.toContain(POWER);
      expect(text).not.toContain('100.00');
    }
  });

  it('filter the stars, keep the filter in the address and find it there again', async () => {
    await page.goto(at('/stars'));
    await page.getByLabel('名称或备案号').fill(SCHOOL.slice(-6));
    await page.getByText('符合条件 1 家').waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe(SCHOOL.slice(-6));
    await page.reload();
    await page.getByText('符合条件 1 家').waitFor();
    await page.getByRole('combobox', { name: '星级' }).selectOption('3');
    await page.getByText('没有符合条件的机构').waitFor();
  });

  it('repeat the draw on the reader’s machine', async () => {
    await page.goto(at('/draw'));
    await page.getByRole('button', { name: '在本机重新计算' }).click();
    await page.getByText('复核一致').waitFor();
    await page.getByText(/由种子重新计算结果一致/).waitFor();
  });

  it('tell a draw record that was changed on its way', async () => {
    const other = await browser.open();
    await other.route('**/draw.json', async (route) => {
      const response = await route.fetch();
      const record = (await response.json()) as { visits: { inspectors: string[] }[] };
      record.visits[0]?.inspectors.reverse();
      await route.fulfill({ response, json: record });
    });
    await other.goto(at('/draw'));
    await other.getByRole('button', { name: '在本机重新计算' }).click();
    await other.getByText('复核不一致').waitFor();
  });

  it('check a file against the manifest without sending it anywhere', async () => {
    const published = await fetch(at(`/api/public/${YEAR}/circular.json`));
    const bytes = Buffer.from(await published.arrayBuffer());
    const [genuine, forged] = [join(dir, '通报.json'), join(dir, '改过的通报.json')];
    writeFileSync(genuine, bytes);
    writeFileSync(forged, bytes.toString().replace('"stars": 5', '"stars": 4'));
    await page.goto(at('/check'));
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(request.url());
    });
    await page.getByLabel(/把文件拖到这里/).setInputFiles(genuine);
    await page.getByText(`与 ${YEAR} 年度公布的文件完全一致`).waitFor();
    await page.getByLabel(/把文件拖到这里/).setInputFiles(forged);
    await page.getByText('不在任何年度的清单中').waitFor();
    expect(sent).toEqual([]);
  });

  it.each(PAGES)('%s has no serious fault of accessibility, and fits a phone of 360 px', async (path) => {
    await page.goto(at(path));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await seriousViolations(page)).toEqual([]);
    const phone = await browser.open({ width: 360, height: 740 });
    await phone.goto(at(path));
    await phone.getByRole('heading', { level: 1 }).waitFor();
    await phone.waitForLoadState('networkidle');
    expect(await seriousViolations(phone)).toEqual([]);
    const width = await phone.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
    await phone.close();
  });

  it.each(['notice', 'plan', 'announcement', 'circular'])(
    'the %s itself is readable on a phone, without a serious fault of accessibility',
    async (name) => {
      const phone = await browser.open({ width: 360, height: 740 });
      await phone.goto(at(`/api/public/${YEAR}/${name}.html`));
      await phone.getByRole('heading', { level: 1 }).first().waitFor();
      expect(await seriousViolations(phone)).toEqual([]);
      expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await phone.close();
    },
  );

  it('are reached with the keyboard alone, the text first', async () => {
    await page.goto(at('/'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('跳到正文');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement?.id')).toBe('content');
  });

  it('load under 250 KB of script, compressed', async () => {
    const fresh = await browser.open();
    let bytes = 0;
    fresh.on('response', async (response) => {
      if (response.url().endsWith('.js')) bytes += Number(response.headers()['content-length'] ?? 0);
    });
    await fresh.goto(at('/'), { waitUntil: 'networkidle' });
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(250 * 1024);
  });

  it('are smaller still for whoever asks once somebody has asked before', async () => {
    const ask = (accepted: string) => fetch(at('/'), { headers: { 'accept-encoding': accepted } });
    const plain = await (await ask('identity')).text();
    await expect
      .poll(async () => (await ask('br, gzip')).headers.get('content-encoding'), { timeout: 10_000 })
      .toBe('br');
    expect(await (await ask('br, gzip')).text()).toBe(plain);
    expect((await ask('gzip')).headers.get('content-encoding')).toBe('gzip');
    expect(plain).toContain('<title>星评</title>');
  });

  it('are served under a policy without inline scripts', async () => {
    const response = await fetch(at('/'));
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});
