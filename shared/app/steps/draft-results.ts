/** Draft results 初评结果: shown to each agency once the scores are approved, and closed when the window is over. */
import { SYSTEM } from '../../domain/history.ts';
import { expectRecord } from '../gates.ts';
import type { Deps } from '../ports.ts';
import { extendDossier, keys } from '../records.ts';
import { Refusal } from '../refusal.ts';
import { type BatchInput, type BatchResult, overEveryDossier } from './batch.ts';

/** Every agency gets its draft result, failures above all. Sent back and scored again, it gets another. */
export function sendDraftResults(deps: Deps, input: BatchInput): Promise<BatchResult> {
  return overEveryDossier(deps, input, 'sendDraftResults', async (dossier) => {
    if (dossier.status !== 'scored') return;
    await expectRecord(deps, 'answerDraftResults', dossier);
    return extendDossier(deps, dossier, SYSTEM, { type: 'draftResultSent', data: {} });
  });
}

/** Whoever has said nothing by now: recorded as silence. The store's condition decides a race with a late answer. */
export function closeDraftResults(deps: Deps, input: BatchInput): Promise<BatchResult> {
  return overEveryDossier(deps, input, 'closeDraftResults', async (dossier) => {
    if (dossier.status !== 'drafted') return;
    await deps.items.remove({
      pk: keys.waiting(dossier.year, 'answerDraftResults'),
      sk: dossier.filingNumber,
    });
    const silence = { type: 'draftResultUnanswered' as const, data: {} };
    const closed = await extendDossier(deps, dossier, SYSTEM, silence);
    if (closed instanceof Refusal && closed.code !== 'changedMeanwhile') return closed;
  });
}
