/**
 * A whole year of a small city under hundreds of kills: the process is ended by SIGKILL before and after every write of the
 * functions, and at random instants, while agencies, handlers and inspectors act at once. Each time it is started again and
 * people say again what was not acknowledged. In the end the year is the one that nobody disturbed.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../../infra/local/drive/seeded.ts';
import { readStoredData } from '../../../infra/local/stored-data.ts';
import { checkData } from '../../../shared/app/invariants/check-data.ts';
import { roleOf } from '../../support/city.ts';
import { freePort } from '../../support/server.ts';
import { openAcknowledged } from './kills/acknowledged.ts';
import type { Opening } from './kills/child.ts';
import { openLives } from './kills/lives.ts';
import { openPeople } from './kills/people.ts';
import { differences, type Lived, livedIn } from './kills/same-year.ts';
import { AGENCIES, BEGINNING, live, prepare, STAFF } from './kills/year.ts';

const SEED = process.env.KILL_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
const home = mkdtempSync(join(tmpdir(), 'xingping-kills-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const accounts = [...STAFF, ...AGENCIES.map(({ filingNumber }) => filingNumber)];
const passwords = new Map(accounts.map((account) => [account, `密码-${account}`]));
const base = join(home, 'base');

interface Year {
  deaths: number;
  acknowledged: number;
  lived: Lived;
}

async function problemsOf(dir: string) {
  const data = await readStoredData(dir);
  const problems = (await checkData(data)).flatMap(({ findings }) => findings);
  return { data, problems };
}

/** Lives the year on a copy of the folder, dying as it is told. */
async function aYear(
  name: string,
  death: { dieAt?: Opening['dieAt']; lifetime?: () => number },
): Promise<Year> {
  const dir = join(home, name);
  cpSync(base, dir, { recursive: true });
  const acknowledged = openAcknowledged();
  const lives = await openLives({
    dir,
    port: await freePort(),
    now: BEGINNING,
    async afterDeath(deaths) {
      const { data, problems } = await problemsOf(dir);
      const missing = acknowledged.missing(data.items);
      if (problems.length > 0 || missing.length > 0) {
        throw new Error(`${name}, death ${deaths}, seed ${SEED}: ${JSON.stringify({ problems, missing })}`);
      }
    },
  });
  try {
    const as = await openPeople(lives, passwords);
    lives.arm(death);
    const view = await live({ lives, as, acknowledged });
    expect(view.status).toBe('published');
    lives.arm({});
    await lives.settled();
  } catch (error) {
    process.stdout.write(
      `${name} after ${lives.deaths()} deaths: ${error instanceof Error ? error.message : error}\n`,
    );
    throw error;
  } finally {
    await lives.close();
  }
  const { data, problems } = await problemsOf(dir);
  expect(problems).toEqual([]);
  expect(acknowledged.missing(data.items)).toEqual([]);
  return { deaths: lives.deaths(), acknowledged: acknowledged.count(), lived: await livedIn(data) };
}

/** Where time is short, so many times fewer kills; see child.ts. */
const SHARE = Number(process.env.KILL_SHARE ?? 1);
/**
 * Into so many pieces a year is cut that is killed at random; what was cut off is done again, so there are more. A life has
 * to last beyond the start of the process, or the year hardly ends.
 */
const LIVES_A_YEAR = 10;

let undisturbed: Lived;
/** How long it takes. */
let yearMs = 0;
let kills = 0;

beforeAll(async () => {
  process.stdout.write(`KILL_SEED=${SEED}\n`);
  const lives = await openLives({ dir: base, port: await freePort(), now: BEGINNING });
  const people = accounts.map((account) => {
    const role = roleOf(account);
    const own = role === 'agency' ? { agency: account } : {};
    const password = passwords.get(account) ?? '';
    return { id: account, username: account, name: account, role, password, ...own };
  });
  await lives.add(people);
  await prepare({ as: await openPeople(lives, new Map([['handler-1', passwords.get('handler-1') ?? '']])) });
  await lives.close();
  const start = performance.now();
  undisturbed = (await aYear('undisturbed', {})).lived;
  yearMs = performance.now() - start;
}, 300_000);

function expectSame(name: string, year: Year): void {
  const { rows, files } = year.lived;
  kills += year.deaths;
  process.stdout.write(
    `${name}: ${year.deaths} kills, ${year.acknowledged} acknowledged acts, ${rows.size} rows, ${files.size} files\n`,
  );
  expect(differences(year.lived, undisturbed)).toEqual([]);
  expect(files.size).toBeGreaterThan(20);
}

it('is the same year without a kill', async () => {
  expectSame('nothing', await aYear('again', {}));
}, 300_000);

it('killed before and after every write of a year, it publishes the same', async () => {
  const sides = ['before', 'after'] as const;
  const years = await Promise.all(
    sides.map((side) => aYear(side, { dieAt: { side, known: join(home, `${side}.txt`) } })),
  );
  for (const [index, side] of sides.entries()) {
    const year = years[index];
    if (!year) throw new Error('no year');
    const writes = readFileSync(join(home, `${side}.txt`), 'utf8')
      .trim()
      .split('\n');
    expect(year.deaths).toBe(writes.length);
    expectSame(`${side} every write`, year);
  }
}, 1_800_000);

it('killed at random instants, it publishes the same', async () => {
  const random = seededRandom(SEED);
  // Long lives among short ones: whatever takes its time gets through at last. On a slow machine all are longer.
  const mean = yearMs / LIVES_A_YEAR;
  const lifetime = () => -Math.log(1 - random.random()) * mean;
  const years = await Promise.all(['one', 'two'].map((name) => aYear(name, { lifetime })));
  for (const [index, year] of years.entries()) expectSame(`random instants ${index + 1}`, year);
}, 1_800_000);

it('that were at least 200 kills, or the share of them that was asked for', () => {
  expect(kills).toBeGreaterThanOrEqual(200 / SHARE);
});
