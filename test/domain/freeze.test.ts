import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chinaDate, endOfDay } from '../../shared/domain/calendar.ts';
import type { DossierAction } from '../../shared/domain/dossier.ts';
import { dossierOf, partial } from '../../shared/domain/dossier-of.ts';
import { lengthAt } from '../../shared/domain/freeze.ts';
import { addWorkingDays, deadlineAfter, isWorkingDay } from '../../shared/domain/working-days.ts';
import { dossierAction } from './builders.ts';
import { actions, WAY_TO } from './dossier-builders.ts';

const DAY = 86_400_000;
const anInstant = fc
  .integer({ min: 0, max: 700 * 24 })
  .map((hours) => Date.parse('2021-01-04T01:00:00Z') + hours * 3_600_000);
const iso = (instant: number) => new Date(instant).toISOString();

/** Working days after a day up to and including another. */
function workingDays(from: string, to: string): number {
  let count = 0;
  for (let day = from; day < to; ) {
    day = iso(Date.parse(`${day}T00:00:00Z`) + DAY).slice(0, 10);
    if (isWorkingDay(day)) count++;
  }
  return count;
}

describe('a deadline after a freeze', () => {
  it('leaves as many working days as there were, and is never earlier than before', () => {
    fc.assert(
      fc.property(anInstant, fc.nat(40), fc.nat(60), (stopped, ahead, days) => {
        const deadline = endOfDay(addWorkingDays(chinaDate(new Date(stopped)), ahead)).toISOString();
        const goesOn = stopped + days * DAY;
        const moved = deadlineAfter(deadline, { stopped: iso(stopped), goesOn: iso(goesOn) }, {});
        expect(moved >= deadline).toBe(true);
        const left = workingDays(chinaDate(new Date(stopped)), chinaDate(new Date(deadline)));
        const leftNow = workingDays(chinaDate(new Date(goesOn)), chinaDate(new Date(moved)));
        if (moved > deadline) expect(leftNow).toBe(left);
        else expect(leftNow).toBeGreaterThanOrEqual(left);
      }),
    );
  });
});

describe('a dossier that is restored', () => {
  const timed = (actions: DossierAction[]) =>
    actions.map((action, index) => ({ ...action, seq: index + 1, at: iso(index * 1000) }));

  it('is as it was at any moment before, keeps its history whole, and whoever was sent remains partial', () => {
    const acts = timed([
      ...WAY_TO.visited,
      ...actions('scored', 'announced', 'objectionRaised'),
      dossierAction('frozen', {}),
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: acts.length - 2 }), (index) => {
        const to = iso(index * 1000);
        const toSeq = lengthAt(acts, to);
        const back = dossierAction('restored', { to, toSeq, restoration: 1 });
        const restored = dossierOf(2022, [...acts, back]);
        const { frozen, frozenAt: _since, formerlyPartial, history, ...state } = restored;
        const then = dossierOf(2022, acts.slice(0, index + 1));
        expect(state).toEqual({ ...then, frozen: undefined, formerlyPartial: undefined, history: undefined });
        expect([frozen, history.length]).toEqual([true, acts.length + 1]);
        expect(formerlyPartial).toEqual(['inspector-1', 'inspector-2']);
        expect(partial(restored)).toEqual(formerlyPartial);
        const again = dossierOf(2022, [...acts, back, dossierAction('unfrozen', {})]);
        expect(again).toMatchObject({ status: then.status, frozen: false });
      }),
    );
  });
});
