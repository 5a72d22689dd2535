/** A clock that is set back and forth by hours while a year goes on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../../infra/local/drive/seeded.ts';
import { readStoredData } from '../../../infra/local/stored-data.ts';
import { checkData } from '../../../shared/app/invariants/check-data.ts';
import { genesisOf, keys } from '../../../shared/app/records.ts';
import { brokenAt } from '../../../shared/domain/history.ts';
import { SMALL_CITY, TRAINING, YEAR } from '../../support/agencies.ts';
import { openCity } from '../../support/city.ts';
import { pass } from '../../support/passage.ts';
import { swingingClock } from '../../support/swinging-clock.ts';

const SEED = process.env.CLOCK_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
const HOURS = 9;

it('opens no gate twice, decides no deadline before its time, and keeps every history whole', async () => {
  process.stdout.write(`CLOCK_SEED=${SEED}\n`);
  const { random } = seededRandom(SEED);
  const dir = mkdtempSync(join(tmpdir(), 'xingping-clock-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const clock = swingingClock(new Date('2022-02-28T01:00:00Z'));
  const city = await openCity({ dir, clock, silent: [TRAINING] });
  const swings: number[] = [];
  try {
    await city.start();
    while ((await city.cycle()).status === 'open') {
      const hours = Math.round((random() * 2 - 1) * HOURS);
      swings.push(hours);
      clock.swing(hours);
      // The sweep comes by at the wrong time, whatever the clock says.
      await city.sweep();
      if ((await city.cycle()).status === 'open') await pass(city);
    }
    const cycle = await city.cycle();
    expect(cycle.status).toBe('published');
    expect(brokenAt(cycle.history, genesisOf(keys.cycle(YEAR)))).toBeUndefined();

    const visits = (type: 'gateOpened' | 'gateDecided') =>
      cycle.history.flatMap((one) => (one.type === type ? [`${one.data.gate} ${one.data.attempt}`] : []));
    for (const type of ['gateOpened', 'gateDecided'] as const) {
      expect(visits(type)).toEqual([...new Set(visits(type))]);
    }
    expect(visits('gateDecided')).toEqual(visits('gateOpened'));
    const closedByTime = cycle.history.flatMap((one) => {
      if (one.type !== 'gateDecided' || one.reason !== '截止时间已过') return [];
      const { gate, attempt } = one.data;
      const opened = cycle.history.find(
        (other) => other.type === 'gateOpened' && other.data.gate === gate && other.data.attempt === attempt,
      );
      return [
        { gate, at: one.at, deadline: opened?.type === 'gateOpened' ? opened.data.deadline : undefined },
      ];
    });
    expect(closedByTime.length).toBeGreaterThanOrEqual(2);
    for (const { at, deadline } of closedByTime) expect(at > (deadline ?? '~')).toBe(true);
    for (const { filingNumber } of SMALL_CITY) {
      const { history } = await city.dossier(filingNumber);
      expect(brokenAt(history, genesisOf(keys.dossier(YEAR, filingNumber)))).toBeUndefined();
    }
    expect(swings.some((hours) => hours < 0) && swings.some((hours) => hours > 0)).toBe(true);
  } finally {
    await city.close();
  }
  const findings = (await checkData(await readStoredData(dir))).flatMap((one) => one.findings);
  expect(findings).toEqual([]);
}, 300_000);
