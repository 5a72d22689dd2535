/** Scoring, and announcing what the scores come to. */
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
import { announcementSnapshot, figuresOf, listDigest, readDossiers } from '../results.ts';
import { announcementName, publicPrefix, publishSnapshot } from '../snapshots.ts';
import { writeDocument } from '../write-documents.ts';
import { type BatchInput, type BatchResult, overDossiers, overEveryDossier } from './batch.ts';

/** Actions whose authors do not approve the scores that come of them. */
const SCORED_WORK: readonly DossierActionType[] = [
  'flagsTreated',
  'deskReviewed',
  'findingRecorded',
  'jointEntryDrafted',
  'jointEntryConfirmed',
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

/** Marks the next batch as announced; the last batch publishes the announcement. */
export async function announce(deps: Deps, input: BatchInput): Promise<BatchResult> {
  const result = await overEveryDossier(deps, input, 'announce', async (dossier) =>
    dossier.status === 'heard'
      ? extendDossier(deps, dossier, SYSTEM, { type: 'announced', data: {} })
      : undefined,
  );
  if (result.cursor === null) await publishAnnouncement(deps, input.year);
  return result;
}

/**
 * Publishes the list of proposed stars, and again, under a name of its own, when objections or vetoes have changed it since.
 * What was published stays; each revision says which one it supersedes.
 */
export async function publishAnnouncement(deps: Deps, year: number): Promise<void> {
  const cycle = expectDone(await readCycle(deps, year));
  const figures = figuresOf(cycle, await readDossiers(deps, year));
  const announced = cycle.history.filter((action) => action.type === 'announced');
  const list = listDigest(cycle, figures);
  if (announced.at(-1)?.data.list === list) return;
  const snapshot = announcementSnapshot(cycle, figures, announced);
  const revision = announced.length > 0 ? announced.length + 1 : undefined;
  const name = announcementName(revision);
  const digest = await publishSnapshot(deps, year, name, snapshot);
  await writeDocument(deps, publicPrefix(year) + name, 'announcement', snapshot);
  const data = { digest, list, ...(revision && { revision }) };
  expectDone(await extendCycle(deps, cycle, SYSTEM, { type: 'announced', data }));
}
