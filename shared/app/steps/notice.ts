/** The notice 评估通知: drafted with the committed seed of the draw, published when approved. */

import { bytesToHex } from '@noble/hashes/utils.js';
import * as z from 'zod/mini';
import { approvedOn, type Cycle } from '../../domain/cycle.ts';
import { commitmentOf } from '../../domain/draw.ts';
import { canonicalJson, SYSTEM } from '../../domain/history.ts';
import { Sha256 } from '../../domain/schemas.ts';
import type { Deps } from '../ports.ts';
import { allOf, dossierKind, extendCycle, keys, readCycle } from '../records.ts';
import { expectDone } from '../refusal.ts';
import { publicPrefix, publishSnapshot } from '../snapshots.ts';
import { writeDocument } from '../write-documents.ts';
import { referenceMonth } from './admit-agencies.ts';

export const Seed = z.strictObject({ seed: Sha256 });

/** The secret seed of a year's draw: made once, shown to nobody before the plan is published. */
export async function readSeed(deps: Deps, year: number): Promise<string> {
  const key = keys.seed(year);
  const fresh = { seed: bytesToHex(deps.randomBytes(32)) };
  await deps.items.put(key, fresh, { ifAbsent: true });
  return (await deps.items.get(key, Seed))?.seed ?? fresh.seed;
}

export async function draftNotice(deps: Deps, year: number): Promise<void> {
  const cycle = expectDone(await readCycle(deps, year));
  let [eligible, leftOut] = [0, 0];
  for await (const { status } of allOf(deps, dossierKind, keys.dossiers(year))) {
    if (status === 'leftOut') leftOut++;
    else eligible++;
  }
  const commitment = commitmentOf(await readSeed(deps, year));
  const notice = { commitment, referenceMonth: referenceMonth(cycle), eligible, leftOut };
  if (cycle.notice && canonicalJson(cycle.notice) === canonicalJson(notice)) return;
  expectDone(await extendCycle(deps, cycle, SYSTEM, { type: 'noticeDrafted', data: notice }));
}

export async function publishNotice(deps: Deps, year: number): Promise<void> {
  const cycle = expectDone(await readCycle(deps, year));
  const snapshot = noticeSnapshot(cycle);
  const digest = await publishSnapshot(deps, year, 'notice', snapshot);
  await writeDocument(deps, `${publicPrefix(year)}notice`, 'notice', snapshot);
  if (cycle.history.some(({ type }) => type === 'noticePublished')) return;
  expectDone(await extendCycle(deps, cycle, SYSTEM, { type: 'noticePublished', data: { digest } }));
}

/** The public data of the notice. */
export function noticeSnapshot(cycle: Cycle) {
  const { year, settings, rubric, notice } = cycle;
  return {
    year,
    number: settings.documents.notice ?? null,
    centre: settings.centre,
    city: settings.city,
    recipients: settings.recipients,
    date: approvedOn(cycle, 'approveNotice'),
    contact: settings.contact,
    ...notice,
    exclusions: settings.exclusions,
    selfEvaluationWorkingDays: settings.selfEvaluationWorkingDays,
    sampling: settings.sampling,
    inspectorsPerVisit: settings.inspectorsPerVisit,
    announcementWorkingDays: settings.announcementWorkingDays,
    objectionDecisionDays: settings.objectionDecisionDays,
    rectificationMonths: settings.rectificationMonths,
    rubric,
    sampleData: settings.sampleData,
  };
}
