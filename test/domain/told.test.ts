import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { chinaDate } from '../../shared/domain/calendar.ts';
import { GATE_NAMES, GATES, gateDefinition } from '../../shared/domain/gates.ts';
import {
  compose,
  type FieldsOf,
  MESSAGES,
  type MessageKind,
  printedDeadline,
} from '../../shared/domain/messages.ts';
import { escalations, GATE_TOLD, REPLIES_TOLD, reminders } from '../../shared/domain/told.ts';
import { addWorkingDays } from '../../shared/domain/working-days.ts';

const KINDS = Object.keys(MESSAGES) as MessageKind[];
const OCCASION = { at: '2022-03-01T01:00:00.000Z', of: '某事', about: { year: 2021 } };

describe('a message', () => {
  it.each(KINDS)('%s has all its words once its fields are filled', (kind) => {
    const { title, text } = MESSAGES[kind];
    const names = [...`${title}${text}`.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, `〔${name}〕`]);
    const message = compose(kind, { role: 'handler' }, OCCASION, Object.fromEntries(names));
    expect(`${message.title}${message.text}`).not.toMatch(/[{}]/);
    for (const [, value] of names) expect(message.title + message.text).toContain(value);
  });

  it('needs exactly the fields that its words name', () => {
    expectTypeOf<FieldsOf<'deadlineMoved'>>().toEqualTypeOf<
      Record<'gate' | 'year' | 'deadline', string | number>
    >();
  });

  it('is the same for the same occasion, and another for another recipient, kind, occasion or subject', () => {
    const make = (kind: 'cycleCancelled' | 'circularPublished', person: string, of: string, year: number) =>
      compose(kind, { person }, { ...OCCASION, of, about: { year } }, { year });
    const id = make('cycleCancelled', 'a', 'x', 2021).id;
    expect(make('cycleCancelled', 'a', 'x', 2021).id).toBe(id);
    const others = [
      make('circularPublished', 'a', 'x', 2021),
      make('cycleCancelled', 'b', 'x', 2021),
      make('cycleCancelled', 'a', 'y', 2021),
      make('cycleCancelled', 'a', 'x', 2022),
    ];
    expect(new Set([id, ...others.map((message) => message.id)]).size).toBe(5);
  });

  it('prints deadlines in China’s time', () => {
    expect(printedDeadline('2022-03-14T15:59:59.999Z')).toBe('2022年3月14日 23:59');
    expect(printedDeadline('2022-03-14T16:00:00Z')).toBe('2022年3月15日 00:00');
  });
});

describe.each(GATE_NAMES)('%s', (gate) => {
  it('tells somebody when it opens, and a decision’s own role', () => {
    const { opened, staff } = GATE_TOLD[gate];
    expect(opened.length).toBeGreaterThan(0);
    const definition = gateDefinition(gate);
    if (definition.waitsFor === 'decision') expect(staff).toBe(definition.role);
  });

  it('either reminds of a deadline or calls staff: nobody’s delay goes unnoticed', () => {
    const { due, staff } = GATE_TOLD[gate];
    const replied = REPLIES_TOLD[gate] !== undefined;
    expect([GATES[gate].title, due.length > 0 || staff !== undefined || replied]).toEqual([
      GATES[gate].title,
      true,
    ]);
  });
});

const instants = fc
  .date({ min: new Date('2020-02-01'), max: new Date('2025-11-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const counts = fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 4 });

describe('reminders', () => {
  it('come so many working days before the deadline, the earliest first, at nine in the morning', () => {
    fc.assert(
      fc.property(instants, counts, (deadline, days) => {
        const found = reminders(deadline, { reminderWorkingDaysBefore: days, declaredDays: {} });
        expect(found.map((one) => one.days)).toEqual([...days].sort((a, b) => b - a));
        for (const { days: before, at } of found) {
          expect(at).toMatch(/T01:00:00\.000Z$/);
          // Counted back to a working day, so counting forward from there ends on or after the deadline's day.
          const forward = addWorkingDays(chinaDate(new Date(at)), before);
          const last = chinaDate(new Date(deadline));
          expect(forward >= last).toBe(true);
          expect(addWorkingDays(chinaDate(new Date(at)), before - 1) < last).toBe(true);
        }
      }),
    );
  });

  it('count weekdays where the holidays of a year are not known', () => {
    const settings = { reminderWorkingDaysBefore: [3, 1], declaredDays: {} };
    // A Tuesday of a year that no calendar holds.
    expect(reminders('2091-03-13T15:59:59.999Z', settings).map(({ at }) => at.slice(0, 10))).toEqual([
      '2091-03-08',
      '2091-03-12',
    ]);
  });
});

describe('escalations', () => {
  it('call the role first and then climb one role a step, never past the auditor', () => {
    const at = (role: 'handler' | 'approver' | 'director', days: number[]) =>
      escalations(role, '2022-02-28T01:00:00.000Z', { escalateAfterWorkingDays: days, declaredDays: {} });
    expect(at('handler', [5, 3])).toEqual([
      { days: 3, at: '2022-03-03T01:00:00.000Z', to: 'handler' },
      { days: 5, at: '2022-03-07T01:00:00.000Z', to: 'approver' },
    ]);
    expect(at('handler', [1, 2, 3, 4]).map(({ to }) => to)).toEqual([
      'handler',
      'approver',
      'director',
      'auditor',
    ]);
    expect(at('director', [1, 2, 3, 4]).map(({ to }) => to)).toEqual(['director', 'auditor']);
    expect(at('approver', [])).toEqual([]);
  });
});
