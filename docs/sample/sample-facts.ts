/** The sample's facts, item by item, from the profiles. */
import type { Facts } from '../../shared/domain/facts.ts';
import { factFields, itemsOf, type Rubric, type RubricItem } from '../../shared/domain/rubric.ts';
import type { Deviation, SampleProfile } from './sample-profiles.ts';

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
  const said: Exclude<Deviation, [number, number]> | object = Array.isArray(deviation)
    ? {}
    : (deviation ?? {});
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
