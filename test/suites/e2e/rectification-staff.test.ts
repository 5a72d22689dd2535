/** Rectification by clicking: staff follow it, inspectors re-check on a phone, an approver decides, the director signs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  rectificationOf,
  rectificationRunOf,
  rectificationWaits,
  rectify,
} from '../../support/afterwards.ts';
import { POWER, TRAINING, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser, seriousViolations } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { enter } from '../../support/portal.ts';
import { decideOn, windowsOf } from '../../support/staff-portal.ts';

const LIST = `/work/rectifications?year=${YEAR}`;
const ONE = (filingNumber: string) => `/work/rectifications/${YEAR}/${filingNumber}`;

describe('rectification', () => {
  let city: City;
  let browser: Browser;
  let windows: ReturnType<typeof windowsOf>;

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity({ silent: [POWER, TRAINING] }), openBrowser()]);
    windows = windowsOf(city, browser);
    await city.start();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('has nothing to show before a year is published', async () => {
    const handler = await windows.of('handler-1', '/work/rectifications');
    await handler.getByText('还没有公布过年度评估结果').waitFor();
  });

  it('is a list of those that failed, with state and day, filtered by the address', async () => {
    await city.toEnd();
    await city.runtime.settled();
    const handler = await windows.of('handler-1', LIST);
    const table = handler.getByRole('table', { name: `${YEAR} 年度整改机构` });
    await table.waitFor();
    expect(await table.getByRole('row').count()).toBe(3);
    expect(await table.innerText()).toContain('待整改');
    await handler.getByLabel('整改状态').selectOption('已复查');
    await handler.getByText('没有符合条件的机构').waitFor();
    expect(handler.url()).toContain('status=rechecked');
    await handler.getByRole('link', { name: '机构整改' }).click();
    await handler.getByRole('heading', { level: 1, name: `${YEAR} 年度机构整改` }).waitFor();
    expect(await seriousViolations(handler)).toEqual([]);
  });

  it('shows what an agency corrected, with its files beside', async () => {
    await rectify(city, POWER);
    const auditor = await windows.of('auditor-1', ONE(POWER));
    await auditor.getByText('已补交材料').first().waitFor();
    await auditor
      .getByRole('button', { name: /\.pdf$/ })
      .first()
      .click();
    await auditor.getByRole('complementary', { name: /^佐证材料/ }).waitFor();
    await auditor.getByText('本机已逐条核对').waitFor();
    expect(await auditor.getByRole('region', { name: '认定整改结果' }).count()).toBe(0);
    expect(await seriousViolations(auditor)).toEqual([]);
  });

  it('is re-checked on a phone: kept as it is typed, sent once, blind to the other', async () => {
    const { gate } = await rectificationRunOf(city);
    await city.moveTo(new Date(Date.parse(gate?.deadline ?? '') + 3_660_000).toISOString());
    expect(await rectificationWaits(city)).toBe('recheckCorrections');
    const { items, recheck } = await rectificationOf(city, POWER);
    const inspectors = recheck?.inspectors ?? [];
    expect(inspectors).toHaveLength(2);
    for (const inspector of inspectors) {
      const phone = await browser.open({ width: 360, height: 740 });
      phone.setDefaultTimeout(30_000);
      await enter(phone, city, inspector);
      await phone.getByRole('listitem').filter({ hasText: '待复查' }).getByRole('link').click();
      await phone.getByRole('heading', { level: 1, name: /淮河|电力|有限/ }).waitFor();
      const [first] = await phone.locator('.visit-item').all();
      await first?.getByRole('radio', { name: '已整改', exact: true }).check();
      await first?.getByLabel('核查情况').fill('现场核查属实');
      await phone.reload();
      await phone.getByText(`应填 ${items.length} 项，已填 1 项`).waitFor();
      expect(await phone.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await seriousViolations(phone)).toEqual([]);
      await phone
        .getByRole('button', { name: /\.pdf$/ })
        .first()
        .click();
      await phone
        .getByRole('complementary', { name: /^佐证材料/ })
        .getByText('SHA-256')
        .waitFor();
      await phone.getByRole('button', { name: '关闭' }).click();
      for (const item of await phone.locator('.visit-item').all()) {
        await item.getByRole('radio', { name: '已整改', exact: true }).check();
        await item.getByLabel('核查情况').fill('现场核查属实');
      }
      await phone.getByLabel('机构代表姓名').fill('李某');
      await decideOn(phone, { form: '签名提交', reason: '', clicks: 2 });
      await phone.getByText('您的复查记录已提交').waitFor();
    }
    await city.runtime.settled();
    const { status, history } = await rectificationOf(city, POWER);
    expect(status).toBe('rechecked');
    expect(history.filter(({ type }) => type === 'recheckRecorded')).toHaveLength(2);
  });

  it('gets its verdicts from an approver, who finds them on the start page and cannot pass what is open', async () => {
    expect(await rectificationWaits(city)).toBe('decideRectifications');
    const approver = await windows.of('approver-1');
    await approver.getByRole('heading', { name: '待办事项（2 件）' }).waitFor();
    await windows.of('handler-1', ONE(POWER));
    expect(
      await (await windows.of('handler-1', ONE(POWER))).getByRole('region', { name: '认定整改结果' }).count(),
    ).toBe(0);
    await windows.of('approver-1', ONE(TRAINING));
    await approver.getByText(/尚有 \d+ 项未通过复查/).waitFor();
    expect(await approver.getByRole('radio', { name: '整改合格' }).count()).toBe(0);
    await decideOn(approver, { form: '认定整改结果', clicks: 2 });
    await approver.getByText('已认定：整改不合格').waitFor();
    await windows.of('approver-1', ONE(POWER));
    await decideOn(approver, { form: '认定整改结果', choice: '整改合格' });
    await approver.getByText('已认定：整改合格').waitFor();
    await city.runtime.settled();
    expect(
      (await rectificationOf(city, TRAINING)).history.filter(({ type }) => type === 'verdictGiven'),
    ).toHaveLength(1);
  });

  it('ends with the director, who may send a verdict back by name and signs the recommendation', async () => {
    expect(await rectificationWaits(city)).toBe('signRecommendations');
    const director = await windows.of('director-1', `/work/gates/${YEAR}/signRecommendations`);
    await director.getByRole('table', { name: '整改机构，共 2 家' }).waitFor();
    const form = director.getByRole('region', { name: '办理' });
    await form.getByRole('radio', { name: '退回', exact: false }).check();
    await form.getByRole('checkbox', { name: new RegExp(TRAINING) }).check();
    await decideOn(director, { form: '办理', reason: '请补充依据' });
    await director.getByText('已办理：退回').waitFor();
    expect(await rectificationWaits(city)).toBe('decideRectifications');
    const approver = await windows.of('approver-1', ONE(TRAINING));
    await decideOn(approver, { form: '认定整改结果' });
    await approver.getByText('已认定：整改不合格').waitFor();
    expect(await rectificationWaits(city)).toBe('signRecommendations');
    await windows.of('director-1', `/work/gates/${YEAR}/signRecommendations`);
    await decideOn(director, { form: '办理', choice: '同意' });
    await director.getByText('已办理：同意').waitFor();
    await city.runtime.settled();
    expect((await rectificationOf(city, TRAINING)).status).toBe('recommended');
    const auditor = await windows.of('auditor-1', LIST);
    await auditor.getByText('已归档').waitFor();
    await auditor.getByRole('heading', { name: '复查抽签' }).waitFor();
    expect(await auditor.getByRole('region', { name: '启动整改' }).count()).toBe(0);
  });
});
