/** A process that died while a step of the workflow was under way, or before the workflow was told: the folder, opened again. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { movableClock } from '../../../infra/local/clock.ts';
import { openRuntime, type RuntimeOptions } from '../../../infra/local/runtime.ts';
import { readStoredData } from '../../../infra/local/stored-data.ts';
import { CHAINS, statesOf } from '../../../shared/app/invariants/families.ts';
import { submitSelfEvaluation } from '../../../shared/app/self-evaluation.ts';
import { waitingGate } from '../../../shared/domain/run.ts';
import { answered, COMMITMENT, YEAR } from '../../support/agencies.ts';
import { actor, openCity } from '../../support/city.ts';
import { file, inStatus, upload } from '../../support/passage.ts';

it('goes on with the step, and the year waits at its first gate', async () => {
  const home = mkdtempSync(join(tmpdir(), 'xingping-resumed-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const [dir, image] = [join(home, 'data'), join(home, 'image')];
  const options = {
    clock: movableClock(new Date('2022-03-01T00:59:00Z')),
    random: Math.random,
    randomBytes: (count: number) => new Uint8Array(count),
    yearlyStart: 'cron(0 9 1 3 ? *)',
    port: 0,
  };
  let taken = false;
  const onUse: RuntimeOptions['onUse'] = (use) => {
    if (use.function !== 'open-gate' || taken) return;
    taken = true;
    cpSync(dir, image, { recursive: true });
  };
  const first = await openRuntime({ ...options, dir, onUse });
  options.clock.moveTo(new Date('2022-03-01T01:00:00Z'));
  await first.settled();
  await first.close();

  const again = await openRuntime({ ...options, dir: image });
  await again.settled();
  await again.close();
  const [cycle] = statesOf((await readStoredData(image)).items, CHAINS.cycle);
  expect(cycle && waitingGate(cycle)?.gate).toBe('prepareNotice');
});

it('tells the workflow at once what was decided before the death, and takes in what had come', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'xingping-untold-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const city = await openCity({ dir });
  await city.start();
  await city.to('collectSelfEvaluations');
  const { workflow } = city.deps;
  const succeed = () => Promise.reject(new Error('stopped'));
  const numbers = await inStatus(city, 'collecting');
  const [last = '', ...others] = numbers;
  for (const filingNumber of others) await file(city, filingNumber);
  const body = { answers: answered(await upload(city, last)), commitment: COMMITMENT };
  const deaf = { ...city.deps, workflow: { ...workflow, succeed } };
  await expect(submitSelfEvaluation(deaf, YEAR, last, actor(last), body)).rejects.toThrow('stopped');
  expect((await city.cycle()).gate?.decision?.verdict).toBe('complete');
  const now = city.clock.now();
  await city.close();

  const again = await openRuntime({
    clock: movableClock(now),
    random: Math.random,
    randomBytes: (count) => new Uint8Array(count),
    yearlyStart: 'cron(0 9 1 3 ? *)',
    port: 0,
    dir,
  });
  await again.settled();
  await again.close();
  const [cycle] = statesOf((await readStoredData(dir)).items, CHAINS.cycle);
  expect(cycle && waitingGate(cycle)?.gate).toBe('reviewAtDesk');
}, 60_000);
