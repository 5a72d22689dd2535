/** The rubric's structure at the portal: parts and items come, move and go, while the API's own rules and a trial score look on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rubric } from '../../../shared/domain/rubric.ts';
import { YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser, seriousViolations } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { windowsOf } from '../../support/staff-portal.ts';

const SETTINGS = `/work/settings?year=${YEAR}`;

describe('the rubric', () => {
  let city: City;
  let browser: Browser;
  let windows: ReturnType<typeof windowsOf>;
  const rubric = async () => (await city.cycle()).rubric;

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity(), openBrowser()]);
    await city.start();
    windows = windowsOf(city, browser);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('is rebuilt by clicking, refused while its points do not add up, tried out, and kept', async () => {
    const page = await windows.of('handler-1', SETTINGS);
    const save = page.getByRole('button', { name: '保存评分标准' });
    await page.getByText(/^A 计划实施/).click();
    await page.getByLabel('A 部分名称').fill('计划与实施');
    await page.getByLabel('A 新项目的计分办法').selectOption({ label: '分档' });
    await page.getByRole('button', { name: /^增加项目.*A 部分/ }).click();
    await page.getByText(/各项分值合计应为 100 分，现为 101 分/).waitFor();
    expect(await save.isDisabled()).toBe(true);
    await page.getByLabel('A5 名称').fill('送教上门完成率');
    await page.getByLabel('A5 分子', { exact: true }).fill('已送教企业数');
    await page.getByLabel('A5 分母', { exact: true }).fill('计划送教企业数');
    // A point elsewhere makes room for it: one band less of what the fourth item may earn.
    await page.getByRole('button', { name: /^删除 ?A4$/ }).click();
    await page
      .getByText(/现为 99 分|没有填报项|最高可得/)
      .first()
      .waitFor();
    await page.getByLabel('A5 分值').fill('2');
    await page.getByText(/A5：最高可得 1 分，与分值 2 分不一致/).waitFor();
    await page.locator('.rubric-item').filter({ hasText: 'A5 名称' }).getByLabel('第 1 档得分').fill('2');
    await page.getByText('试算 A5').click();
    const trial = page.locator('.rubric-item').filter({ hasText: 'A5 名称' });
    await trial.getByLabel('已送教企业数').fill('19');
    await trial.getByLabel('计划送教企业数').fill('20');
    await page.getByText(/试算：已填 1 项，得 2 分/).waitFor();
    await page.getByRole('button', { name: /^上移 ?A5$/ }).click();
    await page.getByRole('button', { name: /^下移 ?A 部分/ }).click();
    expect(await seriousViolations(page)).toEqual([]);
    await save.click();
    await page.getByText('评分标准已保存').waitFor();
    const saved = await rubric();
    expect(Rubric.safeParse(saved).success).toBe(true);
    expect(saved.parts.slice(0, 2).map(({ code, title }) => [code, title])).toEqual([
      ['B', '公告公示'],
      ['A', '计划与实施'],
    ]);
    expect(saved.parts[1]?.items.map(({ code }) => code)).toEqual(['A1', 'A2', 'A5', 'A3']);
    expect(saved.parts[1]?.items[2]).toMatchObject({
      title: '送教上门完成率',
      measure: { numerator: { label: '已送教企业数' } },
    });
  });

  it('takes a part with an item of each kind, and gives it up again', async () => {
    const page = await windows.of('handler-1', SETTINGS);
    await page.getByRole('button', { name: '增加一个部分' }).click();
    await page.getByText(/新的部分（1 分，1 项）/).click();
    const code = (await page.getByText(/新的部分（/).innerText()).slice(0, 1);
    for (const kind of ['分档', '评判', '扣分']) {
      await page.getByLabel(`${code} 新项目的计分办法`).selectOption({ label: kind });
      await page.getByRole('button', { name: new RegExp(`^增加项目.*${code} 部分`) }).click();
    }
    await page.getByText(/新的部分（4 分，4 项）/).waitFor();
    await page.getByText(/现为 104 分/).waitFor();
    const graded = page
      .locator('.rubric-item')
      .filter({ has: page.getByRole('button', { name: '增加一等' }) });
    const own = graded.filter({ hasText: `${code}3 名称` });
    const grades = await own.getByLabel(/等得分$/).count();
    await own.getByRole('button', { name: '增加一等' }).click();
    await own.getByLabel(`${'ABCDEFGH'.charAt(grades)} 等说明`).fill('没有开展');
    await own.getByRole('button', { name: new RegExp(`^删除 ?${code}3 第`) }).click();
    expect(await own.getByLabel(/等得分$/).count()).toBe(grades);
    await page.getByRole('button', { name: new RegExp(`^删除 ?${code} 部分`) }).click();
    await page.getByText('没有未保存的修改').first().waitFor();
    expect(await page.getByText(/需要改正/).count()).toBe(0);
  });

  it('has its stars, bonus, vetoes and measures changed, with what is wrong said in Chinese, and tried out', async () => {
    const page = await windows.of('handler-1', SETTINGS);
    const save = page.getByRole('button', { name: '保存评分标准' });
    const wrong = (text: string) => page.getByText(new RegExp(text)).first().waitFor();
    await page.getByText('星级（4 档）').click();
    await page.getByLabel('星级第 2 档不低于（分）').fill('95');
    await wrong('星级不能重复，分数线应从高到低排列');
    await page.getByLabel('星级第 2 档不低于（分）').fill('85');
    await page.getByLabel('星级第 2 档名称').fill('');
    await wrong('星级第 2 档：请填写名称或说明');
    expect(await save.isDisabled()).toBe(true);
    await page.getByLabel('星级第 2 档名称').fill('优良');
    await page.getByRole('button', { name: '在最前增加一档星级' }).click();
    await wrong('星级第 1 档：星数应为 0 至 5 的整数');
    await page.getByRole('button', { name: /^删除 ?星级第 1 行/ }).click();

    await page.getByText(/^加分（4 项，合计不超过 5 分）/).click();
    await page.getByLabel('加分合计上限').fill('');
    await wrong('加分上限：请填写数字');
    await page.getByLabel('加分合计上限').fill('3');
    await page.getByRole('button', { name: /^删除 ?加分第 4 行/ }).click();
    await page.getByRole('button', { name: '增加一项加分' }).click();
    await page.getByLabel('P4 名称').fill('援企稳岗服务');
    await page.getByLabel('P4 每项加分').fill('0.5');
    await page.getByLabel('P4 加分上限').fill('2');
    await page.getByText('试算加分').click();
    await page.getByLabel(/^P4 援企稳岗服务：符合几项/).fill('3');

    await page.getByText(/^一票否决（9 条）/).click();
    const vetoes = page.getByRole('group', { name: '一票否决情形' });
    expect(await vetoes.getByRole('button', { name: /^删除/ }).count()).toBe(7);
    await page.getByRole('button', { name: /^删除 ?一票否决第 9 行/ }).click();
    await page.getByLabel('V4 情形').fill('');
    await wrong('一票否决V4：请填写名称或说明');
    await page.getByLabel('V4 情形').fill('超备案范围评价');

    await page.getByText(/^A 计划与实施/).click();
    const execution = page.locator('.rubric-item').filter({ hasText: 'A2 名称' });
    await page.getByLabel('A2 计量办法').selectOption({ label: '按数量' });
    await wrong('统计口径：A2 不是按比率分档的项目');
    await page.getByLabel('A2 计量办法').selectOption({ label: '按比率（分子÷分母）' });
    await page.getByLabel('A2 分子', { exact: true }).fill('已办批次');
    await page.getByLabel('A2 分子与平台核对').selectOption({ label: '完成批次' });
    await execution.getByLabel('不含本数').last().check();
    await page.locator('summary', { hasText: '统计口径' }).click();
    await page.getByLabel('线上机考占比取自').selectOption({ label: 'A5 送教上门完成率' });
    await page.getByLabel('查实投诉数与台账核对').selectOption({ label: '不核对' });

    await page.getByText('试算 A2').click();
    await execution.getByLabel('已办批次').fill('9');
    await execution.getByLabel('应完成数').fill('10');
    await page
      .getByText(/已填 1 项，得 8 分，加 0 分（基础分未达到合格线，加分不计入），总分 8\.00 分，不合格/)
      .waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await save.click();
    await page.getByText('评分标准已保存').waitFor();
    const saved = await rubric();
    expect(saved.stars[1]).toEqual({ stars: 4, name: '优良', from: 85 });
    expect(saved.bonus).toMatchObject({ max: 3, items: [{}, {}, {}, { code: 'P4', each: 0.5, max: 2 }] });
    expect(saved.vetoes.map(({ code }) => code)).toEqual(['V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V8']);
    expect(saved.measures.computerExam).toBe('A5');
    expect(saved.measures).not.toHaveProperty('upheldComplaints');
    expect(saved.parts[1]?.items[1]).toMatchObject({
      measure: { numerator: { label: '已办批次', platform: 'completedBatches' } },
      bands: expect.arrayContaining([{ from: 40, points: 1, above: true }]),
    });
  });

  it('cannot be touched any more once the notice is approved', async () => {
    const before = await rubric();
    await city.to('collectSelfEvaluations');
    const page = await windows.of('handler-1', SETTINGS);
    await page.getByText(/^A 计划与实施/).click();
    await page.getByText('星级（4 档）').click();
    expect(await page.getByLabel('星级第 1 档名称').isDisabled()).toBe(true);
    await page.getByLabel('A1 名称').waitFor();
    expect(await page.getByLabel('A1 名称').isDisabled()).toBe(true);
    const section = page.getByRole('region', { name: /^评分标准/ });
    expect(await section.getByRole('textbox').count()).toBeGreaterThan(4);
    expect(await section.getByRole('button').count()).toBe(0);
    expect(await rubric()).toEqual(before);
  });
});
