import { describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { itemsOf, Rubric, type RubricItem } from '../../shared/domain/rubric.ts';

const bandsOf = (item: RubricItem) =>
  item.kind === 'banded'
    ? item.bands.map(({ from, above, points }) => `${above ? '>' : '≥'}${from}:${points}`).join(' ')
    : item.kind;

/** Points by part, and each item's points and bands, as the assessment's standard tabulates them. */
const PARTS = { A: 16, B: 14, C: 16, D: 20, E: 14, F: 12, G: 8 };
const ITEMS: [code: string, points: number, rule: string][] = [
  ['A1', 3, 'checklist'],
  ['A2', 8, '≥90:8 ≥80:7 ≥70:5 ≥60:3 ≥40:1'],
  ['A3', 3, '≥100:3 ≥95:2 ≥80:1'],
  ['A4', 2, '≥80:2 ≥50:1'],
  ['B1', 4, '≥100:4 ≥90:3 ≥70:1'],
  ['B2', 3, 'checklist'],
  ['B3', 4, '≥100:4 ≥90:3 ≥70:1'],
  ['B4', 3, 'checklist'],
  ['C1', 3, 'checklist'],
  ['C2', 6, 'checklist'],
  ['C3', 4, 'graded'],
  ['C4', 3, '≥100:3 ≥80:2 ≥50:1'],
  ['D1', 4, 'deduction'],
  ['D2', 3, 'graded'],
  ['D3', 5, '≥100:5 ≥90:4 ≥60:2'],
  ['D4', 5, '≥100:5 ≥80:4 ≥50:3 >0:1'],
  ['D5', 3, 'deduction'],
  ['E1', 6, '≥100:6 ≥80:5 ≥60:3 ≥30:1'],
  ['E2', 3, 'checklist'],
  ['E3', 5, '≥100:5 ≥80:4 ≥60:2'],
  ['F1', 5, '≥100:5 ≥95:4 ≥85:2'],
  ['F2', 3, 'deduction'],
  ['F3', 4, 'checklist'],
  ['G1', 3, 'graded'],
  ['G2', 3, '≥2:0 ≥1:1 ≥0:3'],
  ['G3', 2, 'checklist'],
];

describe('the default rubric', () => {
  it('is valid', () => {
    expect(Rubric.parse(DEFAULT_RUBRIC)).toEqual(DEFAULT_RUBRIC);
  });

  it('has seven parts that make 100 points', () => {
    const points = DEFAULT_RUBRIC.parts.map(({ code, items }) => {
      return [code, items.reduce((sum, item) => sum + item.points, 0)];
    });
    expect(Object.fromEntries(points)).toEqual(PARTS);
    expect(Object.values(PARTS).reduce((sum, part) => sum + part, 0)).toBe(100);
  });

  it('has 26 items, each with its points and its rule', () => {
    expect(itemsOf(DEFAULT_RUBRIC).map((item) => [item.code, item.points, bandsOf(item)])).toEqual(ITEMS);
    expect(ITEMS).toHaveLength(26);
  });

  it('gives one point to each line of a checklist', () => {
    for (const item of itemsOf(DEFAULT_RUBRIC)) {
      if (item.kind === 'checklist') expect(item.lines.map(({ points }) => points)).not.toContain(0);
      if (item.kind === 'checklist') expect(item.lines).toHaveLength(item.points);
    }
  });

  it.each([
    ['C3', [4, 3, 1, 0]],
    ['D2', [3, 2, 1, 0]],
    ['G1', [3, 2, 1, 0]],
  ])('gives %s the grades A to D at %j', (code, points) => {
    const item = itemsOf(DEFAULT_RUBRIC).find((candidate) => candidate.code === code);
    expect(item?.kind === 'graded' && item.grades.map((each) => [each.grade, each.points])).toEqual(
      ['A', 'B', 'C', 'D'].map((grade, index) => [grade, points[index]]),
    );
  });

  it.each([
    ['D1', 1],
    ['D5', 0.5],
    ['F2', 1],
  ])('takes off %s %d for each fault', (code, perFault) => {
    expect(itemsOf(DEFAULT_RUBRIC).find((item) => item.code === code)).toMatchObject({ perFault });
  });

  it('asks for evidence everywhere but for the count of complaints', () => {
    const without = itemsOf(DEFAULT_RUBRIC).filter(({ evidenceRequired }) => !evidenceRequired);
    expect(without.map(({ code }) => code)).toEqual(['G2']);
  });

  it('names nine vetoes, two of which follow from the record', () => {
    expect(DEFAULT_RUBRIC.vetoes.map(({ code, automatic }) => [code, automatic])).toEqual([
      ['V1', undefined],
      ['V2', undefined],
      ['V3', undefined],
      ['V4', undefined],
      ['V5', undefined],
      ['V6', 'notFiled'],
      ['V7', 'noActivity'],
      ['V8', undefined],
      ['V9', undefined],
    ]);
  });

  it('gives at most five points of bonus, at most 2, 2, 1 and 1', () => {
    expect(DEFAULT_RUBRIC.bonus.max).toBe(5);
    expect(DEFAULT_RUBRIC.bonus.items.map(({ each, max }) => [each, max])).toEqual([
      [2, 2],
      [1, 2],
      [1, 1],
      [1, 1],
    ]);
  });
});
