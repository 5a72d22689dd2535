/** Why an agency is certain for the spot check 确定抽查: every reason is read here. */
import { countedVisit } from '../../domain/counted-facts.ts';
import type { Cycle } from '../../domain/cycle.ts';
import type { Dossier } from '../../domain/dossier.ts';
import type { Deps } from '../ports.ts';
import { dossierKind, keys, readRecord } from '../records.ts';

/** Enough flags this year; last year a failure, or a self score far above the inspected one. */
export async function certainReasons(deps: Deps, cycle: Cycle, dossier: Dossier): Promise<string[]> {
  const { filingNumber, flags } = dossier;
  const last = await readRecord(deps, dossierKind, keys.dossier(cycle.year - 1, filingNumber));
  const gap = last && scoreGap(last.state);
  return [
    ...(flags.length >= cycle.settings.flagsForCertainVisit ? [`异常预警 ${flags.length} 条`] : []),
    ...(last?.state.sheet?.stars === 0 ? ['上年度评估不合格'] : []),
    ...(gap !== undefined && gap > cycle.settings.scoreGapPoints
      ? [`上年度自评高出检查 ${gap.toFixed(2)} 分`]
      : []),
  ];
}

/** How much an agency's own score exceeded the inspected one, in points; undefined where it was not visited. */
export function scoreGap(dossier: Dossier): number | undefined {
  const { submission, sheet } = dossier;
  if (!submission || !sheet || !countedVisit(dossier)) return undefined;
  return (Math.round(Number(submission.claimed) * 100) - Math.round(Number(sheet.total) * 100)) / 100;
}
