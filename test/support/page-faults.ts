/** What must hold of every page whatever is on it: it fits its window, nothing is cut off, and it can be found one's way in. */
import type { Page } from 'playwright-core';

/** Parts that reach out of the window or are cut off at their own edge: what and where. Runs in the page. */
function misfits(): string[] {
  interface Style {
    visibility: string;
    overflowX: string;
    textOverflow: string;
  }
  interface Element {
    parentElement: Element | null;
    clientWidth: number;
    scrollWidth: number;
    innerText?: string;
    outerHTML: string;
    getBoundingClientRect(): { left: number; right: number; width: number; height: number };
    closest(selector: string): Element | null;
  }
  const { document, getComputedStyle } = globalThis as unknown as {
    document: { documentElement: Element; querySelectorAll(selector: string): Iterable<Element> };
    getComputedStyle(element: Element): Style;
  };
  const width = document.documentElement.clientWidth;
  const inFrame = (element: Element | null): boolean =>
    element !== null &&
    (/auto|scroll/.test(getComputedStyle(element).overflowX) || inFrame(element.parentElement));
  const wrong: string[] = [];
  if (document.documentElement.scrollWidth > width) wrong.push('the page scrolls sideways');
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect();
    // What only a screen reader is meant to find is a point, or far outside.
    if (box.width < 2 || box.height < 2 || box.right < 0) continue;
    const { visibility, overflowX } = getComputedStyle(element);
    if (visibility === 'hidden' || element.closest('svg svg, iframe')) continue;
    const what = element.outerHTML.slice(0, 120);
    if ((box.right > width + 1 || box.left < -1) && !inFrame(element.parentElement))
      wrong.push(`outside: ${what}`);
    const cut = element.scrollWidth > element.clientWidth + 1 && Boolean(element.innerText?.trim());
    if (/hidden|clip/.test(overflowX) && cut) wrong.push(`cut off: ${what}`);
  }
  return wrong;
}

/** Landmarks, headings and the title that a page lacks or has twice. Runs in the page. */
function landmarkFaults(): string[] {
  const { document } = globalThis as unknown as {
    document: {
      title: string;
      documentElement: { lang: string };
      querySelectorAll(selector: string): ArrayLike<{ ariaLabel: string | null }>;
    };
  };
  const count = (selector: string) => document.querySelectorAll(selector).length;
  const faults: string[] = [];
  for (const selector of ['main', 'h1', 'body > #root > header', 'body > #root > footer'])
    if (count(selector) !== 1) faults.push(`${count(selector)} of ${selector}`);
  const navigations = Array.from(document.querySelectorAll('nav'), ({ ariaLabel }) => ariaLabel);
  if (navigations.some((name) => !name) || new Set(navigations).size < navigations.length)
    faults.push(`navigations ${navigations.join('、')}`);
  if (!/.+ · 星评$/.test(document.title)) faults.push(`title “${document.title}”`);
  if (document.documentElement.lang !== 'zh-CN') faults.push('no language');
  return faults;
}

/** Faults at the width of a phone and at twice the size on a desk, after which the page has its old size again. */
export async function sizeFaults(page: Page): Promise<string[]> {
  const wire = await page.context().newCDPSession(page);
  const faults: string[] = [];
  const sizes = [
    ['360 px', { width: 360, height: 740, deviceScaleFactor: 1, mobile: false }],
    ['200 %', { width: 640, height: 400, deviceScaleFactor: 2, mobile: false }],
  ] as const;
  for (const [name, metrics] of sizes) {
    await wire.send('Emulation.setDeviceMetricsOverride', metrics);
    faults.push(...(await page.evaluate(misfits)).map((fault) => `${name}: ${fault}`));
  }
  await wire.send('Emulation.clearDeviceMetricsOverride');
  await wire.detach();
  return faults;
}

export const orientationFaults = (page: Page): Promise<string[]> => page.evaluate(landmarkFaults);
