/** The centre's staff through a year, by clicking: what waits for them, deciding it on purpose, and who may only look. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCHOOL, SMALL_CITY, STEEL, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser, seriousViolations } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { file } from '../../support/passage.ts';
import { decideOn, windowsOf } from '../../support/staff-portal.ts';

const AGENCIES = SMALL_CITY.filter(({ filingNumber }) => [STEEL, SCHOOL].includes(filingNumber));

describe('staff', () => {
  let city: City;
  let browser: Browser;
  let windows: ReturnType<typeof windowsOf>;

  const decisionsAt = async (gate: string) => {
    const { history } = await city.cycle();
    return history.filter((line) => line.type === 'gateDecided' && line.data.gate === gate);
  };
  /** The one file that stands for every item of a form is flagged. */
  const acceptFlags = async (page: Page) => {
    const form = page.getByRole('region', { name: '处理预警' });
    await form.getByRole('radio', { name: '采信填报' }).check();
    await form.getByRole('checkbox').first().check();
    await decideOn(page, { form: '处理预警', choice: '采信填报', reason: '已核对原件' });
    await page.getByText('已处理预警 1 条').waitFor();
  };
  const inspectors = [1, 2, 3].map((n) => ({ id: `inspector-${n}`, name: `督导员${n}`, recusals: [] }));

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity({ agencies: AGENCIES }), openBrowser()]);
    windows = windowsOf(city, browser);
    await city.start();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('find what waits for them on their start page, and nothing that waits for others', async () => {
    await (await city.as('handler-1')).put(`/cycles/${YEAR}/inspectors`, inspectors);
    const handler = await windows.of('handler-1');
    await handler.getByRole('heading', { name: '待办事项（1 件）' }).waitFor();
    await (await windows.of('approver-1')).getByText('没有需要您办理的事项').waitFor();
    await handler.getByRole('link', { name: `${YEAR} 年度拟定评估通知` }).click();
    await decideOn(handler, { form: '办理' });
    await handler.getByText('已办理：同意，拟定评估通知').waitFor();
    await city.runtime.settled();
    expect((await city.cycle()).gate?.gate).toBe('approveNotice');
  });

  it('are told what is missing before anything is sent', async () => {
    const approver = await windows.of('approver-1', `/work/gates/${YEAR}/approveNotice`);
    const form = approver.getByRole('region', { name: '办理' });
    const send = form.getByRole('button', { name: /^提交/ });
    await send.click();
    await form.getByText('请先选择办理意见').waitFor();
    await form.getByRole('radio', { name: '取消本年度评估' }).check();
    await send.click();
    await form.getByText('请写明理由').waitFor();
    await form.getByLabel(/必填/).fill('试一试');
    await send.click();
    await form.getByRole('alert').getByText(`请输入“取消${YEAR}”确认`).waitFor();
    expect(await decisionsAt('approveNotice')).toEqual([]);
  });

  it('decide once, however often they click; whoever comes later is told who was first', async () => {
    const late = await windows.of('approver-2', `/work/gates/${YEAR}/approveNotice`);
    await late.getByRole('region', { name: '办理' }).waitFor();
    const approver = await windows.of('approver-1', `/work/gates/${YEAR}/approveNotice`);
    const calls: string[] = [];
    approver.on('request', (request) => request.method() === 'POST' && calls.push(request.url()));
    await decideOn(approver, { form: '办理', choice: '同意', reason: '同意发布', clicks: 2 });
    await approver.getByText('已办理：同意，审批评估通知').waitFor();
    expect(calls.filter((url) => url.endsWith('/decision'))).toHaveLength(1);
    await city.runtime.settled();
    expect(await decisionsAt('approveNotice')).toMatchObject([
      { by: { id: 'approver-1' }, reason: '同意发布' },
    ]);
    await decideOn(late, { form: '办理', choice: '退回', reason: '再改一改' });
    await late
      .getByText(/approver-1/)
      .first()
      .waitFor();
    expect(await decisionsAt('approveNotice')).toHaveLength(1);
  });

  it('see how many are in, and correct at the desk what the agency filed', async () => {
    await file(city, STEEL);
    const handler = await windows.of('handler-1');
    await handler.getByText('应提交自评 2 家，已提交 1 家').waitFor();
    await file(city, SCHOOL);
    await handler.goto(`${city.runtime.origin}/work`);
    await handler.getByRole('heading', { name: '待办事项（2 件）' }).waitFor();
    await handler.getByRole('link', { name: '淮河钢铁有限公司' }).click();
    await acceptFlags(handler);
    await handler.getByRole('button', { name: '更正 A2' }).click();
    const correction = handler.getByRole('group', { name: '更正 A2' });
    await correction.getByLabel('执行批次数').fill('14');
    const review = handler.getByRole('region', { name: '材料复核' });
    await review.getByLabel(/必填/).fill('与平台数据一致');
    await review.getByRole('checkbox', { name: /我已核对/ }).check();
    await review.getByRole('button', { name: /^提交/ }).click();
    await review.getByText('请写明 A2 的更正理由').waitFor();
    await correction.getByLabel('更正理由').fill('平台导出为 14 批');
    await decideOn(handler, { form: '材料复核', reason: '与平台数据一致' });
    await handler.getByText('已完成材料复核').waitFor();
    expect((await city.dossier(STEEL)).desk?.corrections).toMatchObject([
      { item: 'A2', facts: { values: { numerator: 14 } }, reason: '平台导出为 14 批' },
    ]);
    await windows.of('handler-1', `/work/dossiers/${YEAR}/${SCHOOL}`);
    await acceptFlags(handler);
    await decideOn(handler, { form: '材料复核' });
    await handler.getByText('已完成材料复核').waitFor();
    await city.runtime.settled();
    expect((await city.cycle()).gate?.gate).toBe('approvePlan');
  });

  it('filter the dossiers, and find the filter in the address again', async () => {
    const approver = await windows.of('approver-1', '/work/dossiers');
    await approver.getByText('共 2 家，符合条件 2 家').waitFor();
    await approver.getByLabel('备案类型').selectOption('enterprise');
    await approver.getByLabel('名称或备案号').fill('钢铁');
    await approver.getByText('符合条件 1 家').waitFor();
    await approver.reload();
    await approver.getByText('符合条件 1 家').waitFor();
    expect(new URL(approver.url()).searchParams.get('type')).toBe('enterprise');
  });

  it('see the corrected beside the declared, the file beside both, and the chain checked', async () => {
    const approver = await windows.of('approver-1', `/work/dossiers/${YEAR}/${STEEL}`);
    const row = approver.locator('#item-A2');
    expect(await row.innerText()).toContain('更正理由：平台导出为 14 批');
    await row.getByRole('button', { name: '佐证.pdf' }).click();
    const viewer = approver.getByRole('complementary', { name: '佐证材料：佐证.pdf' });
    await viewer.getByText('该文件未经病毒查杀').waitFor();
    await viewer.getByRole('button', { name: '关闭' }).click();
    await approver.getByText('每条记录都与前一条衔接').waitFor();
  });

  it('do nothing as an auditor: everything is there, and no form', async () => {
    for (const path of ['/work', `/work/gates/${YEAR}/approvePlan`, `/work/dossiers/${YEAR}/${STEEL}`]) {
      const auditor = await windows.of('auditor-1', path);
      await auditor.waitForLoadState('networkidle');
      expect(await auditor.getByRole('textbox').count()).toBe(0);
      expect(
        await auditor
          .getByRole('main')
          .getByRole('button', { name: /提交|更正|确认/ })
          .count(),
      ).toBe(0);
    }
  });

  it.each(['/work', `/work/gates/${YEAR}/approvePlan`, '/work/dossiers', `/work/dossiers/${YEAR}/${STEEL}`])(
    '%s has no serious fault of accessibility, and fits 360 px',
    async (path) => {
      const page = await windows.of('approver-1', path);
      await page.waitForLoadState('networkidle');
      expect(await seriousViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await seriousViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 800 });
    },
  );
});
