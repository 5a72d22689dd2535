/** Two at once: one wins each time, the other is told what happened, and the history holds. Each in many interleavings. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../infra/local/drive/seeded.ts';
import { changeInspectors, changeSettings } from '../../../shared/app/cycle-settings.ts';
import { decideGate } from '../../../shared/app/decide-gate.ts';
import { completeIfClear } from '../../../shared/app/gates.ts';
import type { Deps } from '../../../shared/app/ports.ts';
import { genesisOf, keys, readCycle } from '../../../shared/app/records.ts';
import { expectDone, Refusal } from '../../../shared/app/refusal.ts';
import { submitSelfEvaluation } from '../../../shared/app/self-evaluation.ts';
import { closeSelfEvaluations } from '../../../shared/app/steps/self-evaluations.ts';
import { deleteUpload } from '../../../shared/app/uploads/own-uploads.ts';
import type { Dossier } from '../../../shared/domain/dossier.ts';
import { brokenAt } from '../../../shared/domain/history.ts';
import { answered, COMMITMENT, INSPECTORS, manyAgencies, YEAR } from '../../support/agencies.ts';
import { actor, type City, openCity } from '../../support/city.ts';
import { upload } from '../../support/passage.ts';
import { jittered } from '../../support/store.ts';

const INTERLEAVINGS = 24;
const SEED = process.env.RACE_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
const { random } = seededRandom(SEED);
const AGENCIES = manyAgencies(3 * INTERLEAVINGS);
const numbers = AGENCIES.map(({ filingNumber }) => filingNumber);
const submission = { answers: answered(), commitment: COMMITMENT };

let city: City;
beforeAll(async () => {
  process.stdout.write(`RACE_SEED=${SEED}\n`);
  city = await openCity({ agencies: AGENCIES });
  await city.start();
  await city.to('collectSelfEvaluations');
}, 120_000);
afterAll(() => city.close());

const racing = (): Deps => jittered(city.deps, random);
const submit = (deps: Deps, filingNumber: string, body = submission) =>
  submitSelfEvaluation(deps, YEAR, filingNumber, actor(filingNumber), body);
const codes = (outcomes: unknown[]) =>
  outcomes.map((one) => (one instanceof Refusal ? one.code : 'done')).sort();
const typesOf = ({ history }: Dossier) => history.map(({ type }) => type);

async function whole(filingNumber: string): Promise<Dossier> {
  const dossier = await city.dossier(filingNumber);
  expect(brokenAt(dossier.history, genesisOf(keys.dossier(YEAR, filingNumber)))).toBeUndefined();
  return dossier;
}

const eachOf = (from: number) => numbers.slice(from * INTERLEAVINGS, (from + 1) * INTERLEAVINGS);

describe('one agency, twice at once', () => {
  it('files once; other answers are refused and the agency is told', async () => {
    const other = { ...submission, commitment: { ...COMMITMENT, name: '李某' } };
    for (const filingNumber of eachOf(0)) {
      const outcomes = await Promise.all([
        submit(racing(), filingNumber),
        submit(racing(), filingNumber, other),
      ]);
      expect(codes(outcomes)[0], SEED).toMatch(/^(changedMeanwhile|notAtThisStep|done)$/);
      expect(codes(outcomes).filter((code) => code === 'done')).toHaveLength(1);
      const lost = outcomes.find((one) => one instanceof Refusal);
      expect(lost instanceof Refusal && lost.message).toMatch(/[\u4e00-\u9fff]/);
      expect(typesOf(await whole(filingNumber)).filter((type) => type === 'submitted')).toHaveLength(1);
    }
  }, 120_000);

  it('files a file or deletes it, never both', async () => {
    for (const filingNumber of eachOf(1).slice(0, 12)) {
      const file = await upload(city, filingNumber);
      const owner = { year: YEAR, filingNumber };
      const [filed, deleted] = await Promise.all([
        submit(racing(), filingNumber, { ...submission, answers: answered(file) }),
        deleteUpload(racing(), owner, file.id, actor(filingNumber)),
      ]);
      const outcome = codes([filed, deleted]);
      expect(
        outcome.filter((code) => code === 'done'),
        `${SEED} ${outcome}`,
      ).toHaveLength(1);
      const { submission: on } = await whole(filingNumber);
      expect(on !== undefined).toBe(!(filed instanceof Refusal));
    }
  }, 180_000);
});

describe('a deadline that passes while a submission is under way', () => {
  it('counts it or registers the agency as not filed, and tells it which', async () => {
    const late = new Date(Date.parse((await city.cycle()).gate?.deadline ?? '') + 1);
    const closing: Deps = { ...city.deps, clock: { now: () => late } };
    const racers = eachOf(2);
    const filings = racers.map((filingNumber) => submit(racing(), filingNumber));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await completeIfClear(closing, YEAR, 'collectSelfEvaluations');
    for (let cursor: string | null = null; ; ) {
      const page = await closeSelfEvaluations(jittered(closing, random), { year: YEAR, cursor });
      cursor = page.cursor;
      if (cursor === null) break;
    }
    const outcomes = await Promise.all(filings);
    await city.runtime.settled();
    for (const [index, filingNumber] of racers.entries()) {
      const outcome = outcomes[index];
      const types = typesOf(await whole(filingNumber)).filter((type) => type !== 'flagged');
      if (outcome instanceof Refusal) {
        expect(outcome.code, SEED).toMatch(/^(changedMeanwhile|notAtThisStep|gateNotOpen|deadlinePassed)$/);
        expect(types.slice(-1)).toEqual(['closedUnfiled']);
      } else expect(types.slice(-1)).toEqual(['submitted']);
    }
    const { gate, history } = await city.cycle();
    expect(gate?.gate).toBe('reviewAtDesk');
    const decided = history.filter(
      (one) => one.type === 'gateDecided' && one.data.gate === 'collectSelfEvaluations',
    );
    expect(decided).toHaveLength(1);
  }, 180_000);
});

describe('two at one gate', () => {
  it('decide it once: the second is told by whom and how; two edits of the settings are two turns', async () => {
    for (let year = 2000; year < 2000 + 12; year++) {
      await city.start(year);
      const edit = (who: string, days: number) =>
        changeSettings(racing(), year, actor(who), { ...settings, selfEvaluationWorkingDays: days });
      const { settings } = await city.cycle();
      expectDone(await changeInspectors(city.deps, year, actor('handler-1'), INSPECTORS));
      const edits = await Promise.all([edit('handler-1', 8), edit('handler-2', 9)]);
      const seen = codes(edits);
      expect(seen, SEED).toContain('done');
      expect(seen.filter((code) => code !== 'done' && code !== 'changedMeanwhile')).toEqual([]);
      const changed = (await city.cycle()).history.filter(({ type }) => type === 'settingsChanged');
      expect(changed).toHaveLength(seen.filter((code) => code === 'done').length);
      await decideGate(city.deps, year, actor('handler-1'), {
        gate: 'prepareNotice',
        attempt: 1,
        verdict: 'approve',
        reason: '通知已拟好',
      });
      await city.runtime.settled();
      const decide = (who: string, verdict: 'approve' | 'return') =>
        decideGate(racing(), year, actor(who), {
          gate: 'approveNotice',
          attempt: 1,
          verdict,
          reason: '经审核',
        });
      const outcomes = await Promise.all([
        decide('approver-1', 'approve'),
        decide('approver-1', 'approve'),
        decide('approver-2', 'return'),
      ]);
      await city.runtime.settled();
      const after = expectDone(await readCycle(city.deps, year));
      const decisions = after.history.filter(
        (one) => one.type === 'gateDecided' && one.data.gate === 'approveNotice',
      );
      expect(decisions, SEED).toHaveLength(1);
      const winner = decisions[0]?.by.id;
      expect(codes(outcomes.slice(0, 2))).toEqual(
        winner === 'approver-1' ? ['done', 'done'] : expect.anything(),
      );
      const losers = outcomes.filter((one) => one instanceof Refusal);
      expect(losers).toHaveLength(winner === 'approver-1' ? 1 : 2);
      for (const loser of losers) expect(loser instanceof Refusal && loser.code).toBe('alreadyDecided');
    }
    city.year = YEAR;
  }, 240_000);
});
