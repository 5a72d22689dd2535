/** Every page of the router, for everybody who may open it: it fits a phone and a doubled size, reads well, and fails nowhere. */
import type { ConsoleMessage, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiptOf } from '../../../shared/domain/complaint.ts';
import { GATES } from '../../../shared/domain/gates.ts';
import { POWER, STEEL, UNKNOWN, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser, seriousViolations } from '../../support/browser.ts';
import { type City, openCity, roleOf } from '../../support/city.ts';
import { aComplaint, accept, complain } from '../../support/complaints.ts';
import { orientationFaults, sizeFaults } from '../../support/page-faults.ts';
import { enter } from '../../support/portal.ts';
import { pathsOf, publicPaths, type Values } from '../../support/portal-places.ts';

const NOW = YEAR + 1;
/** A year that is over, with its rectification, and one at its visits. */
const years = [YEAR, NOW].map(String);
const COMPLAINT = receiptOf(aComplaint('every page').id).number;
const OF_STAFF: Values = {
  number: [COMPLAINT],
  year: years,
  filingNumber: [STEEL],
  gate: ['inspectOnSite', 'signCircular'],
};
/** Addresses below name, of all years alike, what is not published yet, no rectification, and for the inspector another's visit. */
const MISSED = new RegExp(
  [
    `public/${NOW}/(announcement|circular).json`,
    `cycles/(${YEAR}|${NOW})/rectifications/${STEEL}`,
    `cycles/${YEAR}/dossiers/${STEEL}`,
  ]
    .map((path) => `/api/${path}$`)
    .join('|'),
);

/** Notes what a page throws, writes into the console as an error, or asks for in vain; gives it all back at the end. */
function listenTo(page: Page): () => string[] {
  const heard: string[] = [];
  const thrown = (error: Error) => heard.push(`threw ${error.message}`);
  const written = (message: ConsoleMessage) => {
    // What is asked for in vain is noted with its address below.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    heard.push(`console: ${message.text()}`);
  };
  const answered = (response: Response) => {
    if (response.status() < 400 || MISSED.test(new URL(response.url()).pathname)) return;
    heard.push(`${response.status()} ${response.url()}`);
  };
  page.on('pageerror', thrown).on('console', written).on('response', answered);
  return () => {
    page.off('pageerror', thrown).off('console', written).off('response', answered);
    return heard;
  };
}

const OF_ALL_GATES: Values = { ...OF_STAFF, year: [String(YEAR)], gate: Object.keys(GATES) };

describe('every page', () => {
  let city: City;
  let browser: Browser;

  const look = async (page: Page, path: string): Promise<string[]> => {
    const quiet = listenTo(page);
    await page.goto(city.runtime.origin + path, { waitUntil: 'networkidle' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    const faults = [
      ...(await orientationFaults(page)),
      ...(await seriousViolations(page)),
      ...(await sizeFaults(page)),
    ];
    await page.setViewportSize({ width: 360, height: 740 });
    faults.push(...(await seriousViolations(page)));
    await page.setViewportSize({ width: 1280, height: 800 });
    return [...quiet(), ...faults];
  };
  const lookAtAll = async (page: Page, paths: readonly string[]) => {
    const faults: [string, string[]][] = [];
    for (const path of paths) {
      const found = await look(page, path);
      if (found.length > 0) faults.push([path, found]);
    }
    expect(faults).toEqual([]);
  };

  beforeAll(async () => {
    [city, browser] = await Promise.all([openCity({ silent: [POWER] }), openBrowser()]);
    await city.start();
    await city.toEnd();
    await city.start(NOW);
    await city.to('inspectOnSite');
    await complain(city, 'every page');
    await accept(city, COMPLAINT);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('would be found out', async () => {
    const page = await browser.open();
    await page.goto(city.runtime.origin);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await sizeFaults(page)).toEqual([]);
    await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend',
      '<h1>又一个</h1><div style="width:20rem;overflow:hidden"><b style="display:block;width:25rem">裁掉的字</b></div><p style="width:38rem">出界</p>')`);
    const faults = (await sizeFaults(page)).join('\n');
    expect(faults).toMatch(/360 px: the page scrolls sideways/);
    expect(faults).toMatch(/360 px: outside: <p style/);
    expect(faults).toMatch(/200 %: cut off: <div style/);
    expect(faults).not.toMatch(/200 %: outside/);
    expect(await orientationFaults(page)).toEqual(['2 of h1']);
    await page.context().close();
  });

  it('of the public', async () => {
    const paths = await publicPaths({
      year: years,
      publication: ['notice', 'draw', 'announcement', 'circular'],
    });
    expect(paths.length).toBeGreaterThan(8);
    await lookAtAll(await browser.open(), [...paths, '/nowhere', '/signed-in']);
  }, 300_000);

  it('of an agency that takes part in no year', async () => {
    const page = await browser.open();
    await enter(page, city, UNKNOWN);
    await lookAtAll(page, ['/work', `/work/years/${YEAR}`, '/work/history']);
    await page.context().close();
  }, 120_000);

  it.each([
    [STEEL, OF_STAFF],
    [POWER, OF_STAFF],
    ['handler-1', OF_STAFF],
    ['approver-1', OF_STAFF],
    ['director-1', OF_STAFF],
    ['inspector-1', OF_STAFF],
    ['auditor-1', OF_ALL_GATES],
  ] as const)(
    'of %s',
    async (account, values) => {
      const page = await browser.open();
      const quiet = listenTo(page);
      await enter(page, city, account);
      expect(quiet(), 'while signing in').toEqual([]);
      const paths = await pathsOf(roleOf(account), values);
      expect(paths.length).toBeGreaterThan(3);
      await lookAtAll(page, [...paths, '/work/nowhere']);
      await page.context().close();
    },
    300_000,
  );
});
