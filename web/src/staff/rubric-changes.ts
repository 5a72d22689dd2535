/** Changes to a rubric's structure while it is edited: parts and items added, moved and taken out. What is wrong with the outcome the schema says. */
import { itemsOf, type Rubric, type RubricItem } from '../../../shared/domain/rubric.ts';

/** In another place of the list; beyond either end it stays. */
export function moved<T>(list: readonly T[], index: number, by: 1 | -1): T[] {
  const one = list[index];
  const other = list[index + by];
  if (one === undefined || other === undefined) return [...list];
  return list.with(index, other).with(index + by, one);
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Every code that means something already: an item's, a bonus's, a veto's or a part's. */
const takenIn = (rubric: Rubric) =>
  new Set(
    [...rubric.parts, ...itemsOf(rubric), ...rubric.bonus.items, ...rubric.vetoes].map(({ code }) => code),
  );

/** A part at the end with one item, since none is empty; the same rubric where the letters have run out. */
export function withPart(rubric: Rubric): Rubric {
  const taken = takenIn(rubric);
  // Bonuses and vetoes begin with letters of their own.
  const initials = new Set([...taken].map((code) => code[0]));
  const code =
    LETTERS.find((letter) => !initials.has(letter)) ?? LETTERS.find((letter) => !taken.has(letter));
  if (code === undefined) return rubric;
  const part = { code, title: '新的部分', items: [newItem('checklist', `${code}1`)] };
  return { ...rubric, parts: [...rubric.parts, part] };
}

/** An item at the end of a part, with the next number of that part. */
export function withItem(rubric: Rubric, part: number, kind: RubricItem['kind']): Rubric {
  const before = rubric.parts[part];
  if (!before) return rubric;
  const taken = takenIn(rubric);
  let number = before.items.length + 1;
  while (taken.has(`${before.code}${number}`)) number++;
  const items = [...before.items, newItem(kind, `${before.code}${number}`)];
  return { ...rubric, parts: rubric.parts.with(part, { ...before, items }) };
}

/** A bonus at the end of the list. */
export function withBonus(rubric: Rubric): Rubric {
  const items = [
    ...rubric.bonus.items,
    { code: numberedCode(rubric, 'P'), title: '新的加分', each: 1, max: 1 },
  ];
  return { ...rubric, bonus: { ...rubric.bonus, items } };
}

/** A veto at the end of the list, for which a case is needed. */
export function withVeto(rubric: Rubric): Rubric {
  return { ...rubric, vetoes: [...rubric.vetoes, { code: numberedCode(rubric, 'V'), title: '新的情形' }] };
}

function numberedCode(rubric: Rubric, letter: string): string {
  const taken = takenIn(rubric);
  let number = 1;
  while (taken.has(`${letter}${number}`)) number++;
  return `${letter}${number}`;
}

/** Sound by itself and worth one point, so that what is left to do is to say what it asks. */
function newItem(kind: RubricItem['kind'], code: string): RubricItem {
  const base = { code, title: '新的项目', points: 1, evidenceRequired: true };
  switch (kind) {
    case 'banded':
      return {
        ...base,
        kind,
        measure: {
          type: 'rate',
          numerator: { key: 'numerator', label: '完成数' },
          denominator: { key: 'denominator', label: '应完成数' },
        },
        bands: [
          { from: 90, points: 1 },
          { from: 0, points: 0 },
        ],
      };
    case 'checklist':
      return { ...base, kind, lines: [{ key: '1', label: '新的内容', points: 1 }] };
    case 'graded':
      return {
        ...base,
        kind,
        grades: [
          { grade: 'A', points: 1, description: '' },
          { grade: 'B', points: 0.5, description: '' },
          { grade: 'C', points: 0, description: '' },
        ],
      };
    case 'deduction':
      return { ...base, kind, perFault: 0.5, fault: '问题数' };
  }
}
