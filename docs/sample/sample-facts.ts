/** The sample's facts, as each agency declares them and as the inspectors find them. All invented. */
import type { Facts } from '../../shared/domain/facts.ts';
import { factFields, itemsOf, type Rubric, type RubricItem } from '../../shared/domain/rubric.ts';

/** Two numbers of a rate, lines not ticked, a grade, or faults; the rest of an item is at its best. */
type Deviation = [number, number] | { without: string[] } | { grade: string } | { faults: number };

export interface SampleProfile {
  planned: number;
  completed: number;
  candidates: number;
  online: number;
  certificates: number;
  /** Occupations on file, those evaluated in the year, those with a question bank, those with three examiners. */
  occupations: [filed: number, evaluated: number, banks: number, examiners: number];
  rooms: [covered: number, used: number];
  issues: [closed: number, found: number];
  /** Where the agency is not at its best, by item, in its own declaration. */
  declared: Record<string, Deviation>;
  /** Where the inspectors found something else. */
  found: Record<string, Deviation>;
  notApplicable?: Record<string, string>;
  bonus: Record<string, number>;
}

const without = (...lines: string[]): Deviation => ({ without: lines });
const grade = (letter: string): Deviation => ({ grade: letter });
const faults = (count: number): Deviation => ({ faults: count });

export const PROFILES: Record<string, SampleProfile> = {
  Y000034040002: {
    planned: 12,
    completed: 11,
    candidates: 860,
    online: 860,
    certificates: 742,
    occupations: [4, 4, 4, 3],
    rooms: [9, 9],
    issues: [6, 6],
    declared: { G1: grade('B'), D5: faults(1) },
    found: { D1: faults(1), C3: grade('B') },
    bonus: { P1: 1 },
  },
  Y000034040003: {
    planned: 10,
    completed: 8,
    candidates: 312,
    online: 0,
    certificates: 268,
    occupations: [3, 3, 3, 2],
    rooms: [5, 5],
    issues: [4, 5],
    declared: { B3: [7, 8], C3: grade('B'), G1: grade('B'), F1: [262, 268] },
    found: { D5: faults(2), D1: faults(1) },
    bonus: { P3: 1 },
  },
  Y000034040005: {
    planned: 10,
    completed: 9,
    candidates: 404,
    online: 210,
    certificates: 351,
    occupations: [3, 3, 3, 3],
    rooms: [6, 6],
    issues: [0, 0],
    declared: { C3: grade('B'), G1: grade('B') },
    found: { D5: faults(2) },
    notApplicable: { C4: '本年度内部督导未发现问题，无整改事项' },
    bonus: {},
  },
  Y000034040901: {
    planned: 4,
    completed: 0,
    candidates: 0,
    online: 0,
    certificates: 0,
    occupations: [2, 0, 1, 0],
    rooms: [0, 0],
    issues: [0, 0],
    declared: {
      A1: without('3'),
      C1: without('3'),
      C2: without('3', '4', '5', '6'),
      C3: grade('C'),
      D2: grade('B'),
      F3: without('3', '4'),
      G1: grade('C'),
      G3: without('2'),
    },
    found: { C2: without('2', '3', '4', '5', '6'), D2: grade('C'), F3: without('2', '3', '4') },
    bonus: {},
  },
  Y000034040902: {
    planned: 3,
    completed: 0,
    candidates: 0,
    online: 0,
    certificates: 0,
    occupations: [2, 0, 1, 1],
    rooms: [0, 0],
    issues: [0, 0],
    declared: {
      B2: without('2'),
      C2: without('4', '5', '6'),
      C3: grade('C'),
      D2: grade('C'),
      F3: without('4'),
      G1: grade('D'),
    },
    found: { B4: without('2', '3'), C3: grade('D') },
    bonus: {},
  },
  Y000034040903: {
    planned: 2,
    completed: 0,
    candidates: 0,
    online: 0,
    certificates: 0,
    occupations: [1, 0, 0, 0],
    rooms: [0, 0],
    issues: [0, 0],
    declared: {},
    found: {
      A1: without('1', '2', '3'),
      B2: without('1', '2', '3'),
      B4: without('1', '2', '3'),
      C1: without('1', '2', '3'),
      C2: without('1', '2', '3', '4', '5', '6'),
      C3: grade('D'),
      D2: grade('C'),
      E2: without('1', '2', '3'),
      F3: without('1', '2', '3', '4'),
      G1: grade('D'),
      G3: without('1', '2'),
    },
    bonus: {},
  },
  S000034040005: {
    planned: 7,
    completed: 5,
    candidates: 146,
    online: 0,
    certificates: 118,
    occupations: [3, 2, 2, 2],
    rooms: [4, 4],
    issues: [4, 5],
    declared: {
      A3: [5, 5],
      B2: without('3'),
      C2: without('6'),
      C3: grade('B'),
      D2: grade('B'),
      G1: grade('B'),
    },
    found: { D1: faults(1), D5: faults(2), C2: without('5', '6') },
    bonus: {},
  },
  S000034040006: {
    planned: 15,
    completed: 14,
    candidates: 1180,
    online: 960,
    certificates: 1012,
    occupations: [5, 5, 5, 4],
    rooms: [12, 12],
    issues: [9, 9],
    declared: { F1: [990, 1012] },
    found: { C3: grade('B'), D5: faults(1) },
    bonus: { P4: 1 },
  },
  S000034040904: {
    planned: 5,
    completed: 0,
    candidates: 0,
    online: 0,
    certificates: 0,
    occupations: [2, 0, 2, 1],
    rooms: [0, 0],
    issues: [0, 0],
    declared: { B4: without('3'), C2: without('3', '5'), C3: grade('C'), D2: grade('B'), G1: grade('C') },
    found: { C2: without('3', '4', '5', '6'), E2: without('1', '3') },
    bonus: {},
  },
  S000034010012: {
    planned: 18,
    completed: 18,
    candidates: 1320,
    online: 1320,
    certificates: 1156,
    occupations: [4, 4, 4, 3],
    rooms: [10, 10],
    issues: [7, 7],
    declared: { D1: faults(1) },
    found: { D5: faults(2), C3: grade('B') },
    bonus: { P1: 1 },
  },
  S000034040016: {
    planned: 11,
    completed: 9,
    candidates: 388,
    online: 388,
    certificates: 330,
    occupations: [4, 3, 4, 2],
    rooms: [6, 6],
    issues: [3, 5],
    declared: {
      B2: without('2'),
      C2: without('2', '6'),
      C3: grade('C'),
      D1: faults(1),
      D2: grade('B'),
      F1: [316, 330],
      G1: grade('B'),
    },
    found: { B3: [6, 9], D5: faults(1) },
    bonus: { P1: 1 },
  },
  S000034040017: {
    planned: 8,
    completed: 6,
    candidates: 236,
    online: 0,
    certificates: 201,
    occupations: [2, 2, 2, 1],
    rooms: [3, 3],
    issues: [4, 4],
    declared: {
      B2: without('3'),
      C2: without('2', '5'),
      C3: grade('C'),
      D2: grade('C'),
      G1: grade('B'),
      G3: without('2'),
    },
    found: { D1: faults(1), D5: faults(2) },
    bonus: {},
  },
  S000034040905: {
    planned: 6,
    completed: 0,
    candidates: 0,
    online: 0,
    certificates: 0,
    occupations: [2, 0, 1, 0],
    rooms: [0, 0],
    issues: [0, 0],
    declared: {
      A1: without('2', '3'),
      B2: without('3'),
      C1: without('2'),
      C2: without('2', '3', '4', '5', '6'),
      C3: grade('D'),
      D2: grade('C'),
      E2: without('2'),
      F3: without('3', '4'),
      G1: grade('C'),
    },
    found: { B4: without('3') },
    bonus: {},
  },
};

/** Facts of all items for one side; items that do not apply are absent. */
export function factsOf(
  rubric: Rubric,
  profile: SampleProfile,
  side: 'declared' | 'found',
): Record<string, Facts> {
  const deviations = { ...profile.declared, ...(side === 'found' && profile.found) };
  const applicable = itemsOf(rubric).filter(({ code }) => !profile.notApplicable?.[code]);
  return Object.fromEntries(
    applicable.map((item) => [item.code, itemFacts(item, profile, deviations[item.code])]),
  );
}

/** Figures of the rates; items not named here have no rate. */
function rateOf(code: string, profile: SampleProfile): [number, number] {
  const { planned, completed, candidates, online, certificates, occupations, rooms, issues } = profile;
  const [filed, evaluated, banks, examiners] = occupations;
  const rates: Record<string, [number, number]> = {
    A2: [completed, planned],
    A3: [completed, completed],
    A4: [evaluated, filed],
    B1: [completed, completed],
    B3: [completed, completed],
    C4: issues,
    D3: rooms,
    D4: [online, candidates],
    E1: [banks, filed],
    E3: [examiners, filed],
    F1: [certificates, certificates],
    G2: [0, 0],
  };
  return rates[code] ?? [0, 0];
}

function itemFacts(item: RubricItem, profile: SampleProfile, deviation: Deviation | undefined): Facts {
  const said = deviation && !Array.isArray(deviation) ? deviation : {};
  switch (item.kind) {
    case 'banded': {
      const figures = Array.isArray(deviation) ? deviation : rateOf(item.code, profile);
      const values = factFields(item).map(({ key }, index) => [key, figures[index] ?? 0] as const);
      return { kind: 'banded', values: Object.fromEntries(values) };
    }
    case 'checklist': {
      const missing = 'without' in said ? said.without : [];
      return {
        kind: 'checklist',
        ticked: item.lines.map(({ key }) => key).filter((key) => !missing.includes(key)),
      };
    }
    case 'graded': {
      const letter = 'grade' in said ? said.grade : 'A';
      const found = item.grades.find((candidate) => candidate.grade === letter);
      return { kind: 'graded', grade: letter, reason: `${found?.description ?? ''}（样例）` };
    }
    case 'deduction':
      return { kind: 'deduction', faults: 'faults' in said ? said.faults : 0 };
  }
}
