/** Stars through two published years, as the public sees them: the picture, the table beside it, and what the filters leave. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';

describe('stars through the years', () => {
  let city: City;
  let browser: Browser;

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity({ silent: [TRAINING] }), openBrowser()]);
    await city.start();
    await city.toEnd();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('are shown once two years are published, with who came, went and stayed', async () => {
    const page = await browser.open();
    await page.goto(`${city.runtime.origin}/stars`);
    await page.getByText('公布两个年度以后').waitFor();
    city.silent.splice(0, 1, SCHOOL);
    await city.start(YEAR + 1);
    await city.toEnd();
    await page.reload();
    const table = page.getByRole('table', { name: '各机构历年星级' });
    await table.waitFor();
    const lineOf = (name: string) => table.getByRole('row').filter({ hasText: name }).innerText();
    expect(await lineOf('淮河钢铁有限公司')).toContain('不变');
    expect(await lineOf('淮河培训学校')).toContain('新列入');
    expect(await lineOf('淮河技师学院')).toContain('未列入');
    const picture = page.getByRole('img', { name: /2021 年度五星级到 2022 年度五星级 2 家/ });
    expect(await picture.locator('line').count()).toBe(3);
    expect(await picture.locator('line.rose, line.fell').count()).toBe(2);
    await page.getByLabel('名称或备案号').fill(STEEL);
    await page.getByRole('img', { name: /^2021 年度五星级到 2022 年度五星级 1 家$/ }).waitFor();
    expect(await table.getByRole('row').count()).toBe(2);
    await page.context().close();
  }, 240_000);
});
