import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Dossier, DossierAction } from '../../shared/domain/dossier.ts';
import { dossierOf } from '../../shared/domain/dossier-of.ts';
import type { Answer, Answers } from '../../shared/domain/facts.ts';
import { Moderation, moderationOf } from '../../shared/domain/moderation.ts';
import {
  anAgency,
  anEvidence,
  anyAnswers,
  aRate,
  dossierAction,
  faultsFound,
  filing,
  fullMarks,
  theSettings,
} from './builders.ts';
import {
  ACTIONS,
  aConfirmation,
  aFinding,
  aJointEntry,
  anAssignment,
  commitment,
} from './dossier-builders.ts';

const rules = { rubric: DEFAULT_RUBRIC, settings: theSettings() };
const seen = (changes: Record<string, Answer> = {}): Answers => fullMarks(DEFAULT_RUBRIC, changes);
/** 80 % of the plan is worth 7 of 8 points, 60 % is worth 3. */
const executed = (batches: number) =>
  seen({ A2: { facts: aRate(batches, 20), evidence: [anEvidence('A2')] } });

const filed = (serial: number, answers: Answers): DossierAction[] => [
  dossierAction('admitted', { agency: anAgency({ filingNumber: filing(serial), name: `机构${serial}` }) }),
  dossierAction(
    'submitted',
    { answers, commitment, claimed: '', digest: '' },
    { by: 'agency-1', role: 'agency' },
  ),
  ACTIONS.deskReviewed,
];
const dossier = (...history: DossierAction[]): Dossier => dossierOf(2022, history);
const visit = (one: Answers, other: Answers, pair = ['inspector-1', 'inspector-2']): DossierAction[] => [
  anAssignment(...pair),
  aFinding(one, pair[0] ?? ''),
  aFinding(other, pair[1] ?? ''),
];
const itemOf = ({ items }: Moderation, code: string) => items.find((item) => item.code === code);

describe('moderation figures', () => {
  it('are empty while nobody was visited, with every item and part in its place', () => {
    const figures = moderationOf(rules, [dossier(...filed(1, seen()))]);
    expect(figures).toMatchObject({ visits: 0, pairs: [], agencies: [] });
    expect(itemOf(figures, 'A2')).toMatchObject({
      compared: 0,
      differing: 0,
      percent: '0.0',
      points: '0.00',
    });
    expect(figures.parts.map(({ code }) => code)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
    expect(Moderation.safeParse(figures).success).toBe(true);
  });

  it('leave out a visit of which a record is missing', () => {
    const half = [...filed(1, seen()), ...visit(executed(16), executed(12))].slice(0, -1);
    expect(moderationOf(rules, [dossier(...half)])).toMatchObject({ visits: 0, pairs: [] });
  });

  it('count what two inspectors recorded differently, and by how many points', () => {
    const dossiers = [
      dossier(...filed(1, seen()), ...visit(executed(16), executed(12))),
      dossier(...filed(2, seen()), ...visit(executed(20), executed(20))),
      dossier(...filed(3, seen()), ...visit(seen(), seen({ D5: { facts: faultsFound(1) } }))),
    ];
    const figures = moderationOf(rules, dossiers);
    expect(figures.visits).toBe(3);
    expect(itemOf(figures, 'A2')).toMatchObject({
      compared: 3,
      differing: 1,
      percent: '33.3',
      points: '1.33',
    });
    expect(itemOf(figures, 'D5')).toMatchObject({
      compared: 3,
      differing: 1,
      percent: '33.3',
      points: '0.17',
    });
    expect(itemOf(figures, 'B1')).toMatchObject({ compared: 3, differing: 0, points: '0.00' });
    expect(figures.pairs).toEqual([
      {
        inspectors: ['inspector-1', 'inspector-2'],
        visits: 3,
        compared: 78,
        differing: 2,
        percent: '2.6',
        points: '0.06',
        totals: '1.50',
        leaning: '1.50',
      },
    ]);
  });

  it('are of each pair of inspectors, by whom the higher totals were recorded, whatever order they were drawn in', () => {
    const figures = moderationOf(rules, [
      dossier(...filed(1, seen()), ...visit(executed(12), executed(16))),
      dossier(...filed(2, seen()), ...visit(executed(16), executed(12), ['inspector-2', 'inspector-1'])),
      dossier(...filed(3, seen()), ...visit(seen(), seen(), ['inspector-3', 'inspector-1'])),
    ]);
    expect(figures.pairs).toMatchObject([
      { inspectors: ['inspector-1', 'inspector-2'], visits: 2, totals: '4.00', leaning: '-4.00' },
      { inspectors: ['inspector-1', 'inspector-3'], visits: 1, totals: '0.00', leaning: '0.00' },
    ]);
  });

  it('compare each two of three, and earlier visits of the year too', () => {
    const ids = ['inspector-1', 'inspector-2', 'inspector-3'];
    const first = [anAssignment(...ids), ...ids.map((id) => aFinding(seen(), id))];
    const again = visit(executed(16), executed(12));
    const figures = moderationOf(rules, [
      dossier(...filed(1, seen()), ...first, ACTIONS.visitClosed, ...again),
    ]);
    expect(figures.visits).toBe(2);
    expect(figures.pairs.map(({ inspectors, visits }) => [inspectors.join(), visits])).toEqual([
      ['inspector-1,inspector-2', 2],
      ['inspector-1,inspector-3', 1],
      ['inspector-2,inspector-3', 1],
    ]);
    expect(itemOf(figures, 'A2')).toMatchObject({ compared: 4, differing: 1 });
  });

  it('set the self score against what the inspectors agreed on, by part', () => {
    const joint = aJointEntry('inspector-1', { item: 'A2', facts: aRate(16, 20), reason: '跨年批次' });
    const visited = [
      ...filed(1, executed(20)),
      ...visit(executed(16), executed(12)),
      joint,
      aConfirmation('inspector-2', joint.seq),
      ACTIONS.visitClosed,
    ];
    const modest = [...filed(2, executed(12)), ...visit(executed(20), executed(20)), ACTIONS.visitClosed];
    const open = [...filed(3, executed(20)), ...visit(executed(16), executed(12))];
    const { agencies, parts } = moderationOf(
      rules,
      [modest, visited, open].map((history) => dossier(...history)),
    );
    expect(agencies).toMatchObject([
      { name: '机构1', self: '100.00', inspected: '99.00', gap: '1.00' },
      { name: '机构2', self: '95.00', inspected: '100.00', gap: '-5.00' },
    ]);
    expect(agencies[0]?.parts[0]).toEqual({
      code: 'A',
      self: '16',
      inspected: '15',
      selfPercent: '100.0',
      inspectedPercent: '93.8',
    });
    expect(parts[0]).toMatchObject({
      self: '27',
      inspected: '31',
      selfPercent: '84.4',
      inspectedPercent: '96.9',
    });
    expect(parts[1]).toMatchObject({ selfPercent: '100.0', inspectedPercent: '100.0' });
  });

  it('fit their schema, and a pair that is turned round leans the other way', () => {
    fc.assert(
      fc.property(anyAnswers(DEFAULT_RUBRIC), anyAnswers(DEFAULT_RUBRIC), (one, other) => {
        const figures = moderationOf(rules, [dossier(...filed(1, seen()), ...visit(one, other))]);
        const turned = moderationOf(rules, [dossier(...filed(1, seen()), ...visit(other, one))]);
        expect(Moderation.safeParse(figures).success).toBe(true);
        expect(turned.items).toEqual(figures.items);
        const [[pair], [back]] = [figures.pairs, turned.pairs];
        expect(Number(back?.leaning) + Number(pair?.leaning)).toBe(0);
        expect(Math.abs(Number(pair?.leaning))).toBe(Number(pair?.totals));
      }),
      { numRuns: 40 },
    );
  });
});
