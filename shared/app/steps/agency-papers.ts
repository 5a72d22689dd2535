/** Score sheets and rectification notices, a batch of agencies at a time, between the signature and publication. */
import { scoreSheetWorkbook } from '../../documents/tables/score-sheet-table.ts';
import { rectificationOf, scoreSheetOf } from '../agency-papers.ts';
import { paperStem } from '../papers.ts';
import type { Deps } from '../ports.ts';
import { readCycle } from '../records.ts';
import { expectDone } from '../refusal.ts';
import { isScored } from '../results.ts';
import { writeDocument, writeTable } from '../write-documents.ts';
import { type BatchInput, type BatchResult, overDossiers } from './batch.ts';

export async function writeScoreSheets(deps: Deps, input: BatchInput): Promise<BatchResult> {
  const { year } = input;
  const cycle = expectDone(await readCycle(deps, year));
  return overDossiers(deps, input, 'writeScoreSheets', async (dossier) => {
    if (!isScored(dossier)) return;
    const { filingNumber } = dossier;
    const snapshot = scoreSheetOf(cycle, dossier);
    const stem = paperStem(year, 'score-sheets', filingNumber);
    await writeDocument(deps, stem, 'score-sheet', snapshot);
    await writeTable(deps, stem, scoreSheetWorkbook(snapshot), snapshot);
    if (snapshot.score.stars > 0) return;
    const notice = rectificationOf(cycle, dossier);
    await writeDocument(deps, paperStem(year, 'rectifications', filingNumber), 'rectification', notice);
  });
}
