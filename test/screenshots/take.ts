/**
 * `npm run screenshots`: the pictures of the portal in `docs/screenshots/`, made anew. The sample years are lived in a
 * folder that is thrown away, a third one is begun on a clock that stands still, and the pages are looked at in chromium.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { SAMPLES } from '../../infra/local/cli/samples.ts';
import { movableClock } from '../../infra/local/clock.ts';
import { apiClient } from '../../infra/local/drive/client.ts';
import { runYears } from '../../infra/local/drive/run.ts';
import { seededRandom } from '../../infra/local/drive/seeded.ts';
import { type InputFolder, readFolder } from '../../infra/local/folder/index.ts';
import { signIn } from '../../infra/local/login/sign-in.ts';
import { openRuntime, type Runtime } from '../../infra/local/runtime.ts';
import { openBrowser } from '../support/browser.ts';
import { PICTURES, type Picture } from './pictures.ts';

/** The year that is under way in the pictures, and the moment at which they are taken. */
const NOW = { year: 2023, at: new Date('2024-02-27T02:00:00Z') };
const TARGET = new URL('../../docs/screenshots/', import.meta.url).pathname;

type Passwords = ReadonlyMap<string, string>;

async function liveSampleYears(dir: string): Promise<Passwords> {
  const read = await Promise.all(SAMPLES.map(readFolder));
  const folders = read.flatMap(({ folder }) => folder ?? []) as [InputFolder, ...InputFolder[]];
  const nothing = () => undefined;
  const publish = async () => undefined;
  const { outcome, passwords } = await runYears({ folders, dir, volatile: false, report: nothing, publish });
  if (outcome.end !== 'published') throw new Error(`the sample years ended: ${outcome.end}`);
  return passwords;
}

/** Begins a year and leaves it where agencies fill in their forms. */
async function beginYear(runtime: Runtime, passwords: Passwords): Promise<void> {
  const clientOf = async (account: string) => {
    const password = passwords.get(account) ?? '';
    const { access_token } = await signIn({ ...runtime.signIn, username: account, password });
    return apiClient(runtime.origin, access_token);
  };
  const handler = await clientOf('handler-1');
  const path = `/cycles/${NOW.year}`;
  await handler.post('/cycles', { year: NOW.year });
  await runtime.settled();
  const { inspectors } = await handler.get<{ inspectors: object[] }>(`/cycles/${NOW.year - 1}`);
  await handler.put(`${path}/inspectors`, inspectors);
  const approval = { attempt: 1, verdict: 'approve', reason: '同意' };
  await handler.post(`${path}/gates/prepareNotice/decision`, approval);
  await runtime.settled();
  await (await clientOf('approver-1')).post(`${path}/gates/approveNotice/decision`, approval);
  await runtime.settled();
}

async function enter(page: Page, account: string, passwords: Passwords): Promise<void> {
  await page.getByLabel('用户名').fill(account);
  await page.getByLabel('密码').fill(passwords.get(account) ?? '');
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

async function take(page: Page, origin: string, passwords: Passwords, picture: Picture): Promise<void> {
  const { name, account, path, prepare } = picture;
  await page.goto(origin + path);
  if (account) await enter(page, account, passwords);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await prepare?.(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(TARGET, `${name}.png`), animations: 'disabled', caret: 'hide' });
  process.stdout.write(`docs/screenshots/${name}.png\n`);
}

const dir = mkdtempSync(join(tmpdir(), 'xingping-screenshots-'));
const passwords = await liveSampleYears(dir);
const { random, randomBytes } = seededRandom('截图');
const runtime = await openRuntime({
  dir,
  clock: movableClock(NOW.at),
  random,
  randomBytes,
  yearlyStart: 'cron(0 9 1 3 ? *)',
  port: 0,
});
const browser = await openBrowser();
try {
  mkdirSync(TARGET, { recursive: true });
  await runtime.settled();
  await beginYear(runtime, passwords);
  for (const picture of PICTURES) {
    const page = await browser.open({ width: picture.width ?? 1200, height: picture.height ?? 800 });
    // What the page takes for today is the day on which the year stands.
    await page.clock.setFixedTime(NOW.at);
    await take(page, runtime.origin, passwords, picture);
    await page.context().close();
  }
} finally {
  await browser.close();
  await runtime.close();
  rmSync(dir, { recursive: true, force: true });
}
