/** Scoring, announcing, and scoring again where an objection was upheld. */
import { scoringInput } from '../../domain/counted-facts.ts';
import type { Cycle } from '../../domain/cycle.ts';
import type { Dossier, DossierActionType } from '../../domain/dossier.ts';
import { canonicalJson, SYSTEM } from '../../domain/history.ts';
import { PlatformFigures } from '../../domain/platform.ts';
import { scoreAgency } from '../../domain/score.ts';
import { preparersOf } from '../duties.ts';
import type { Deps } from '../ports.ts';
import { extendCycle, extendDossier, keys, readCycle } from '../records.ts';
import { expectDone } from '../refusal.ts';
import { announcementOf, figuresOf, readDossiers } from '../results.ts';
import { publicPrefix, publishSnapshot } from '../snapshots.ts';
import { writeDocument } from '../write-documents.ts';
import { type BatchInput, type BatchResult, overDossiers } from './batch.ts';

/** Actions whose authors do not approve the scores that come of them. */
const SCORED_WORK: readonly DossierActionType[] = [
  'flagsTreated',
  'deskReviewed',
  'findingRecorded',
  'findingsReconciled',
];

export async function scoreAgencies(deps: Deps, input: BatchInput): Promise<BatchResult> {
  const cycle = expectDone(await readCycle(deps, input.year));
  const people = new Set<string>();
  const result = await overDossiers(deps, input, 'scoreAgencies', async (dossier) => {
    if (!['reviewed', 'visited', 'notFiled', 'scored'].includes(dossier.status)) return;
    for (const { by, type } of dossier.history) {
      if (SCORED_WORK.includes(type)) people.add(by.id);
    }
    return recordScore(deps, cycle, dossier);
  });
  await deps.histories.addToSet(keys.cycle(input.year), preparersOf('reviewScores'), [...people]);
  return result;
}

/** The platform's figures that a score took into account stand in the same entry: it can be computed again from the chain. */
async function recordScore(deps: Deps, cycle: Cycle, dossier: Dossier) {
  const key = keys.platform(cycle.year, dossier.filingNumber);
  const platform = await deps.items.get(key, PlatformFigures);
  const sheet = scoreAgency(scoringInput({ ...dossier, platform }, cycle.rubric, cycle.settings));
  const unchanged = dossier.sheet && canonicalJson(dossier.sheet) === canonicalJson(sheet);
  if (dossier.status === 'scored' && unchanged) return dossier;
  return extendDossier(deps, dossier, SYSTEM, {
    type: 'scored',
    data: { sheet, ...(platform && { platform }) },
  });
}

/** An upheld objection rescores that agency only. */
export async function rescoreUpheld(deps: Deps, input: BatchInput): Promise<BatchResult> {
  const cycle = expectDone(await readCycle(deps, input.year));
  return overDossiers(deps, input, 'rescoreUpheld', async (dossier) =>
    dossier.status === 'upheld' ? recordScore(deps, cycle, dossier) : undefined,
  );
}

/** Marks the next batch as announced; the last batch publishes the announcement. */
export async function announce(deps: Deps, input: BatchInput): Promise<BatchResult> {
  const { year } = input;
  const result = await overDossiers(deps, input, 'announce', async (dossier) =>
    dossier.status === 'scored'
      ? extendDossier(deps, dossier, SYSTEM, { type: 'announced', data: {} })
      : undefined,
  );
  if (result.cursor !== null) return result;
  const cycle = expectDone(await readCycle(deps, year));
  const figures = figuresOf(cycle, await readDossiers(deps, year));
  const snapshot = announcementOf(cycle, figures);
  const digest = await publishSnapshot(deps, year, 'announcement', snapshot);
  await writeDocument(deps, `${publicPrefix(year)}announcement`, 'announcement', snapshot);
  if (!cycle.history.some(({ type }) => type === 'announced')) {
    expectDone(await extendCycle(deps, cycle, SYSTEM, { type: 'announced', data: { digest } }));
  }
  return result;
}
