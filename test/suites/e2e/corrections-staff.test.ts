/** A correction and a revocation by clicking, from the draft to the version that the public reads beside the first. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCorrectionRun } from '../../../shared/app/correction.ts';
import { expectDone } from '../../../shared/app/refusal.ts';
import { publishCorrection } from '../../support/afterwards.ts';
import { POWER, SCHOOL, STEEL, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser, seriousViolations } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { failing } from '../../support/failing-step.ts';
import { decideOn, windowsOf } from '../../support/staff-portal.ts';

const PAGE = `/work/corrections?year=${YEAR}`;
const gatePage = (gate: string) => `/work/gates/${YEAR}/${gate}`;
const GONE = ['A1', 'B2', 'B4', 'C1', 'E2'];

describe('corrections', () => {
  let city: City;
  let browser: Browser;
  let windows: ReturnType<typeof windowsOf>;
  const run = async () => expectDone(await readCorrectionRun(city.deps, YEAR));

  // The second correction fails when it is published.
  const putRight = failing('publish-correction', async () => undefined, 2);

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity(), openBrowser()]);
    windows = windowsOf(city, browser);
    await city.start();
    await city.toEnd();
    await city.runtime.settled();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
    putRight();
  });

  it('are seen by the auditor, who cannot draft one', async () => {
    const auditor = await windows.of('auditor-1', PAGE);
    await auditor.getByText(`${YEAR} 年度的结果没有更正过`).waitFor();
    expect(await auditor.getByRole('heading', { name: '发起更正或撤销' }).count()).toBe(0);
    expect(await seriousViolations(auditor)).toEqual([]);
  });

  it('are drafted with what they would change in view, and not sent without having looked', async () => {
    const handler = await windows.of('handler-1', PAGE);
    await handler.getByRole('group', { name: '加入机构' }).getByRole('combobox').selectOption(STEEL);
    for (const code of GONE) {
      await handler.getByRole('button', { name: `更正 ${code}`, exact: true }).click();
      const item = handler.getByRole('group', { name: `更正 ${code}`, exact: true });
      await item.getByRole('checkbox', { name: '以上均未做到' }).check();
      await item.getByLabel('更正理由').fill('事后查实未落实');
    }
    await handler.getByRole('button', { name: '加入更正' }).click();
    await handler.getByRole('group', { name: '加入机构' }).getByRole('combobox').selectOption(POWER);
    await handler.getByRole('radio', { name: '撤销星级' }).check();
    await handler.getByLabel(/撤销的事实和依据/).fill('查实替考');
    await handler.getByRole('button', { name: '加入撤销' }).click();
    const form = handler.getByRole('region', { name: '提交：发起更正或撤销' });
    await form.getByLabel(/必填/).fill('据投诉核查');
    await form.getByRole('checkbox', { name: /我已核对/ }).check();
    await form.getByRole('button', { name: /^提交/ }).click();
    await form.getByText('请先预览更正后的结果').waitFor();
    await handler.getByRole('button', { name: '预览更正后的结果' }).click();
    const stars = await handler.getByRole('table', { name: '星级变化' }).innerText();
    expect(stars).toContain('四星级（85.00 分）');
    expect(stars).toContain('撤销星级');
    const figures = handler.getByRole('table', { name: '统计变化' });
    expect(await figures.getByRole('row', { name: /五星级/ }).innerText()).toMatch(/4 家.*2 家/s);
    expect(await seriousViolations(handler)).toEqual([]);
    await decideOn(handler, { form: '提交：发起更正或撤销', reason: '据投诉核查', clicks: 2 });
    await handler.getByText('更正已发起').waitFor();
    await city.runtime.settled();
    expect((await run()).history.filter(({ type }) => type === 'opened')).toHaveLength(1);
  });

  it('go back to the handler, who writes them anew, and on to approver and director, each with the effect in view', async () => {
    const handler = await windows.of('handler-1', gatePage('prepareCorrection'));
    await decideOn(handler, { form: '办理' });
    await handler.getByText('已办理：同意').waitFor();
    await city.runtime.settled();
    const approver = await windows.of('approver-1', gatePage('approveCorrection'));
    await approver.getByRole('table', { name: '星级变化' }).waitFor();
    await decideOn(approver, { form: '办理', choice: '退回', reason: '请补充依据' });
    await approver.getByText('已办理：退回').waitFor();
    await city.runtime.settled();
    await windows.of('handler-1', PAGE);
    await handler.getByRole('button', { name: '预览更正后的结果' }).click();
    await handler.getByRole('heading', { name: '修改更正稿', exact: true }).waitFor();
    await handler.getByRole('table', { name: '星级变化' }).nth(1).waitFor();
    await decideOn(handler, { form: '提交：修改更正稿', reason: '据投诉核查，补充依据' });
    await handler.getByText('更正稿已修改').waitFor();
    await windows.of('handler-1', gatePage('prepareCorrection'));
    await decideOn(handler, { form: '办理' });
    await handler.getByText('已办理：同意').waitFor();
    await city.runtime.settled();
    await windows.of('approver-1', gatePage('approveCorrection'));
    await approver.getByText('更正的原因：据投诉核查，补充依据').waitFor();
    await decideOn(approver, { form: '办理', choice: '同意' });
    await approver.getByText('已办理：同意').waitFor();
    await city.runtime.settled();
    const director = await windows.of('director-1');
    await director.getByRole('link', { name: `${YEAR} 年度签发更正` }).click();
    await director.getByRole('table', { name: '统计变化' }).waitFor();
    await decideOn(director, { form: '办理', choice: '同意' });
    await director.getByText('已办理：同意').waitFor();
    await city.runtime.settled();
    expect((await run()).status).toBe('published');
  });

  it('stand for the public beside the first version, which says by which it is superseded', async () => {
    const phone = await browser.open({ width: 360, height: 740 });
    phone.setDefaultTimeout(30_000);
    await phone.goto(`${city.runtime.origin}/years/${YEAR}/circular`);
    const changes = phone.getByRole('table', { name: '星级有变化的机构 2 家' });
    await changes.waitFor();
    expect(await changes.innerText()).toContain('撤销星级：查实替考');
    const annex = phone.getByRole('table', { name: /^附件/ });
    expect(await annex.innerText()).not.toContain(POWER);
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await seriousViolations(phone)).toEqual([]);
    await phone.getByRole('link', { name: /^第 1 版/ }).click();
    await phone.getByText('已被第 2 版取代。').waitFor();
    await annex.getByText(POWER).waitFor();
    await phone.goto(`${city.runtime.origin}/stars`);
    await phone.getByText(/^本名单已于\d+年\d+月\d+日更正/).waitFor();
    const stars = phone.getByRole('table', { name: new RegExp(`^${YEAR} 年度`) });
    expect(await stars.innerText()).not.toContain(POWER);
    const handler = await windows.of('handler-1', PAGE);
    const versions = handler.getByRole('table', { name: `${YEAR} 年度公布的各个版本` });
    expect(await versions.innerText()).toContain('已被第 2 版取代');
    expect(await handler.getByRole('table', { name: '星级变化' }).first().innerText()).toContain('五星级');
  });

  it('are there again, reason and all, where the last one failed to be published', async () => {
    await publishCorrection(city, { kind: 'revoke', filingNumber: SCHOOL, grounds: '查实替考' });
    const failed = await run();
    expect(failed).toMatchObject({ status: 'failed', round: 2 });
    const handler = await windows.of('handler-1', PAGE);
    await handler.getByText('上次更正没有公布完成').waitFor();
    const form = handler.getByRole('region', { name: '提交：发起更正或撤销' });
    expect(await form.getByLabel(/必填/).inputValue()).toBe(failed.reason);
    await handler.getByRole('button', { name: '预览更正后的结果' }).click();
    await handler.getByRole('table', { name: '星级变化' }).nth(1).waitFor();
    await decideOn(handler, { form: '提交：发起更正或撤销', reason: '' });
    await handler.getByText('更正已发起').waitFor();
    const { changes, reason } = failed;
    expect(await run()).toMatchObject({ status: 'open', round: 3, changes, reason });
  });
});
