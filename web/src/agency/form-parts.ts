/** The form's pages in order: the rubric's parts, the bonus, and the check before filing; where each stands in the address. */
import type { Rubric, RubricItem } from '../../../shared/domain/rubric.ts';
import { type Completeness, completenessOf, EMPTY, type Form } from './entries.ts';

export const BONUS = 'bonus';
export const CHECK = 'check';

export interface FormPart {
  key: string;
  title: string;
  items: readonly RubricItem[];
}

export function partsOf(rubric: Rubric): FormPart[] {
  return rubric.parts.map(({ code, title, items }) => ({ key: code, title: `${code} ${title}`, items }));
}

/** Pages of the form by their keys. */
export const pagesOf = (rubric: Rubric): { key: string; title: string }[] => [
  ...partsOf(rubric),
  ...(rubric.bonus.items.length > 0 ? [{ key: BONUS, title: '加分项' }] : []),
  { key: CHECK, title: '检查并提交' },
];

export const addressOf = (year: number, part: string, item?: string): string =>
  `/work/years/${year}/form?part=${part}${item ? `#${item}` : ''}`;

export interface ItemState {
  item: RubricItem;
  part: string;
  completeness: Completeness;
  /** Without a file the item scores 0. */
  lacksEvidence: boolean;
}

export function itemStates(rubric: Rubric, form: Form): ItemState[] {
  return rubric.parts.flatMap(({ code, items }) =>
    items.map((item) => {
      const entry = form.items[item.code] ?? EMPTY;
      const lacksEvidence = item.evidenceRequired && !entry.notApplicable && entry.evidence.length === 0;
      return { item, part: code, completeness: completenessOf(item, entry), lacksEvidence };
    }),
  );
}
