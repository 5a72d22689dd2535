import { expect, it } from 'vitest';
import { afterDays, afterWorkingDays } from '../../shared/app/deadlines.ts';
import { Refusal } from '../../shared/app/refusal.ts';

it('a reply is due at the end in China of the last of its calendar days', () => {
  expect(afterDays(new Date('2022-02-28T01:00:00.000Z'), 15)).toBe('2022-03-15T15:59:59.999Z');
  // Still the day before in UTC, and already March 1 in China.
  expect(afterDays(new Date('2022-02-28T17:00:00.000Z'), 15)).toBe('2022-03-16T15:59:59.999Z');
});

it('a window of working days leaves out the holidays, and is refused where they are not known', () => {
  expect(afterWorkingDays(new Date('2022-04-01T01:00:00Z'), 2, { declaredDays: {} })).toBe(
    '2022-04-06T15:59:59.999Z',
  );
  expect(afterWorkingDays(new Date('2091-03-01T01:00:00Z'), 2, { declaredDays: {} })).toBeInstanceOf(Refusal);
});
