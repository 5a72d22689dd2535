/** The centre's staff through a year, by clicking: what waits for them, deciding it on purpose, and who may only look. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POWER, SCHOOL, SMALL_CITY, STEEL, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser, seriousViolations } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { file, record } from '../../support/passage.ts';
import { enter } from '../../support/portal.ts';
import { decideOn, fillVisit, treatFlags, windowsOf } from '../../support/staff-portal.ts';

const AGENCIES = SMALL_CITY.filter(({ filingNumber }) => [STEEL, SCHOOL].includes(filingNumber));

describe('staff', () => {
  let city: City;
  let browser: Browser;
  let windows: ReturnType<typeof windowsOf>;

  const decisionsAt = async (gate: string) => {
    const { history } = await city.cycle();
    return history.filter((line) => line.type === 'gateDecided' && line.data.gate === gate);
  };
  const inspectors = [1, 2, 3].map((n) => ({ id: `inspector-${n}`, name: `督导员${n}`, recusals: [] }));

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity({ agencies: AGENCIES }), openBrowser()]);
    windows = windowsOf(city, browser);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('import the registry after a preview that names every wrong cell and writes nothing', async () => {
    const handler = await windows.of('handler-1', '/work/registry');
    await handler.getByText('共 2 家，符合条件 2 家').waitFor();
    const choose = (text: string) =>
      handler
        .getByLabel(/选择工作簿/)
        .setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const head = '机构备案号,机构名称,备案类型,机构性质,备案期限,县区';
    const row = `${POWER},淮河电力有限公司,企业,民营企业,2020.4-2023.3,田家庵区`;
    await choose(`${head}\n${row.replace(POWER, 'Y12')}`);
    const problems = handler.getByRole('table', { name: '需要留意的单元格' });
    await problems.getByText('A2').waitFor();
    expect(await problems.innerText()).toContain('机构备案号');
    expect(await handler.getByRole('region', { name: '确认导入' }).count()).toBe(0);
    await choose(`${head}\n${row}`);
    await decideOn(handler, { form: '确认导入', reason: '' });
    await handler.getByText('已导入：新增 1 家').waitFor();
    await handler.getByText('共 3 家，符合条件 3 家').waitFor();
    const sought = handler.getByLabel('名称或备案号');
    // As an input method leaves it: full width, in small letters.
    await sought.fill('ｙ０００');
    await handler.getByText('符合条件 2 家').waitFor();
    await sought.fill('没有这一家');
    await handler.getByText('没有符合条件的机构').waitFor();
  });

  it('start the year, and set who inspects and what counts, by the rules that the API applies', async () => {
    const handler = await windows.of('handler-1', '/work/settings');
    await handler.getByText('启动新的评估年度').click();
    await handler.getByLabel('评估年度', { exact: true }).fill(String(YEAR));
    await decideOn(handler, { form: '启动评估年度', reason: '' });
    await handler.getByText(`${YEAR} 年度评估已启动`).waitFor();
    city.year = YEAR;
    await city.runtime.settled();
    await windows.of('handler-1', `/work/settings?year=${YEAR}`);
    for (const [index, { id, name }] of inspectors.entries()) {
      await handler.getByRole('button', { name: '增加督导员' }).click();
      await handler.getByLabel(`第 ${index + 1} 名账号`).fill(id);
      await handler.getByLabel(`第 ${index + 1} 名姓名`).fill(name);
    }
    await handler.getByRole('button', { name: '保存督导员名单' }).click();
    await handler.getByText('督导员名单已保存').waitFor();
    await handler.getByRole('button', { name: '增加不参评机构' }).click();
    await handler.getByLabel('第 1 家备案号').fill(POWER);
    await handler.getByText('有 1 处需要改正').waitFor();
    await handler.getByLabel('第 1 家原因').fill('省中心抽查评估');
    await handler.getByRole('button', { name: '保存年度设置' }).click();
    await handler.getByText('评估设置已保存').waitFor();
    await handler.getByText(/^A 计划实施/).click();
    await handler.getByLabel('A2 分值').fill('9');
    await handler.getByText(/现为 101 分/).waitFor();
    expect(await handler.getByRole('button', { name: '保存评分标准' }).isDisabled()).toBe(true);
    await handler.getByLabel('A2 分值').fill('8');
    await handler.getByText('试算 A2').click();
    await handler.getByLabel('执行批次数').first().fill('14');
    await handler.getByLabel('计划批次数').first().fill('20');
    await handler.getByText(/试算：已填 1 项，得 5 分/).waitFor();
    expect((await city.cycle()).inspectors.map(({ name }) => name)).toEqual([
      '督导员1',
      '督导员2',
      '督导员3',
    ]);
  });

  it('find what waits for them on their start page, and nothing that waits for others', async () => {
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
    await treatFlags(handler);
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
    await treatFlags(handler);
    await decideOn(handler, { form: '材料复核' });
    await handler.getByText('已完成材料复核').waitFor();
    await city.runtime.settled();
    expect((await city.cycle()).gate?.gate).toBe('approvePlan');
  });

  it('filter the dossiers, and find the filter in the address again', async () => {
    const approver = await windows.of('approver-1', '/work/dossiers');
    await approver.getByText('共 3 家，符合条件 3 家').waitFor();
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

  it('make the draw again on their own machine before they approve the plan', async () => {
    const approver = await windows.of('approver-1', `/work/gates/${YEAR}/approvePlan`);
    await approver.getByRole('link', { name: '查看抽签记录并在本机复核' }).click();
    await approver.getByRole('button', { name: '在本机重新计算' }).click();
    await approver.getByText('复核一致').waitFor();
  });

  it('record a visit on a phone without a network, and hand it in once when the line is back', async () => {
    const approver = await windows.of('approver-1', `/work/gates/${YEAR}/approvePlan`);
    await decideOn(approver, { form: '办理', choice: '同意' });
    await approver.getByText('已办理：同意，审批抽查方案').waitFor();
    await city.runtime.settled();
    const { visit } = await city.dossier(STEEL);
    const [first = '', second = ''] = visit?.inspectors ?? [];
    const phone = await windows.of(first);
    await phone.setViewportSize({ width: 360, height: 740 });
    await phone.getByRole('link', { name: '淮河钢铁有限公司' }).click();
    await phone.getByRole('button', { name: /与自评一致.*A1$/ }).waitFor();
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await seriousViolations(phone)).toEqual([]);
    await phone.context().setOffline(true);
    await fillVisit(phone);
    await decideOn(phone, { form: '签名提交', reason: '' });
    await phone.getByText('存在本机，等待提交').waitFor();
    expect((await city.dossier(STEEL)).visit?.findings).toEqual({});
    await phone.context().setOffline(false);
    await phone.getByText('您的检查记录已提交').waitFor({ timeout: 20_000 });
    const { history } = await city.dossier(STEEL);
    const recorded = history.filter(({ type, by }) => type === 'findingRecorded' && by.id === first);
    expect(recorded).toMatchObject([{ data: { representative: { name: '李某' } } }]);
    await record(city, STEEL, second, {
      A2: { kind: 'banded', values: { numerator: 15, denominator: 20 } },
    });
    expect((await city.dossier(STEEL)).status).toBe('visiting');
  });

  it('capture a visit on a registered device, and hand its file in from another machine, once', async () => {
    const { visit } = await city.dossier(SCHOOL);
    const [first = '', second = ''] = visit?.inspectors ?? [];
    const path = `/work/visits/${YEAR}/${SCHOOL}`;
    const open = async () => {
      const page = await browser.open();
      page.setDefaultTimeout(30_000);
      await enter(page, city, first);
      await page.goto(city.runtime.origin + path);
      return page;
    };
    const device = await open();
    await device.getByRole('button', { name: '登记本机用于离线检查' }).click();
    await device.getByText('本机已登记').waitFor();
    expect(await seriousViolations(device)).toEqual([]);
    await device.context().setOffline(true);
    await fillVisit(device);
    await decideOn(device, { form: '签名提交', reason: '' });
    const saving = device.waitForEvent('download');
    await device.getByRole('button', { name: '导出离线检查包' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe(`离线检查包-${YEAR}-${SCHOOL}.json`);
    const content = readFileSync(await saved.path(), 'utf8');
    await device.close();

    const office = await open();
    const choose = (text: string) =>
      office
        .getByLabel(/提交离线检查包/)
        .setInputFiles({ name: '检查包.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await choose(content.replace('李某', '王某'));
    await office.getByText(/导出后被改动过，不能受理/).waitFor();
    expect((await city.dossier(SCHOOL)).visit?.findings).toEqual({});
    await choose(content);
    await office.getByText('您的检查记录已提交').waitFor();
    await office.close();
    expect((await city.dossier(SCHOOL)).visit?.findings[first]).toMatchObject({
      representative: { name: '李某' },
      packet: { nonce: expect.any(String) },
    });
    await record(city, SCHOOL, second);
    expect((await city.dossier(SCHOOL)).status).toBe('visited');
  });

  it('settle what they recorded differently: one drafts, the other sends back, then confirms', async () => {
    const { visit } = await city.dossier(STEEL);
    const [first = '', second = ''] = visit?.inspectors ?? [];
    const drafts = async (account: string, reason: string, other: RegExp) => {
      const page = await windows.of(account, `/work/visits/${YEAR}/${STEEL}`);
      const item = page.getByRole('group', { name: /A2/ });
      expect(await item.innerText()).toContain('15');
      await item.getByRole('button', { name: other }).click();
      const form = page.getByRole('region', { name: '会商记录' });
      await form.getByRole('checkbox', { name: /我已核对/ }).check();
      await form.getByRole('button', { name: /^提交/ }).click();
      await form.getByText('A2：请写明认定理由').waitFor();
      await item.getByLabel(/认定理由/).fill(reason);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await seriousViolations(page)).toEqual([]);
      await decideOn(page, { form: '会商记录', reason: '' });
      await page.getByText('会商记录已由您起草').waitFor();
      return page;
    };
    await drafts(first, '以台账为准', /^以同组记录为准/);
    const judge = await windows.of(second);
    await judge.getByText('待确认会商记录').waitFor();
    await judge.getByRole('link', { name: '淮河钢铁有限公司' }).click();
    const table = judge.getByRole('table', { name: '会商记录' });
    expect(await table.innerText()).toContain('以台账为准');
    expect(await seriousViolations(judge)).toEqual([]);
    const form = judge.getByRole('region', { name: '确认会商记录' });
    await form.getByRole('radio', { name: '退回' }).check();
    await form.getByLabel(/退回的理由/).fill('另有一个批次跨年');
    await decideOn(judge, { form: '确认会商记录', choice: '退回', reason: '' });
    await judge.getByText('退回的理由：另有一个批次跨年').waitFor();
    await drafts(second, '跨年批次计入本年', /^以同组记录为准/);
    const confirming = await windows.of(first, `/work/visits/${YEAR}/${STEEL}`);
    await decideOn(confirming, { form: '确认会商记录', choice: '确认', reason: '' });
    await confirming.getByText('检查已经结束').waitFor();
    await city.runtime.settled();
    const { history } = await city.dossier(STEEL);
    const joint = history.filter(({ type }) => type.startsWith('jointEntry'));
    expect(joint.map(({ type, by }) => [type, by.id])).toEqual([
      ['jointEntryDrafted', first],
      ['jointEntrySentBack', second],
      ['jointEntryDrafted', second],
      ['jointEntryConfirmed', first],
    ]);
    expect((await city.cycle()).gate?.gate).toBe('reviewScores');
  });

  it('see how far inspectors are apart, in a picture and in a table, on a phone as well', async () => {
    const auditor = await windows.of('auditor-1', `/work/moderation?year=${YEAR}`);
    await auditor.setViewportSize({ width: 360, height: 740 });
    const picture = auditor.getByRole('img', { name: '各项目督导员记录不一致的比例' });
    await picture.locator('svg').waitFor();
    const table = auditor.getByRole('table', { name: '各项目督导员记录的差异' });
    expect(await table.getByRole('row', { name: /A2/ }).innerText()).toMatch(/2\s+1\s+50\.0%/);
    await auditor.getByRole('img', { name: '各部分自评和检查的得分率' }).locator('svg').waitFor();
    expect(await auditor.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await seriousViolations(auditor)).toEqual([]);
    await auditor.setViewportSize({ width: 1280, height: 800 });
    expect(await seriousViolations(auditor)).toEqual([]);
  });

  it('find nothing of a visit that is not theirs', async () => {
    const { visit } = await city.dossier(STEEL);
    const stranger = inspectors.find(({ id }) => !visit?.inspectors.includes(id));
    const page = await windows.of(stranger?.id ?? '', `/work/visits/${YEAR}/${STEEL}`);
    await page.getByText('没有找到该档案').waitFor();
    expect(await page.getByRole('main').innerText()).not.toContain('淮河钢铁');
  });

  it('approve the scores that they see', async () => {
    const approver = await windows.of('approver-1', `/work/gates/${YEAR}/reviewScores`);
    await approver.getByText('评分结果，共 2 家').waitFor();
    await decideOn(approver, { form: '办理', choice: '同意' });
    await approver.getByText('已办理：同意，审核评分结果').waitFor();
    await city.runtime.settled();
    expect((await city.cycle()).gate?.gate).toBe('answerDraftResults');
  });

  it('reply to what an agency says of its draft result, with the score that follows', async () => {
    const answer = { items: ['A2'], reason: '另有 2 批在外地举行', evidence: [] };
    await (await city.as(STEEL)).post(`/cycles/${YEAR}/dossiers/${STEEL}/draft-result-answer`, answer);
    const handler = await windows.of('handler-2');
    await handler.getByRole('link', { name: '淮河钢铁有限公司' }).click();
    await handler.getByRole('article').getByText('另有 2 批在外地举行').waitFor();
    await decideOn(handler, { form: '答复陈述申辩', choice: '不采纳', reason: '没有佐证' });
    await handler.getByText('已处理：不采纳').waitFor();
    expect((await city.dossier(STEEL)).answers).toMatchObject([
      { verdict: 'rejected', decision: '没有佐证' },
    ]);
  });

  it('edit the circular with contradictions marked, and sign the page that they see', async () => {
    await city.to('prepareCircular');
    const handler = await windows.of('handler-1', '/work/circular');
    const text = handler.getByLabel('好的方面第 1 段文字');
    const drafted = await text.inputValue();
    await text.fill(drafted.replace('2家参评机构', '5家参评机构'));
    await handler.getByText(/“5家”与数据不符/).waitFor();
    await handler.getByRole('button', { name: '保存文稿' }).click();
    await handler.getByText('文稿已保存').waitFor();
    await handler.getByText('共 1 处，其中未说明 1 处').waitFor();
    await windows.of('handler-1', `/work/gates/${YEAR}/prepareCircular`);
    await decideOn(handler, { form: '办理' });
    await handler.getByRole('alert').getByText(/5家/).waitFor();
    await windows.of('handler-1', '/work/circular');
    await text.fill(drafted);
    await handler.getByRole('button', { name: '保存文稿' }).click();
    await handler.getByText('没有与数据不符的数字').waitFor();
    await windows.of('handler-1', `/work/gates/${YEAR}/prepareCircular`);
    await decideOn(handler, { form: '办理' });
    await handler.getByText('已办理：同意，拟定通报').waitFor();
    await city.runtime.settled();
    const director = await windows.of('director-1', `/work/gates/${YEAR}/signCircular`);
    const page = director.frameLocator('iframe[title="通报版面预览"]');
    await page.getByText('淮河技师学院').waitFor();
    await decideOn(director, { form: '办理', choice: '同意', reason: '同意签发' });
    await director.getByText('已办理：同意，签发通报').waitFor();
    await city.runtime.settled();
    expect((await city.cycle()).status).toBe('published');
  });

  it.each([
    '/work',
    `/work/gates/${YEAR}/signCircular`,
    '/work/circular',
    '/work/draw',
    '/work/registry',
    '/work/settings',
    '/work/dossiers',
    `/work/dossiers/${YEAR}/${STEEL}`,
  ])('%s shows an auditor everything of the published year and no form', async (path) => {
    const auditor = await windows.of('auditor-1', path);
    await auditor.waitForLoadState('networkidle');
    const main = auditor.getByRole('main');
    expect(await main.getByRole('button', { name: /提交|更正|确认|保存|增加|删除|移/ }).count()).toBe(0);
    expect(await main.locator('textarea:enabled:visible').count()).toBe(0);
    expect(await seriousViolations(auditor)).toEqual([]);
    await auditor.setViewportSize({ width: 360, height: 740 });
    expect(await auditor.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await auditor.setViewportSize({ width: 1280, height: 800 });
  });
});
