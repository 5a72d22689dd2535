/** How long the public waits for a first view, and how much is sent for it. Bytes decide; times depend on the machine and are printed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';

/** A phone's connection on a poor day: 1.6 Mbit/s down, 0.75 up, 150 ms there and back. */
const SLOW_LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};
const KB = 1024;

/** Each public page, what is on it once it is there, and what of the published it shows. */
const VIEWS = [
  ['/', `${YEAR} 年度`, ''],
  ['/stars', '淮河钢铁有限公司', `/${YEAR}/circular.json`],
  ['/draw', '重新抽签', `/${YEAR}/draw.json`],
  ['/check', '把文件拖到这里', ''],
  [`/years/${YEAR}/circular`, '淮河钢铁有限公司', `/${YEAR}/circular.json`],
] as const;

describe('the first view', () => {
  let city: City;
  let browser: Browser;

  /** Opens an address in a browser that has never been here, and counts what comes over the line until it is at rest. */
  async function firstView(path: string, text: string, slowdown = 0) {
    const page = await browser.open();
    const wire = await page.context().newCDPSession(page);
    await wire.send('Network.enable');
    const bytes = { script: 0, all: 0 };
    const scripts = new Set<string>();
    wire.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      bytes.all += encodedDataLength;
      if (scripts.has(requestId)) bytes.script += encodedDataLength;
    });
    if (slowdown > 0) {
      await wire.send('Network.emulateNetworkConditions', SLOW_LINE);
      await wire.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    }
    await page.addInitScript(noteWhenShown, text);
    await page.goto(city.runtime.origin + path, { waitUntil: 'networkidle' });
    await page.waitForFunction('window.shownAt !== undefined');
    const times = await page.evaluate<{ paint: number; shown: number; files: [string, number, number][] }>(`({
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      shown: window.shownAt,
      files: performance.getEntriesByType('resource').map((one) => [one.name, one.startTime, one.responseEnd]),
    })`);
    await page.context().close();
    return { ...bytes, ...times };
  }

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity(), openBrowser()]);
    await city.start();
    await city.toEnd();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it.each(VIEWS)('of %s is under 250 KB of script, and under 300 KB in all', async (path, text) => {
    const { script, all, shown } = await firstView(path, text);
    expect(shown).toBeGreaterThan(0);
    expect(script).toBeGreaterThan(10 * KB);
    expect(script).toBeLessThan(250 * KB);
    expect(all).toBeLessThan(300 * KB);
  });

  it.each([1, 4])('is timed over a slow line, with the processor slowed down %d times', async (slowdown) => {
    for (const [path, text, data] of VIEWS) {
      const { paint, shown, all, files } = await firstView(path, text, slowdown);
      expect(Math.min(paint, shown)).toBeGreaterThan(0);
      // What the page shows is asked for while the script that shows it is still on its way, and once.
      const asked = files.filter(([name]) => name === `${city.runtime.origin}/api/public${data}`);
      const scripts = files.filter(([name]) => name.endsWith('.js')).map(([, , end]) => end);
      expect(asked.map(([name]) => name)).toHaveLength(1);
      expect(asked[0]?.[1]).toBeLessThan(Math.max(...scripts));
      const line = `${path}  first paint ${Math.round(paint)} ms, shown ${Math.round(shown)} ms, ${Math.round(all / KB)} KB`;
      process.stdout.write(`slow line, processor 1/${slowdown}: ${line}\n`);
    }
  });
});

/** Runs in the page: when the text first stands in it, in milliseconds since the address was asked for. */
function noteWhenShown(text: string): void {
  const look = () => {
    const page = globalThis as unknown as { document: { body?: { innerText: string } }; shownAt?: number };
    if (page.shownAt === undefined && page.document.body?.innerText.includes(text))
      page.shownAt = performance.now();
    else requestAnimationFrame(look);
  };
  const requestAnimationFrame = (
    globalThis as unknown as { requestAnimationFrame: (next: () => void) => void }
  ).requestAnimationFrame;
  requestAnimationFrame(look);
}
