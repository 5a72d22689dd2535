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
    page.setDefaultTimeout(30_000);
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
  if (choice) await section.getByRole('radio', { name: new RegExp(`^${choice}`) }).check();
  if (reason) await section.getByLabel(/必填/).fill(reason);
  await section.getByRole('checkbox', { name: /我已核对/ }).check();
  await section.getByRole('button', { name: /^提交/ }).click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: /^确认/ });
  await confirm.click({ clickCount: clicks });
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Accepts what the one file that stands for every item of a form is flagged for. */
export async function treatFlags(page: Page): Promise<void> {
  const form = page.getByRole('region', { name: '处理预警' });
  await form.getByRole('radio', { name: '采信填报' }).check();
  await form.getByRole('checkbox').first().check();
  await decideOn(page, { form: '处理预警', choice: '采信填报', reason: '已核对原件' });
  await page.getByText('已处理预警 1 条').waitFor();
}

/** A visit with everything as the agency says, and a reason where one is asked for. */
export async function fillVisit(page: Page): Promise<void> {
  await page.locator('.visit-item').first().waitFor();
  for (const item of await page.locator('.visit-item').all()) {
    const same = item.getByRole('button', { name: /^与自评一致/ });
    if ((await same.count()) > 0) await same.click();
    else {
      await item.getByRole('radio').first().check();
      await item.getByLabel('评定理由').fill('现场查看');
    }
  }
  await page.getByLabel('机构代表姓名').fill('李某');
}
