import { expect, it } from 'vitest';
import type { Page } from '../../../shared/app/ports.ts';
import { dossierKind, keys, pageOf } from '../../../shared/app/records.ts';
import { BATCH_SIZE } from '../../../shared/app/steps/batch.ts';
import type { Dossier } from '../../../shared/domain/dossier.ts';
import { manyAgencies, YEAR } from '../../support/agencies.ts';
import { aCity, type City } from '../../support/city.ts';

it('350 agencies, of which none files, come to their scores in batches: all vetoed, none forgotten', async () => {
  const city = await aCity({ agencies: manyAgencies(350) });
  await city.start();
  await city.to('collectSelfEvaluations');
  expect(await city.view()).toMatchObject({ waiting: 350, notice: { eligible: 350, leftOut: 0 } });
  const deadline = (await city.view()).gate?.deadline ?? '';
  await city.moveTo(new Date(Date.parse(deadline) + 3_700_000).toISOString());
  // Nothing to review at the desk; the plan has no visits; no visit holds the year up.
  expect((await city.view()).gate).toMatchObject({ gate: 'approvePlan' });
  await city.decide('approver-1', 'approve');
  expect((await city.view()).gate).toMatchObject({ gate: 'reviewScores' });
  const { sizes, dossiers } = await inBatches(city);
  expect(sizes).toEqual([300, 50]);
  const results = dossiers.map(({ status, sheet }) => [
    status,
    sheet?.stars,
    sheet?.vetoes.map(({ code }) => code),
  ]);
  expect(results).toEqual(Array(350).fill(['scored', 0, ['V6']]));
}, 300_000);

async function inBatches({ deps }: City) {
  const dossiers: Dossier[] = [];
  const sizes: number[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const page: Page<Dossier> = await pageOf(
      deps,
      dossierKind,
      keys.dossiers(YEAR),
      after || null,
      BATCH_SIZE,
    );
    dossiers.push(...page.records);
    sizes.push(page.records.length);
    after = page.cursor;
  }
  return { sizes, dossiers };
}
