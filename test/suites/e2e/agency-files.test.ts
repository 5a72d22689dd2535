/** An agency's files as a list: what each is for, what room is left, and deleting what nothing uses. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answered, pdf, STEEL, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { confirm, dossierPath, grantFor, put, submit } from '../../support/passage.ts';
import { enter } from '../../support/portal.ts';

describe('the files of an agency', () => {
  let city: City;
  let browser: Browser;
  const sent = async (fileName: string) => {
    const bytes = pdf(`内容：${fileName}`);
    const grant = await grantFor(city, STEEL, bytes, { fileName });
    await put(grant, bytes);
    return confirm(city, STEEL, grant.id);
  };

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity(), openBrowser()]);
    await city.start();
    await city.to('collectSelfEvaluations');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('are listed with their use; one that nothing uses is deleted after a question, others cannot be', async () => {
    const drafted = await sent('草稿用.pdf');
    await sent('多余.pdf');
    const { items, bonus } = answered();
    const { A1, A2 } = items;
    const draft = {
      items: { A1: { ...A1, evidence: [drafted] }, A2: { ...A2, evidence: [drafted] } },
      bonus,
    };
    await (await city.as(STEEL)).put(`${dossierPath(STEEL)}/draft`, draft);
    const page = await browser.open();
    await enter(page, city, STEEL, `/work/years/${YEAR}`);
    await page.getByRole('link', { name: '佐证材料清单' }).click();
    await page.getByText('已有 2 个文件').waitFor();
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    await row('草稿用.pdf').getByText('自评草稿 A1、A2').waitFor();
    expect(await row('草稿用.pdf').getByRole('button', { name: /^删除/ }).count()).toBe(0);
    await row('草稿用.pdf').getByRole('button', { name: '草稿用.pdf' }).click();
    await page.getByRole('dialog').getByText('未经查毒').waitFor();
    await page.keyboard.press('Escape');
    await row('多余.pdf').getByRole('button', { name: '删除《多余.pdf》' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '保留' }).click();
    await row('多余.pdf').getByRole('button', { name: '删除《多余.pdf》' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确认删除' }).dblclick();
    await page.getByText('已删除《多余.pdf》').waitFor();
    await page.getByText('已有 1 个文件').waitFor();
    expect(await row('多余.pdf').count()).toBe(0);

    await submit(city, STEEL, answered(drafted));
    await page.reload();
    await row('草稿用.pdf')
      .getByText(/^自评 A1、A2、/)
      .waitFor();
    await row('草稿用.pdf').getByText('已提交').waitFor();
    expect(await page.getByRole('button', { name: /^删除/ }).count()).toBe(0);
    await page.context().close();
  });
});
