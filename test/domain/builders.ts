/** Agencies, rubrics, forms and signed actions in the shortest form that a test of the rules needs. */
import * as fc from 'fast-check';
import { Agency, type FilingNumber } from '../../shared/domain/agency.ts';
import { CycleAction, type CycleActionType } from '../../shared/domain/cycle.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { DossierAction, type DossierActionType } from '../../shared/domain/dossier.ts';
import { type DrawInput, type DrawInspector, draw } from '../../shared/domain/draw.ts';
import { type DrawRecord, sealDraw } from '../../shared/domain/draw-record.ts';
import type { Answer, Answers, EvidenceRef, Facts } from '../../shared/domain/facts.ts';
import { digestOf, type Role } from '../../shared/domain/history.ts';
import { type ItemOf, itemsOf, type Rubric, type RubricItem } from '../../shared/domain/rubric.ts';
import { type ScoringInput, scoreAgency } from '../../shared/domain/score.ts';
import { Settings } from '../../shared/domain/settings.ts';

/** The `serial`-th filing of Huainan: `Y000034040001`. */
export function filing(serial: number, letter: 'Y' | 'S' = 'Y'): FilingNumber {
  return `${letter}00003404${String(serial).padStart(4, '0')}`;
}

export function anAgency(changes: Partial<Agency> = {}): Agency {
  return Agency.parse({
    filingNumber: filing(1),
    name: '淮南某集团有限公司',
    filingType: 'enterprise',
    nature: 'stateOwned',
    filingTerm: { from: '2020-04', to: '2023-03' },
    county: '田家庵区',
    occupations: [{ code: '6-18-01-01', name: '车工', levels: ['五级', '四级'] }],
    contact: { name: '王某', phone: '0554-0000000' },
    ...changes,
  });
}

export function theSettings(changes: Partial<Settings> = {}): Settings {
  return Settings.parse({ centre: '淮南市职业技能鉴定中心', city: '淮南市', ...changes });
}

export function anEvidence(name: string): EvidenceRef {
  return { id: `evidence-${name}`, fileName: `${name}.pdf`, sha256: digestOf(name) };
}

/** The default rubric, to be changed by a test without harm to others. */
export function aRubric(change: (rubric: Rubric) => void = () => {}): Rubric {
  const rubric = structuredClone(DEFAULT_RUBRIC);
  change(rubric);
  return rubric;
}

/** The item of that code, known to be of that kind. */
export function theItem<K extends RubricItem['kind']>(rubric: Rubric, code: string, kind: K): ItemOf<K> {
  const item = itemsOf(rubric).find((candidate): candidate is ItemOf<K> => {
    return candidate.code === code && candidate.kind === kind;
  });
  if (!item) throw new TypeError(`the rubric has no ${kind} item ${code}`);
  return item;
}

export function aRate(numerator: number, denominator: number): Facts {
  return { kind: 'banded', values: { numerator, denominator } };
}

export function aCount(count: number): Facts {
  return { kind: 'banded', values: { count } };
}

export function ticks(...ticked: string[]): Facts {
  return { kind: 'checklist', ticked };
}

export function aGrade(grade: string, reason = '查阅档案'): Facts {
  return { kind: 'graded', grade, reason };
}

export function faultsFound(faults: number): Facts {
  return { kind: 'deduction', faults };
}

/** Facts that earn an item's full points: a rate of 100 %, no complaint, every line, the best grade, no fault. */
export function bestFacts(item: RubricItem): Facts {
  switch (item.kind) {
    case 'banded':
      return item.measure.type === 'rate' ? aRate(20, 20) : aCount(0);
    case 'checklist':
      return ticks(...item.lines.map(({ key }) => key));
    case 'graded': {
      const best = item.grades.toSorted((a, b) => b.points - a.points)[0];
      return aGrade(best?.grade ?? '');
    }
    case 'deduction':
      return faultsFound(0);
  }
}

/** Every item answered so that it earns its full points, each with a file. */
export function fullMarks(rubric: Rubric, changes: Record<string, Answer> = {}): Answers {
  const items = itemsOf(rubric).map((item): [string, Answer] => {
    return [item.code, { facts: bestFacts(item), evidence: [anEvidence(item.code)] }];
  });
  return { items: { ...Object.fromEntries(items), ...changes }, bonus: {} };
}

/** Full marks except for these items' facts; the files stay. */
export function fullMarksBut(rubric: Rubric, facts: Record<string, Facts>): Answers {
  const changed = Object.entries(facts).map(([code, fact]): [string, Answer] => {
    return [code, { facts: fact, evidence: [anEvidence(code)] }];
  });
  return fullMarks(rubric, Object.fromEntries(changed));
}

/** Any facts that fit an item; rates stay at or below 100 %. */
export function anyFacts(item: RubricItem): fc.Arbitrary<Facts> {
  switch (item.kind) {
    case 'banded':
      return item.measure.type === 'rate'
        ? fc.nat(300).chain((whole) => fc.nat(whole).map((part) => aRate(part, whole)))
        : fc.nat(5).map(aCount);
    case 'checklist':
      return fc.subarray(item.lines.map(({ key }) => key)).map((keys) => ticks(...keys));
    case 'graded':
      return fc.constantFrom(...item.grades.map(({ grade }) => aGrade(grade)));
    case 'deduction':
      return fc.nat(8).map(faultsFound);
  }
}

/** Any form: items answered or not, with a file or without, bonus claimed or not. */
export function anyAnswers(rubric: Rubric): fc.Arbitrary<Answers> {
  const answers = itemsOf(rubric).map((item): [string, fc.Arbitrary<Answer>] => {
    const evidence = fc.boolean().map((given) => (given ? [anEvidence(item.code)] : []));
    return [item.code, fc.record({ facts: anyFacts(item), evidence }, { requiredKeys: ['evidence'] })];
  });
  const claims = rubric.bonus.items.map(({ code }) => [code, fc.record({ count: fc.nat(4) })] as const);
  return fc.record({
    items: fc.record(Object.fromEntries(answers)),
    bonus: fc.record(Object.fromEntries(claims)),
  });
}

/** Scoring of a form that was filed and looked through at the desk. */
export function scoringOf(answers: Answers | undefined, changes: Partial<ScoringInput> = {}): ScoringInput {
  return {
    rubric: DEFAULT_RUBRIC,
    answers,
    source: 'deskReview',
    filed: true,
    notApplicable: [],
    vetoCases: [],
    noActivityFails: true,
    ...changes,
  };
}

/** The sheet of an agency whose applicable points are `applicable` and who earned `earned` of them. */
export function sheetEarning(earned: number, applicable: number, bonus = 0) {
  const rubric = aRubric((draft) => {
    draft.bonus = { max: 5, items: [{ code: 'P1', title: '加分', each: 0.001, max: 100 }] };
    draft.parts = [
      {
        code: 'X',
        title: '全部',
        items: [
          {
            code: 'X1',
            title: '所得',
            points: applicable,
            kind: 'checklist',
            evidenceRequired: false,
            lines: [
              { key: 'earned', label: '得', points: earned },
              { key: 'lost', label: '失', points: Math.round((applicable - earned) * 1000) / 1000 },
            ],
          },
        ],
      },
    ];
  });
  const answers: Answers = {
    items: { X1: { facts: ticks('earned') } },
    bonus: { P1: { count: Math.round(bonus * 1000) } },
  };
  return scoreAgency(scoringOf(answers, { rubric }));
}

interface Signed {
  by?: string;
  role?: Role;
  at?: string;
  reason?: string;
}

/** What an entry of a history has beside its type and data; the reducers do not look at the seals. */
function signed({ by = 'handler-1', role = 'handler', at = '2022-03-01T01:00:00.000Z', reason }: Signed) {
  const actor = { id: by, name: by, role };
  return { seq: 1, at, by: actor, ...(reason !== undefined && { reason }), previous: '', hash: '' };
}

export function dossierAction<T extends DossierActionType>(
  type: T,
  data: Extract<DossierAction, { type: T }>['data'],
  signature: Signed = {},
): DossierAction {
  return DossierAction.parse({ ...signed(signature), type, data });
}

export function cycleAction<T extends CycleActionType>(
  type: T,
  data: Extract<CycleAction, { type: T }>['data'],
  signature: Signed = {},
): CycleAction {
  return CycleAction.parse({ ...signed(signature), type, data });
}

/** 32 bytes in hexadecimal, different for every number. */
export const seedOf = (number: number) => digestOf(`seed ${number}`);

export function inspectors(count: number): DrawInspector[] {
  return Array.from({ length: count }, (_, n) => ({ id: `inspector-${n + 1}`, name: `督导员${n + 1}` }));
}

/** A draw by the default settings, with six inspectors and nobody recused. */
export function aDraw(changes: Partial<DrawInput> = {}): DrawInput {
  return {
    seed: seedOf(1),
    agencies: [],
    sampling: { percent: 30, atLeast: 3 },
    inspectors: inspectors(6),
    inspectorsPerVisit: 2,
    recusals: [],
    ...changes,
  };
}

/** The sealed record of a draw and of what changed after it. */
export function aDrawRecord(input: DrawInput, changes: DrawRecord['changes'] = []): DrawRecord {
  const plan = {
    schema: 'xingping-draw/1',
    year: 2021,
    number: '职技函〔2022〕2号',
    sampleData: true,
  } as const;
  return sealDraw({ ...plan, ...draw(input), changes });
}
