/** The draft result 初评结果 as its agency sees it: item by item, what counted, whose it was, by which rule, and why. */
import type { Dossier } from './dossier.ts';
import { FACT_SOURCES, type FactSource, type ItemScore } from './score.ts';

export interface ExplainedItem extends Omit<ItemScore, 'source' | 'remark'> {
  /** Whose facts counted, in Chinese; null where none did. */
  source: string | null;
  /** Who gave which reason: desk review, inspectors, joint entry, replies. */
  reasons: string[];
}

export function explainedItems(dossier: Dossier): ExplainedItem[] {
  const items = dossier.sheet?.items ?? [];
  return items.map(({ source, remark: _told, ...item }) => ({
    ...item,
    source: source ? FACT_SOURCES[source] : null,
    reasons: reasonsFor(dossier, item.code, source),
  }));
}

function reasonsFor(dossier: Dossier, code: string, source: FactSource | undefined): string[] {
  const decided = dossier.history.flatMap((action) =>
    action.type === 'notApplicableDecided' && action.data.item === code
      ? [`不适用申报${action.data.approved ? '同意' : '不同意'}：${action.reason ?? ''}`]
      : [],
  );
  switch (source) {
    case 'deskReview':
      return [...decided, ...correctionReasons(dossier.desk?.corrections, code, '材料复核更正')];
    case 'inspection':
      return [...decided, ...inspectorsReasons(dossier, code)];
    case 'statement':
    case 'objection':
      return [...decided, ...correctionReasons(dossier.corrections, code, FACT_SOURCES[source])];
    default:
      return decided;
  }
}

function correctionReasons(
  corrections: readonly { item: string; reason: string }[] | undefined,
  code: string,
  title: string,
): string[] {
  return (corrections ?? []).flatMap(({ item, reason }) => (item === code ? [`${title}：${reason}`] : []));
}

/** What each inspector wrote about an item, and why they agreed where they had differed. */
function inspectorsReasons({ visit, history }: Dossier, code: string): string[] {
  const names = new Map(
    history.flatMap(({ type, by }) => (type === 'findingRecorded' ? [[by.id, by.name] as const] : [])),
  );
  const own = (visit?.inspectors ?? []).flatMap((id) => {
    const answer = visit?.findings[id]?.answers.items[code];
    const graded = answer?.facts?.kind === 'graded' ? answer.facts.reason : undefined;
    return [graded, answer?.remark].flatMap((text) => (text ? [`${names.get(id) ?? id}：${text}`] : []));
  });
  const settled = visit?.joint?.settled.find(({ item }) => item === code);
  return settled ? [...own, `会商认定：${settled.reason}`] : own;
}
