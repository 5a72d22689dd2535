/** A year in which every text that anybody types is written to do harm: to pages, to documents, to spreadsheets, to headers. */
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../infra/local/drive/client.ts';
import { POWER, SCHOOL, SMALL_CITY, STEEL, YEAR } from '../../support/agencies.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { type City, openCity } from '../../support/city.ts';
import { dossierPath } from '../../support/passage.ts';
import { windowsOf } from '../../support/staff-portal.ts';

/** An element that a page would make of it if it took it for markup. */
const ELEMENT = '<i data-hostile onclick=hostile()>点这里</i>';
const TEXT = `=HYPERLINK("http://evil.example","看")&${ELEMENT}<script>window.hostile=1</script>"><img src=x onerror=window.hostile=1>]]></w:t>{{7*7}}\${7*7}%0d%0aSet-Cookie: a=b`;
const NAME = `=2+5 ${ELEMENT}`;
/** What people write in their own words, wherever it stands in a body. */
const FREE = new Set(['reason', 'remark', 'statement', 'position', 'grounds']);

describe('texts that are written to do harm', () => {
  let city: City;
  let browser: Browser;
  let windows: ReturnType<typeof windowsOf>;
  const files = new Map<string, Uint8Array>();

  beforeAll(async () => {
    const agencies = SMALL_CITY.map((agency) => ({ ...agency, name: `${NAME}${agency.name}` }));
    [city, browser] = await Promise.all([openCity({ agencies, silent: [POWER] }), openBrowser()]);
    windows = windowsOf(city, browser);
    const { as } = city;
    city.as = async (account) => hostile(await as(account));
    await city.start();
    await city.to('receiveObjections');
    await (await city.as(SCHOOL)).post(`${dossierPath(SCHOOL)}/objections`, {
      items: ['A1'],
      reason: '依据不足',
      evidence: [],
    });
    const { objections } = await city.dossier(SCHOOL);
    expect(objections[0]?.reason).toContain(ELEMENT);
    await (await city.as('approver-1')).post(`${dossierPath(SCHOOL)}/objection-decision`, {
      verdict: 'rejected',
      reason: '依据充分',
      corrections: [],
    });
    await city.toEnd();
    await city.runtime.settled();
    for (const key of await city.deps.objects.list('reports', '')) {
      files.set(key, (await city.deps.objects.get('reports', key)) ?? new Uint8Array());
    }
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('reach the documents as they were typed', () => {
    expect(files.size).toBeGreaterThan(40);
    const holding = [...files].filter(
      ([key, bytes]) => key.endsWith('.json') && textOf(bytes).includes('data-hostile'),
    );
    expect(holding.map(([key]) => key)).not.toEqual([]);
  });

  it('are no markup in any HTML document', async () => {
    const page = await browser.open();
    const documents = [...files].filter(([key]) => key.endsWith('.html'));
    expect(documents.length).toBeGreaterThan(5);
    let shown = 0;
    for (const [key, bytes] of documents) {
      await page.setContent(textOf(bytes));
      await expectHarmless(page, key);
      shown += Number((await page.locator('body').innerText()).includes('data-hostile'));
    }
    expect(shown).toBeGreaterThan(0);
  });

  it('stay text in every Word document and every workbook', () => {
    const packages = [...files].filter(([key]) => /\.(docx|xlsx)$/.test(key));
    expect(packages.some(([key]) => key.endsWith('.docx'))).toBe(true);
    expect(packages.some(([key]) => key.endsWith('.xlsx'))).toBe(true);
    for (const [key, bytes] of packages) {
      for (const [part, content] of Object.entries(unzipSync(bytes))) {
        if (!/\.(xml|rels)$/.test(part)) continue;
        const xml = textOf(content);
        const place = `${key} ${part}`;
        expect(xml.includes('<i data-hostile'), place).toBe(false);
        expect(xml.includes('<script'), place).toBe(false);
        expect(/TargetMode="External"|w:instrText[^>]*>[^<]*(HYPERLINK|DDE)/.test(xml), place).toBe(false);
        expect(/<f>[^<]*(HYPERLINK|2\+5)/.test(xml), place).toBe(false);
      }
    }
  });

  it('are no formula in any CSV', () => {
    const sheets = [...files].filter(([key]) => key.endsWith('.csv'));
    expect(sheets.length).toBeGreaterThan(0);
    for (const [key, bytes] of sheets) {
      const fields = textOf(bytes).split(/[,\r\n]/);
      expect(
        fields.filter((field) => /^"?[=+\-@\t]\D/.test(field)),
        key,
      ).toEqual([]);
    }
  });

  it('are shown by every page as what was typed', async () => {
    const shown = new Set<string>();
    for (const [account, paths] of [
      [
        'handler-1',
        [
          '',
          '/dossiers',
          `/dossiers/${YEAR}/${SCHOOL}`,
          `/dossiers/${YEAR}/${POWER}`,
          '/registry',
          '/draw',
          '/circular',
          '/inbox',
        ],
      ],
      ['auditor-1', ['', `/dossiers/${YEAR}/${STEEL}`]],
      [SCHOOL, ['', `/years/${YEAR}`, `/years/${YEAR}/form`, '/history', '/inbox']],
      [POWER, ['', `/years/${YEAR}`, '/inbox']],
    ] as const) {
      for (const path of paths) {
        const page = await windows.of(account, `/work${path}`);
        await page.waitForLoadState('networkidle');
        await expectHarmless(page, `${account} ${path}`);
        if ((await page.locator('body').innerText()).includes('data-hostile')) shown.add(`${account}${path}`);
      }
    }
    const page = await browser.open();
    for (const path of ['/', '/stars', '/draw', `/years/${YEAR}/announcement`, `/years/${YEAR}/circular`]) {
      await page.goto(city.runtime.origin + path);
      await page.waitForLoadState('networkidle');
      await expectHarmless(page, path);
      if ((await page.locator('body').innerText()).includes('data-hostile')) shown.add(path);
    }
    expect([...shown]).toEqual(
      expect.arrayContaining([
        '/stars',
        `/years/${YEAR}/circular`,
        `handler-1/dossiers/${YEAR}/${SCHOOL}`,
        `${SCHOOL}/years/${YEAR}`,
      ]),
    );
  });

  it('reach no header of an answer', async () => {
    const token = await city.tokenOf('handler-1');
    const headers = { authorization: `Bearer ${token}` };
    for (const path of [dossierPath(SCHOOL), `/cycles/${YEAR}`, '/agencies']) {
      const answer = await fetch(`${city.runtime.origin}/api${path}`, { headers });
      expect(JSON.stringify([...answer.headers])).not.toMatch(/hostile|evil|a=b/i);
    }
  });
});

/** Writes the hostile text into every free field that somebody fills in. */
function hostile(client: Client): Client {
  return {
    ...client,
    put: (path, body) => client.put(path, poisoned(body)),
    post: (path, body) => client.post(path, poisoned(body)),
  };
}

function poisoned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(poisoned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      FREE.has(key) && typeof one === 'string' ? `${TEXT}${one}` : poisoned(one),
    ]),
  );
}

/** Nothing of it became an element, and nothing of it ran. */
async function expectHarmless(page: Page, place: string): Promise<void> {
  const found = await page.evaluate<{ elements: number; ran: boolean }>(
    `({ elements: document.querySelectorAll('[data-hostile], img[src="x"], [onerror], [onclick]').length, ran: 'hostile' in window })`,
  );
  expect(found, place).toEqual({ elements: 0, ran: false });
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
