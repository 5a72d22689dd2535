/** Raising flags 异常预警 on what an agency filed, and what a handler decides about them. */
import * as z from 'zod/mini';
import type { Cycle } from '../domain/cycle.ts';
import { raiseFlags } from '../domain/desk-review.ts';
import type { Dossier } from '../domain/dossier.ts';
import { type Answers, factsProblems } from '../domain/facts.ts';
import { concerns, type Flag, FlagTreatment, flagId } from '../domain/flag.ts';
import { type Actor, canonicalJson, SYSTEM } from '../domain/history.ts';
import { PlatformFigures } from '../domain/platform.ts';
import { scoreAgency } from '../domain/score.ts';
import { selfScoringInput } from '../domain/self-score.ts';
import { periodOf } from '../domain/settings.ts';
import { upheldComplaintsIn } from './complaints/complaint-records.ts';
import { filesOf } from './evidence.ts';
import type { Deps } from './ports.ts';
import { extendDossier, keys, readCycle, readDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';

/** Compares a submission with the platform's figures and the other agencies' files; writes only when anything is new. */
export async function raiseDossierFlags(
  deps: Deps,
  { year, rubric, settings }: Cycle,
  dossier: Dossier,
): Promise<Dossier | Refusal> {
  const { submission, filingNumber, flags: before, platform: known, upheldComplaints: counted } = dossier;
  if (dossier.status !== 'submitted' || !submission) return dossier;
  const platform = await deps.items.get(keys.platform(year, filingNumber), PlatformFigures);
  const upheldComplaints = (await upheldComplaintsIn(deps, dossier)).length;
  const flags = raiseFlags({
    rubric,
    answers: submission.answers,
    platform,
    tolerancePercent: settings.figureTolerancePercent,
    selfScore: scoreAgency(selfScoringInput(rubric, settings, submission.answers)),
    sharedEvidence: await sharedEvidence(deps, dossier, submission.answers),
    upheldComplaints,
    period: periodOf(settings, year),
  });
  const compared = {
    flags,
    ...(platform && { platform }),
    ...(upheldComplaints > 0 && { upheldComplaints }),
  };
  const stands = {
    flags: before,
    ...(known && { platform: known }),
    ...(counted && { upheldComplaints: counted }),
  };
  if (canonicalJson(compared) === canonicalJson(stands)) return dossier;
  return extendDossier(deps, dossier, SYSTEM, { type: 'flagged', data: compared });
}

/** Which other agencies of the year have filed a file with the same digest. */
async function sharedEvidence({ items }: Deps, { year, filingNumber }: Dossier, answers: Answers) {
  const shared = new Map<string, string[]>();
  for (const digest of new Set(filesOf(answers).map(({ sha256 }) => sha256))) {
    const owners = await items.page(keys.sharedFile(year, digest), z.unknown(), null, 100);
    const others = owners.records.map(({ sk }) => sk).filter((owner) => owner !== filingNumber);
    if (others.length > 0) shared.set(digest, others);
  }
  return shared;
}

/** Files by digest, so that the same bytes at two agencies are noticed. */
export async function rememberFiles(deps: Deps, { year, filingNumber }: Dossier, answers: Answers) {
  for (const digest of new Set(filesOf(answers).map(({ sha256 }) => sha256))) {
    await deps.items.put({ pk: keys.sharedFile(year, digest), sk: filingNumber }, {});
  }
}

export const TreatFlags = z.extend(FlagTreatment, {
  reason: z.string().check(z.minLength(1, '请写明理由'), z.maxLength(5000)),
});
export type TreatFlags = z.infer<typeof TreatFlags>;

/** A handler accepts what was flagged, or corrects the facts that it is about. The last decision about a flag counts. */
export async function treatFlags(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { reason, ...data }: TreatFlags,
): Promise<Dossier | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  const raised = new Map(dossier.flags.map((flag) => [flagId(flag), flag]));
  if (data.flags.some((id) => !raised.has(id))) return refuse('flagGone');
  const misfit = misfitOf(
    cycle,
    data,
    data.flags.flatMap((id) => raised.get(id) ?? []),
  );
  return misfit ?? extendDossier(deps, dossier, by, { type: 'flagsTreated', data, reason });
}

/** Why these corrections do not answer these flags. */
function misfitOf({ rubric }: Cycle, { treatment, corrections }: FlagTreatment, flags: Flag[]) {
  if (treatment === 'accepted') {
    return corrections.length > 0 ? refuse('factsInvalid', { detail: '采信填报的不更正数据' }) : undefined;
  }
  const corrected = Object.fromEntries(corrections.map(({ item, facts }) => [item, { facts }]));
  const [problem] = factsProblems(rubric, { items: corrected, bonus: {} });
  if (problem) return refuse('factsInvalid', { detail: `${problem.item} ${problem.message}` });
  const open = flags.find((flag) => !corrections.some((correction) => concerns(flag, correction)));
  if (open) return refuse('factsInvalid', { detail: `${open.item ?? '该预警'} 没有更正后的数据` });
  const stray = corrections.find((correction) => !flags.some((flag) => concerns(flag, correction)));
  return stray && refuse('factsInvalid', { detail: `所列预警没有涉及 ${stray.item}` });
}
