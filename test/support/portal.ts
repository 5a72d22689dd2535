/** People at the portal: signing in by the issuer's own page, as they do it. */
import type { Page } from 'playwright-core';
import type { City } from './city.ts';

/** Opens an address behind the login, signs in, and waits to be back there. */
export async function enter(page: Page, city: City, account: string, path = '/work'): Promise<void> {
  await page.goto(`${city.runtime.origin}${path}`);
  await signInHere(page, city, account);
  await page.waitForURL(`**${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Fills in the issuer's page, once it is there. */
export async function signInHere(page: Page, city: City, account: string): Promise<void> {
  await page.getByLabel('用户名').fill(account);
  await page.getByLabel('密码').fill(await city.passwordOf(account));
  await page.getByRole('button', { name: '登录', exact: true }).click();
}
