import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { type Entry, seal } from '../../shared/domain/history.ts';
import {
  defectsOf,
  openItems,
  RECTIFICATION_STATUSES,
  RECTIFICATION_TRANSITIONS,
  RectificationAction,
  rectificationOf,
} from '../../shared/domain/rectification.ts';
import { scoreAgency } from '../../shared/domain/score.ts';
import { anAgency } from './builders.ts';

const agency = anAgency();
const items = ['V6', 'A2'].map((code) => ({ code, title: code, found: '未达标', required: '改正' }));
const deadline = '2022-07-20T15:59:59.999Z';
const people = { agency: 'S000034040001', inspector: 'inspector-1', other: 'inspector-2' };

/** A whole history from its actions, sealed and read as it is stored. */
function told(...actions: { type: string; data: object; by?: string; reason?: string }[]) {
  const chain: Entry[] = [];
  for (const [n, { type, data, by = 'system', reason }] of actions.entries()) {
    const role = 'system' as const;
    const at = new Date(Date.UTC(2022, 3, 20, 0, 0, n));
    chain.push(
      seal(chain, 'TEST', { at, by: { id: by, name: by, role }, type, data, ...(reason && { reason }) }),
    );
  }
  return rectificationOf(
    2021,
    chain.map((entry) => RectificationAction.parse(entry)),
  );
}
const notice = { type: 'noticeIssued', data: { agency, items, deadline } };
const assigned = { type: 'recheckAssigned', data: { inspectors: [people.inspector, people.other] } };
const recorded = (by: string, ...closed: string[]) => ({
  type: 'recheckRecorded',
  by,
  data: {
    checks: items.map(({ code }) => ({ item: code, closed: closed.includes(code), reason: '核查' })),
    representative: { name: '张某', agrees: true },
    visitedOn: '2022-08-01',
  },
});

describe('a rectification 整改', () => {
  it('begins with a notice and nothing else', () => {
    expect(told(notice)).toMatchObject({ status: 'notified', year: 2021, deadline, items });
    expect(() => rectificationOf(2021, [])).toThrow('does not begin with nothing');
    expect(() => told({ type: 'closedUncorrected', data: {} })).toThrow('does not begin with');
  });

  it('keeps for each item who corrects it, by when, and what was done', () => {
    const found = told(
      notice,
      { type: 'itemPlanned', data: { item: 'A2', owner: '李某', due: '2022-06-01' } },
      { type: 'itemCorrected', data: { item: 'A2', evidence: [] }, reason: '已补做' },
    );
    expect(found.items[1]).toMatchObject({
      owner: '李某',
      due: '2022-06-01',
      correction: { statement: '已补做' },
    });
    expect(found.items[0]).toEqual(items[0]);
  });

  it('an item is closed only when every inspector who was sent says so', () => {
    expect(openItems(told(notice, assigned))).toEqual(['V6', 'A2']);
    expect(openItems(told(notice, assigned, recorded(people.inspector, 'V6', 'A2')))).toEqual(['V6', 'A2']);
    const both = told(notice, assigned, recorded(people.inspector, 'V6', 'A2'), recorded(people.other, 'A2'));
    expect(openItems(both)).toEqual(['V6']);
    fc.assert(
      fc.property(fc.subarray(['V6', 'A2']), fc.subarray(['V6', 'A2']), (mine, theirs) => {
        const found = told(
          notice,
          assigned,
          recorded(people.inspector, ...mine),
          recorded(people.other, ...theirs),
        );
        expect(openItems(found)).toEqual(
          ['V6', 'A2'].filter((code) => !(mine.includes(code) && theirs.includes(code))),
        );
      }),
    );
  });

  it('a verdict that the director sends back is open again, where it came from', () => {
    const verdict = { type: 'verdictGiven', data: { verdict: 'failedAgain' }, reason: '未改' };
    const back = { type: 'verdictReturned', data: {}, reason: '重新核实' };
    const overdue = { type: 'closedUncorrected', data: {} };
    expect(told(notice, overdue, verdict)).toMatchObject({ status: 'failedAgain' });
    expect(told(notice, overdue, verdict, back)).toMatchObject({ status: 'overdue', verdict: undefined });
    const rechecked = told(notice, assigned, { type: 'recheckClosed', data: {} }, verdict, back);
    expect(rechecked.status).toBe('rechecked');
  });

  it('every status is reached by some action and left by another, but for the ends', () => {
    const left = new Set(Object.values(RECTIFICATION_TRANSITIONS).flat());
    const ends = Object.keys(RECTIFICATION_STATUSES).filter((status) => !left.has(status as 'notified'));
    expect(ends).toEqual(['passed', 'recommended']);
  });
});

it('asks for what failed: vetoes, and items below the pass mark; nothing of what was done well', () => {
  const sheet = scoreAgency({
    rubric: DEFAULT_RUBRIC,
    answers: undefined,
    source: 'deskReview',
    filed: false,
    notApplicable: ['A2'],
    vetoCases: [],
    noActivityFails: true,
  });
  const codes = defectsOf(DEFAULT_RUBRIC, sheet).map(({ code }) => code);
  expect(codes).toContain('V6');
  expect(codes).toContain('A1');
  expect(codes).not.toContain('A2');
  const well = {
    ...sheet,
    vetoes: [],
    items: sheet.items.map((item) => ({ ...item, earned: item.possible })),
  };
  expect(defectsOf(DEFAULT_RUBRIC, well)).toEqual([]);
});
