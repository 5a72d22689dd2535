/** A process that died while a step of the workflow was under way: the folder as it lay at that instant, opened again. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { movableClock } from '../../../infra/local/clock.ts';
import { openRuntime, type RuntimeOptions } from '../../../infra/local/runtime.ts';
import { readStoredData } from '../../../infra/local/stored-data.ts';
import { CHAINS, statesOf } from '../../../shared/app/invariants/families.ts';
import { waitingGate } from '../../../shared/domain/run.ts';

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
