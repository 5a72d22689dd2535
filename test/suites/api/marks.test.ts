/** Marks say for whom a gate waits. Whoever is late with taking one away, or ahead with setting one, opens no gate too early. */
import { beforeEach, expect, it } from 'vitest';
import { completeIfClear } from '../../../shared/app/gates.ts';
import type { Deps } from '../../../shared/app/ports.ts';
import { Refusal } from '../../../shared/app/refusal.ts';
import { returnSelfEvaluation, submitSelfEvaluation } from '../../../shared/app/self-evaluation.ts';
import { answered, COMMITMENT, STEEL, YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City } from '../../support/city.ts';
import { file, inStatus, upload } from '../../support/passage.ts';

const GATE = 'collectSelfEvaluations';
const handler = actor('handler-1');

let city: City;
beforeEach(async () => {
  city = await aCity();
  await city.start();
  await city.to(GATE);
  for (const filingNumber of await inStatus(city, 'collecting')) {
    if (filingNumber !== STEEL) await file(city, filingNumber);
  }
}, 60_000);

/** The gate waits for the agency, and opens when it has filed again. */
async function expectWaiting(): Promise<void> {
  expect((await city.dossier(STEEL)).status).toBe('collecting');
  await completeIfClear(city.deps, YEAR, GATE);
  expect((await city.cycle()).gate).toMatchObject({ gate: GATE });
  expect((await city.cycle()).gate?.decision).toBeUndefined();
  await file(city, STEEL);
  expect((await city.cycle()).gate?.gate).toBe('reviewAtDesk');
}

it('a submission that tidies up late leaves the mark of the hand-back that came in between', async () => {
  let handedBack = false;
  const late: Deps = {
    ...city.deps,
    items: {
      ...city.deps.items,
      async remove(key, options) {
        if (!handedBack && key.pk.endsWith(GATE)) {
          handedBack = true;
          const done = await returnSelfEvaluation(city.deps, YEAR, STEEL, handler, '请补充');
          expect(done).not.toBeInstanceOf(Refusal);
        }
        await city.deps.items.remove(key, options);
      },
    },
  };
  const body = { answers: answered(await upload(city, STEEL)), commitment: COMMITMENT };
  const receipt = await submitSelfEvaluation(late, YEAR, STEEL, actor(STEEL), body);
  expect(receipt).not.toBeInstanceOf(Refusal);
  expect(handedBack).toBe(true);
  await expectWaiting();
}, 60_000);

it('a look at the gate between the mark and the hand-back takes nothing away', async () => {
  const other = (await inStatus(city, 'submitted'))[0] ?? '';
  await returnSelfEvaluation(city.deps, YEAR, other, handler, '请补充');
  await file(city, STEEL);
  const looking: Deps = {
    ...city.deps,
    histories: {
      ...city.deps.histories,
      async append(...args) {
        // Whoever else looks at that moment: the other agency files again, and nothing else holds the gate.
        await file(city, other);
        return city.deps.histories.append(...args);
      },
    },
  };
  const returned = await returnSelfEvaluation(looking, YEAR, STEEL, handler, '请补充');
  expect(returned).not.toBeInstanceOf(Refusal);
  await expectWaiting();
}, 60_000);

it('a mark whose writer died before the hand-back holds the gate until the next sweep only', async () => {
  const other = (await inStatus(city, 'submitted'))[0] ?? '';
  await returnSelfEvaluation(city.deps, YEAR, other, handler, '请补充');
  await file(city, STEEL);
  const dying: Deps = {
    ...city.deps,
    histories: { ...city.deps.histories, append: () => Promise.reject(new Error('stopped')) },
  };
  await expect(returnSelfEvaluation(dying, YEAR, STEEL, handler, '请补充')).rejects.toThrow('stopped');
  await file(city, other);
  expect((await city.cycle()).gate?.gate).toBe(GATE);
  await city.sweep();
  expect((await city.cycle()).gate?.gate).toBe('reviewAtDesk');
}, 60_000);
