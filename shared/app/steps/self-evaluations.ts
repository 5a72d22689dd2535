/** Closing the window of self-evaluations, and comparing what was declared with the platform's figures. */

import * as z from 'zod';
import { raiseFlags } from '../../domain/desk-review.ts';
import type { Dossier } from '../../domain/dossier.ts';
import type { Answers } from '../../domain/facts.ts';
import { canonicalJson, SYSTEM } from '../../domain/history.ts';
import { PlatformFigures } from '../../domain/platform.ts';
import { scoreAgency } from '../../domain/score.ts';
import { expectRecord } from '../gates.ts';
import type { Deps } from '../ports.ts';
import { extendDossier, keys, readCycle } from '../records.ts';
import { expectDone, Refusal } from '../refusal.ts';
import { selfScoringInput } from '../self-evaluation.ts';
import { type BatchInput, type BatchResult, overDossiers } from './batch.ts';

/** Whoever has filed nothing by now is marked 未提交. The store's condition decides a race with a late submission. */
export function closeSelfEvaluations(deps: Deps, input: BatchInput): Promise<BatchResult> {
  return overDossiers(deps, input, 'closeSelfEvaluations', async (dossier) => {
    if (dossier.status !== 'collecting') return;
    const type = dossier.submission ? 'submissionStands' : 'closedUnfiled';
    const closed = await extendDossier(deps, dossier, SYSTEM, { type, data: {} });
    if (closed instanceof Refusal && closed.code !== 'changedMeanwhile') return closed;
    await deps.items.remove({
      pk: keys.waiting(input.year, 'collectSelfEvaluations'),
      sk: dossier.filingNumber,
    });
  });
}

export async function compareFigures(deps: Deps, input: BatchInput): Promise<BatchResult> {
  const { year } = input;
  const { rubric, settings } = expectDone(await readCycle(deps, year));
  return overDossiers(deps, input, 'compareFigures', async (dossier) => {
    const { submission, filingNumber } = dossier;
    if (dossier.status !== 'submitted' || !submission) return;
    await expectRecord(deps, year, 'reviewAtDesk', filingNumber);
    const platform = await deps.items.get(keys.platform(year, filingNumber), PlatformFigures);
    const flags = raiseFlags({
      rubric,
      answers: submission.answers,
      platform,
      tolerancePercent: settings.figureTolerancePercent,
      selfScore: scoreAgency(selfScoringInput(rubric, settings, submission.answers)),
      sharedEvidence: await sharedEvidence(deps, dossier, submission.answers),
    });
    const compared = { flags, ...(platform && { platform }) };
    const { flags: before, platform: known } = dossier;
    if (canonicalJson(compared) === canonicalJson({ flags: before, ...(known && { platform: known }) }))
      return;
    return extendDossier(deps, dossier, SYSTEM, { type: 'flagged', data: compared });
  });
}

/** Which other agencies of the year filed a file with the same digest. */
async function sharedEvidence(deps: Deps, dossier: Dossier, answers: Answers) {
  const shared = new Map<string, string[]>();
  const files = Object.values(answers.items).flatMap((answer) => answer.evidence ?? []);
  for (const digest of new Set(files.map(({ sha256 }) => sha256))) {
    const owners = await deps.items.page(keys.sharedFile(dossier.year, digest), z.unknown(), null, 100);
    const others = owners.records.map(({ sk }) => sk).filter((owner) => owner !== dossier.filingNumber);
    if (others.length > 0) shared.set(digest, others);
  }
  return shared;
}
