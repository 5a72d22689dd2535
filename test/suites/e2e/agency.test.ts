/** An agency at the portal: what it fills in, what it loses nothing of, and what it cannot reach. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../../shared/domain/default-rubric.ts';
import { EXCLUDED, POWER, pdf, SCHOOL, STEEL, TRAINING, UNKNOWN, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser, seriousViolations } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { attach, fillItem, openPart } from '../../support/form-filling.ts';
import { enter, signInHere } from '../../support/portal.ts';

const FORM = `/work/years/${YEAR}/form`;
const aFile = (name: string, words = name) => ({ name, mimeType: 'application/pdf', buffer: pdf(words) });

describe('an agency', () => {
  let city: City;
  let browser: Browser;
  const at = (path: string) => `${city.runtime.origin}${path}`;
  const agency = async (account: string, path = '/work', width = 1280): Promise<Page> => {
    const page = await browser.open({ width, height: 800 });
    await enter(page, city, account, path);
    return page;
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

  it('fills in its self-evaluation by clicking, signs, and files it once however often it clicks', async () => {
    const page = await agency(SCHOOL);
    await page.getByText('2022年3月14日 23:59').waitFor();
    await page.getByRole('link', { name: /填报自评/ }).click();
    for (const { code, title, items } of DEFAULT_RUBRIC.parts) {
      await openPart(page, `${code} ${title}`);
      await page.getByRole('heading', { level: 2, name: `${code} ${title}` }).waitFor();
      for (const item of items) {
        await fillItem(page, item);
        const card = page.locator(`#${item.code}`);
        if (item.code === 'A1') {
          await attach(page, 'A1', [aFile('台账.pdf'), aFile('方案.pdf')]);
          await card.getByRole('button', { name: '台账.pdf', exact: true }).waitFor();
          await card.getByRole('button', { name: '方案.pdf', exact: true }).waitFor();
        } else {
          await card.getByLabel('选用其他项目的材料').selectOption({ label: '台账.pdf（2021年6月30日）' });
        }
        await card.getByText(`${item.points} 分`, { exact: true }).nth(1).waitFor();
      }
    }
    await page.getByRole('complementary').getByText('100.00').waitFor();
    await openPart(page, '检查并提交');
    await page.getByText('各项均已填报').waitFor();
    await page.getByLabel('承诺人姓名').fill('张某');
    await page.getByLabel('职务').fill('校长');
    await page.getByLabel('承诺日期').fill('2022-03-04');
    await page.getByLabel(/我已阅读承诺书/).check();
    await page.getByRole('button', { name: '签署承诺并提交' }).click();
    await page.getByRole('dialog').getByText('提交后不能自行修改').waitFor();
    await page.getByRole('button', { name: '确认提交' }).dblclick();
    await page.getByRole('heading', { name: '提交回执' }).waitFor();
    await city.runtime.settled();
    const { submission, history } = await city.dossier(SCHOOL);
    expect(history.filter(({ type }) => type === 'submitted')).toHaveLength(1);
    expect(submission).toMatchObject({ claimed: '100.00', commitment: { name: '张某', date: '2022-03-04' } });
    await page.getByText(submission?.digest ?? '').waitFor();
    expect(await page.evaluate('localStorage.length')).toBe(0);
    await page.goto(at(FORM));
    await page.getByText('自评目前不能填写').waitFor();
    await page.close();
  });

  it('finds what it typed on another machine, and half an answer on its own', async () => {
    const page = await agency(TRAINING, `${FORM}?part=A`);
    const [done, planned] = [
      page.locator('#A2 input.number').nth(0),
      page.locator('#A2 input.number').nth(1),
    ];
    await done.fill('９');
    await page.getByText(/未填完整的内容已暂存本机/).waitFor();
    await page.reload();
    expect(await done.inputValue()).toBe('９');
    await planned.fill('10');
    await page.getByText(/^已保存（\d\d:\d\d）$/).waitFor();
    expect(await page.evaluate('localStorage.length')).toBe(0);
    const elsewhere = await agency(TRAINING, `${FORM}?part=A`);
    expect(await elsewhere.locator('#A2 input.number').first().inputValue()).toBe('9');
    await elsewhere.close();
    await page.close();
  });

  it('is asked which one counts when somebody saved another draft meanwhile', async () => {
    const [first, second] = [
      await agency(TRAINING, `${FORM}?part=A`),
      await agency(TRAINING, `${FORM}?part=A`),
    ];
    await first.locator('#A4').getByLabel('备注（选填）').fill('甲的备注');
    await first.getByText(/^已保存/).waitFor();
    await second.locator('#A4').getByLabel('备注（选填）').fill('乙的备注');
    await second.getByText('草稿在别处保存过').waitFor();
    await second.getByRole('button', { name: '改用别处保存的' }).click();
    await second.getByText(/^已保存/).waitFor();
    expect(await second.locator('#A4').getByLabel('备注（选填）').inputValue()).toBe('甲的备注');
    await first.close();
    await second.close();
  });

  it('types on while the line is cut: kept on its machine, then saved by itself', async () => {
    const page = await agency(TRAINING, `${FORM}?part=B`);
    const remark = page.locator('#B1').getByLabel('备注（选填）');
    await remark.waitFor();
    await page.context().setOffline(true);
    await remark.fill('断网时填写');
    await page.getByText(/未保存，已暂存本机：无法连接服务器/).waitFor();
    await page.context().setOffline(false);
    await page.getByText(/^已保存/).waitFor();
    const draft = await (await city.as(TRAINING)).get(`/cycles/${YEAR}/dossiers/${TRAINING}/draft`);
    expect(draft).toMatchObject({ answers: { items: { B1: { remark: '断网时填写' } } } });
    await page.close();
  });

  it('loses nothing when its session ends while it types', async () => {
    const page = await browser.open();
    await page.clock.install();
    await enter(page, city, TRAINING, `${FORM}?part=C`);
    // Its sessions end at the issuer, and two hours later its token has ended as well.
    await city.runtime.accounts.setPassword(TRAINING, await city.passwordOf(TRAINING));
    await page.clock.fastForward('02:00:00');
    const remark = page.locator('#C1').getByLabel('备注（选填）');
    await remark.fill('会话过期时填写');
    await page.getByRole('dialog').getByText('已暂存在本机').waitFor();
    await page.getByRole('button', { name: '重新登录' }).click();
    await signInHere(page, city, TRAINING);
    await page.waitForURL(`**${FORM}?part=C`);
    await page.getByText(/^已保存/).waitFor();
    expect(await remark.inputValue()).toBe('会话过期时填写');
    await page.close();
  });

  it('sends a file on that was cut half-way, once the line is back', async () => {
    const page = await agency(STEEL, `${FORM}?part=A`);
    const wire = await page.context().newCDPSession(page);
    const slow = { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 150_000 };
    await wire.send('Network.enable');
    await wire.send('Network.emulateNetworkConditions', slow);
    const large = { ...aFile('录像说明.pdf'), buffer: pdf('大'.repeat(400_000)) };
    await attach(page, 'A2', [large]);
    const line = page.locator('#A2').getByRole('listitem').filter({ hasText: '录像说明.pdf' });
    await line.getByRole('progressbar').waitFor();
    await expect
      .poll(async () => Number(await line.getByRole('progressbar').getAttribute('aria-valuenow')), {
        timeout: 20_000,
      })
      .toBeGreaterThan(10);
    await wire.send('Network.emulateNetworkConditions', { ...slow, offline: true });
    await line.getByText('连接中断，已暂停').waitFor();
    await wire.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });
    await page.locator('#A2').getByRole('button', { name: '录像说明.pdf', exact: true }).waitFor();
    await page.getByText(/^已保存/).waitFor();
    await page.close();
  });

  it('is told what is wrong with a file, and looks at one that is kept', async () => {
    const page = await agency(STEEL, `${FORM}?part=A`);
    const card = page.locator('#A3');
    await card.locator('input[type=file]').setInputFiles([
      { name: '工具.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
      { name: '空.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
      { name: '改名.png', mimeType: 'image/png', buffer: pdf('不是图片') },
    ]);
    await card.getByText(/不接受这种文件。可上传 PDF/).waitFor();
    await card.getByText(/是空文件/).waitFor();
    await card
      .getByRole('listitem')
      .filter({ hasText: '改名.png' })
      .getByLabel('形成日期')
      .fill('2021-05-01');
    await card.getByText(/改名.png.*文件已拒收/).waitFor();
    await page.locator('#A2').getByRole('button', { name: '录像说明.pdf', exact: true }).click();
    await page.getByRole('dialog').getByText('未经查毒').waitFor();
    await page.close();
  });

  it('reaches nothing of another agency, whatever address it tries', async () => {
    const page = await agency(STEEL);
    const ask = (path: string) =>
      page.evaluate<{ status: number; text: string }>(`(async () => {
        const key = Object.keys(sessionStorage).find((one) => one.startsWith('oidc.user'));
        const authorization = 'Bearer ' + JSON.parse(sessionStorage.getItem(key)).access_token;
        const response = await fetch('/api${path}', { headers: { authorization } });
        return { status: response.status, text: await response.text() };
      })()`);
    for (const route of ['', '/draft', '/uploads', '/papers/score-sheets/pdf']) {
      const answers = [];
      for (const other of [POWER, SCHOOL, EXCLUDED, UNKNOWN])
        answers.push(await ask(`/cycles/${YEAR}/dossiers/${other}${route}`));
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    }
    const list = await ask(`/cycles/${YEAR}/dossiers`);
    expect(list.text).toContain(STEEL);
    expect(list.text).not.toMatch(new RegExp([POWER, SCHOOL, TRAINING].join('|')));
    await page.close();
  });

  it.each([1280, 360])(
    'has no page with a serious fault of accessibility at a width of %d, and all fit',
    async (width) => {
      const page = await agency(STEEL, '/work', width);
      const parts = [...DEFAULT_RUBRIC.parts.map(({ code }) => code), 'bonus', 'check'];
      for (const path of ['/work', `/work/years/${YEAR}`, ...parts.map((part) => `${FORM}?part=${part}`)]) {
        await page.goto(at(path));
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        expect([path, await seriousViolations(page)]).toEqual([path, []]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
      await page.close();
    },
  );
});
