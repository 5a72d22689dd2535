/** Declarations of not applicable 不适用 on which nobody has decided yet. */
import type { Dossier } from './dossier.ts';

/** Codes of the items that the agency declares not applicable and that still wait for an approver, in the form's order. */
export function undecidedItems({ submission, desk, corrections, history }: Dossier): string[] {
  if (!submission) return [];
  // A new round is decided anew.
  const round = history.slice(history.findLastIndex(({ type }) => type === 'submitted'));
  const decided = new Set(
    round.flatMap((action) => (action.type === 'notApplicableDecided' ? [action.data.item] : [])),
  );
  for (const { item } of [...(desk?.corrections ?? []), ...corrections]) decided.add(item);
  return Object.entries(submission.answers.items).flatMap(([code, { notApplicable }]) =>
    notApplicable && !decided.has(code) ? [code] : [],
  );
}
