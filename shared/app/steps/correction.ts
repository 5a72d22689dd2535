/** A correction's last step: what was signed is carried out, and published as a version that takes the earlier one's place. */
import { chinaDate } from '../../domain/calendar.ts';
import type { AgencyChange, CorrectionRun } from '../../domain/correction.ts';
import type { Cycle } from '../../domain/cycle.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { SYSTEM } from '../../domain/history.ts';
import {
  changedSheet,
  changedSince,
  correctionExecution,
  extendCorrectionRun,
  readCorrectionRun,
} from '../correction.ts';
import { finalDraw, readDraw } from '../draw-records.ts';
import type { Deps } from '../ports.ts';
import { extendDossier, readCycle, readDossier } from '../records.ts';
import { expectDone } from '../refusal.ts';
import { type CycleFigures, circularOf, figuresOf, readDossiers, resultsOf } from '../results.ts';
import { inForceOf, listVersions, publishVersion, reserveVersion } from '../versions.ts';

export async function publishCorrection(deps: Deps, year: number): Promise<void> {
  const run = expectDone(await readCorrectionRun(deps, year));
  if (run.status !== 'open') return;
  const cycle = expectDone(await readCycle(deps, year));
  const version = await reserveVersion(deps, year, correctionExecution(run));
  const earlier = (await listVersions(deps, year)).filter((one) => one.version < version);
  const supersedes = inForceOf(earlier) ?? 1;
  for (const change of run.changes) await carryOut(deps, cycle, change, { version, supersedes }, run.reason);
  const dossiers = await readDossiers(deps, year);
  const figures = figuresOf(cycle, dossiers);
  const publishedOn = correctedOn(run);
  const facts = { kind: 'correction' as const, publishedOn, supersedes };
  const manifest = await publishVersion(deps, year, version, facts, {
    archive: {
      results: resultsOf(cycle, figures, finalDraw(cycle, await readDraw(deps, cycle))),
      history: {
        cycle: cycle.history,
        dossiers: Object.fromEntries(dossiers.map(({ filingNumber, history }) => [filingNumber, history])),
        correctionRun: run.history,
      },
    },
    public: {
      circular: correctedCircular(cycle, figures, publishedOn),
      correction: correctionNotice(run, version, facts, dossiers),
    },
  });
  const next = { type: 'versionPublished' as const, data: { version, manifest } };
  expectDone(await extendCorrectionRun(deps, run, SYSTEM, next));
}

/** The signed text told the earlier figures: it stays with the version that it was signed for. */
export function correctedCircular(cycle: Cycle, figures: CycleFigures, publishedOn: string) {
  return { ...circularOf(cycle, figures), text: null, date: publishedOn };
}

/** The day of a correction is that of its signature. */
export function correctedOn({ history }: CorrectionRun): string {
  return chinaDate(new Date(history.at(-1)?.at ?? ''));
}

/** In the agency's own record, once: a step that is run again, or a run after one that failed half done, finds it done. */
async function carryOut(
  deps: Deps,
  cycle: Cycle,
  change: AgencyChange,
  { version, supersedes }: { version: number; supersedes: number },
  reason: string,
): Promise<void> {
  const dossier = expectDone(await readDossier(deps, cycle.year, change.filingNumber));
  if (changedSince(dossier, supersedes)) return;
  const sheet = changedSheet(cycle, dossier, change);
  const next =
    change.kind === 'revoke'
      ? { type: 'starRevoked' as const, data: { version, sheet }, reason: change.grounds }
      : {
          type: 'resultCorrected' as const,
          data: { version, corrections: change.corrections, sheet },
          reason,
        };
  expectDone(await extendDossier(deps, dossier, SYSTEM, next));
}

/** What the public learns: stars that changed. An agency that had none and has none now is not named. */
export function correctionNotice(
  { year, changes, reason }: CorrectionRun,
  version: number,
  { supersedes, publishedOn }: { supersedes: number; publishedOn: string },
  dossiers: readonly Dossier[],
) {
  const changed = changes.flatMap(({ filingNumber, kind }) => {
    const dossier = dossiers.find((one) => one.filingNumber === filingNumber);
    const before = starsIn(dossier, supersedes);
    const after = dossier?.sheet?.stars ?? 0;
    if (!dossier || before === after) return [];
    const grounds = kind === 'revoke' ? (dossier.revoked ?? null) : null;
    return [{ filingNumber, name: dossier.agency.name, kind, before, after, grounds }];
  });
  return { year, version, supersedes, publishedOn, reason, changes: changed };
}

/** The stars that a version of the results told. */
function starsIn(dossier: Dossier | undefined, version: number): number {
  const told = dossier?.history.flatMap((action) => {
    if (action.type === 'published') return [action.data.stars];
    const later = action.type === 'resultCorrected' || action.type === 'starRevoked';
    return later && action.data.version <= version ? [action.data.sheet.stars] : [];
  });
  return told?.at(-1) ?? 0;
}
