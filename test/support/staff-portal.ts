/** The centre's staff at the portal: each in a window of their own, deciding as the pages ask them to. */
import type { Page } from 'playwright-core';
import type { Browser } from './browser.ts';
import type { City } from './city.ts';
import { enter } from './portal.ts';

/** Somebody's window, signed in at first use and kept. */
export function windowsOf(city: City, browser: Browser) {
  const open = new Map<string, Promise<Page>>();
  const enterOnce = async (account: string) => {
    const page = await browser.open();
    page.setDefaultTimeout(10_000);
    await enter(page, city, account);
    return page;
  };
  return {
    async of(account: string, path = '/work'): Promise<Page> {
      const page = open.get(account) ?? enterOnce(account);
      open.set(account, page);
      await (await page).goto(city.runtime.origin + path);
      await (await page).getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
  };
}

interface Deed {
  /** The heading of the form. */
  form: string;
  choice?: string;
  /** Empty where the form asks for none. */
  reason?: string;
  /** Presses of the last button. */
  clicks?: number;
}

/** Fills in a form for a decision and confirms it, as somebody does who has read it. */
export async function decideOn(
  page: Page,
  { form, choice, reason = '按规定办理', clicks = 1 }: Deed,
): Promise<void> {
  const section = page.getByRole('region', { name: form });
  if (choice) await section.getByRole('radio', { name: choice }).check();
  if (reason) await section.getByLabel(/必填/).fill(reason);
  await section.getByRole('checkbox', { name: /我已核对/ }).check();
  await section.getByRole('button', { name: /^提交/ }).click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: /^确认/ });
  await confirm.click({ clickCount: clicks });
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}
