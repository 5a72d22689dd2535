/**
 * `npm run screenshots`: the pictures of the portal in `docs/screenshots/`, made anew. The demo's years are lived in a folder
 * that is thrown away, up to a moment at which the clock stands still, and the pages are looked at in chromium.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { liveDemo } from '../../infra/local/cli/fill-demo.ts';
import { movableClock } from '../../infra/local/clock.ts';
import { seededRandom } from '../../infra/local/drive/seeded.ts';
import { openRuntime } from '../../infra/local/runtime.ts';
import { openBrowser } from '../support/browser.ts';
import { PICTURES, type Picture } from './pictures.ts';

/** The moment at which the pictures are taken. */
const NOW = new Date('2024-02-27T02:00:00Z');
const TARGET = new URL('../../docs/screenshots/', import.meta.url).pathname;

type Passwords = ReadonlyMap<string, string>;

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
const { passwords } = await liveDemo(dir, NOW);
const { random, randomBytes } = seededRandom('截图');
const runtime = await openRuntime({
  dir,
  clock: movableClock(NOW),
  random,
  randomBytes,
  yearlyStart: 'cron(0 9 1 3 ? *)',
  port: 0,
});
const browser = await openBrowser();
try {
  mkdirSync(TARGET, { recursive: true });
  await runtime.settled();
  for (const picture of PICTURES) {
    const page = await browser.open({ width: picture.width ?? 1200, height: picture.height ?? 800 });
    // What the page takes for today is the day on which the year stands.
    await page.clock.setFixedTime(NOW);
    await take(page, runtime.origin, passwords, picture);
    await page.context().close();
  }
} finally {
  await browser.close();
  await runtime.close();
  rmSync(dir, { recursive: true, force: true });
}
