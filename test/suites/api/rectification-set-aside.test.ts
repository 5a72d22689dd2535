/** A rectification whose record breaks: that agency is set aside with the reason, the others go on to the archive. */
import { expect, it } from 'vitest';
import { downloadYear } from '../../../infra/local/drive/output.ts';
import { verifyArchive } from '../../../shared/app/archive/verify-archive.ts';
import { keys } from '../../../shared/app/records.ts';
import { rectificationKind } from '../../../shared/app/rectification-records.ts';
import {
  giveVerdict,
  publishedWithFailures,
  RECTIFICATION_RUN,
  recheck,
  rectificationOf,
  rectificationRunOf,
  rectificationWaits,
  rectify,
} from '../../support/afterwards.ts';
import { POWER, TRAINING, YEAR } from '../../support/agencies.ts';

it('is set aside once, archived as such, and taken up again in the next round', async () => {
  const city = await publishedWithFailures(POWER, TRAINING);
  const key = keys.rectification(YEAR, TRAINING);
  const whole = await rectificationOf(city, TRAINING);
  await city.deps.items.put(key, { torn: true });
  await rectify(city, POWER);
  await city.sweep();
  expect(await rectificationWaits(city)).toBe('recheckCorrections');
  await recheck(city, POWER, true);
  expect(await rectificationWaits(city)).toBe('decideRectifications');
  await giveVerdict(city, POWER, 'passed');
  const run = await rectificationRunOf(city);
  expect(run).toMatchObject({ status: 'archived' });
  expect(run.setAside).toEqual([
    { filingNumber: TRAINING, step: 'closeCorrections', reason: expect.stringContaining('无法读取') },
  ]);
  const auditor = await city.as('auditor-1');
  expect(await auditor.get(RECTIFICATION_RUN)).toMatchObject({ setAside: [{ filingNumber: TRAINING }] });
  const wrong = async () => {
    const { files } = await downloadYear(auditor, YEAR);
    const { checks } = verifyArchive(new Map(files.map(({ path, content }) => [path, content])));
    return checks.flatMap(({ findings }) => findings);
  };
  expect(await wrong()).toEqual([]);

  // Restored from a backup: the handler starts again, and only that agency is left to do.
  await city.deps.items.remove(key);
  for (const entry of whole.history) {
    await city.deps.histories.append(key, entry, rectificationKind.attributes(whole), []);
  }
  await (await city.as('handler-1')).post(RECTIFICATION_RUN, undefined);
  expect(await rectificationWaits(city)).toBe('correctDefects');
  await rectify(city, TRAINING);
  expect(await rectificationWaits(city)).toBe('recheckCorrections');
  await recheck(city, TRAINING, true);
  await giveVerdict(city, TRAINING, 'passed');
  expect(await rectificationRunOf(city)).toMatchObject({ status: 'archived', round: 2, setAside: [] });
  expect(await wrong()).toEqual([]);
}, 120_000);
