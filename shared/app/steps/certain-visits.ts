/** Why an agency is certain for the spot check 确定抽查: every reason is read here. */
import type { Complaint } from '../../domain/complaint.ts';
import { countedVisit } from '../../domain/counted-facts.ts';
import type { Cycle } from '../../domain/cycle.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { upheldComplaintsOf } from '../complaints/complaint-records.ts';
import type { Deps } from '../ports.ts';
import { allOf, cycleKind, dossierKind, keys, readRecord } from '../records.ts';

/** Enough flags this year, upheld complaints; last year a failure, or a self score far above the inspected one. */
export async function certainReasons(deps: Deps, cycle: Cycle, dossier: Dossier): Promise<string[]> {
  const { filingNumber, flags } = dossier;
  const last = await readRecord(deps, dossierKind, keys.dossier(cycle.year - 1, filingNumber));
  const gap = last && scoreGap(last.state);
  const complaints = (await uncountedComplaints(deps, cycle.year, filingNumber)).length;
  return [
    ...(flags.length >= cycle.settings.flagsForCertainVisit ? [`异常预警 ${flags.length} 条`] : []),
    ...(complaints > 0 ? [`经查属实投诉 ${complaints} 件`] : []),
    ...(last?.state.sheet?.stars === 0 ? ['上年度评估不合格'] : []),
    ...(gap !== undefined && gap > cycle.settings.scoreGapPoints
      ? [`上年度自评高出检查 ${gap.toFixed(2)} 分`]
      : []),
  ];
}

/** Upheld complaints that no earlier year's draw has seen: what was upheld after a draw counts for the next one. */
async function uncountedComplaints(deps: Deps, year: number, filingNumber: string): Promise<Complaint[]> {
  const upheld = await upheldComplaintsOf(deps, filingNumber);
  if (upheld.length === 0) return [];
  let seenUntil = '';
  for await (const earlier of allOf(deps, cycleKind, keys.cycle(0).pk)) {
    const drawnAt = earlier.history.findLast(({ type }) => type === 'drawn')?.at;
    if (earlier.year >= year || drawnAt === undefined) continue;
    const then = await readRecord(deps, dossierKind, keys.dossier(earlier.year, filingNumber));
    // Only a draw that the agency took part in could make it certain.
    const tookPart = then?.entries.some(({ type, at }) => type === 'deskReviewed' && at <= drawnAt);
    if (tookPart && drawnAt > seenUntil) seenUntil = drawnAt;
  }
  return upheld.filter(({ closedAt = '' }) => closedAt > seenUntil);
}

/** How much an agency's own score exceeded the inspected one, in points; undefined where it was not visited. */
export function scoreGap(dossier: Dossier): number | undefined {
  const { submission, sheet } = dossier;
  if (!submission || !sheet || !countedVisit(dossier)) return undefined;
  return (Math.round(Number(submission.claimed) * 100) - Math.round(Number(sheet.total) * 100)) / 100;
}
