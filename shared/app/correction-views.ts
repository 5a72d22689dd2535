/** Corrections as staff see them: the draft, and what it changes of agencies and of the year's figures. */
import * as z from 'zod/mini';
import { AgencyChange, type CorrectionRun } from '../domain/correction.ts';
import type { Cycle } from '../domain/cycle.ts';
import type { Dossier } from '../domain/dossier.ts';
import { afterChange, dossierOf } from '../domain/dossier-of.ts';
import { waitingGate } from '../domain/run.ts';
import type { ScoreSheet } from '../domain/score.ts';
import { changedSheet, changedSince, draftProblem, resultVersions } from './correction.ts';
import type { Deps } from './ports.ts';
import { readCycle } from './records.ts';
import { Refusal } from './refusal.ts';
import { type CycleFigures, figuresOf, readDossiers } from './results.ts';

export const CorrectionPreview = z.strictObject({
  changes: z.array(AgencyChange).check(z.minLength(1, '请写明更正或撤销的机构'), z.maxLength(200)),
});

/** What changes would come to, without writing anything. Refused where they cannot be carried out. */
export async function previewCorrection(deps: Deps, year: number, changes: readonly AgencyChange[]) {
  const unfit = await draftProblem(deps, year, changes);
  if (unfit) return unfit;
  const cycle = await readCycle(deps, year);
  return cycle instanceof Refusal ? cycle : effectOf(cycle, await readDossiers(deps, year), changes);
}

/** The run with what its draft changes; once that is published, with what it has changed. */
export async function viewCorrection(deps: Deps, run: CorrectionRun) {
  const cycle = await readCycle(deps, run.year);
  if (cycle instanceof Refusal) return cycle;
  const { history, gate, ...rest } = run;
  const before = resultVersions(history)[run.status === 'published' ? 1 : 0] ?? 1;
  const dossiers = (await readDossiers(deps, run.year)).map((one) => asIn(one, before));
  return { ...rest, gate: waitingGate(run) ?? null, ...effectOf(cycle, dossiers, run.changes), history };
}

/** A dossier as a version of the results told it. */
function asIn(dossier: Dossier, version: number): Dossier {
  const changed = changedSince(dossier, version);
  return changed ? dossierOf(dossier.year, dossier.history.slice(0, changed.seq - 1)) : dossier;
}

function effectOf(cycle: Cycle, dossiers: readonly Dossier[], changes: readonly AgencyChange[]) {
  const changed = dossiers.map((dossier) => changedDossier(cycle, dossier, changes));
  const outcomes = changes.flatMap(({ filingNumber }) => {
    const before = dossiers.find((one) => one.filingNumber === filingNumber);
    const after = changed.find((one) => one.filingNumber === filingNumber)?.sheet;
    if (!before || !after) return [];
    const { name } = before.agency;
    return [{ filingNumber, name, before: before.sheet ? brief(before.sheet) : null, after: brief(after) }];
  });
  const figures = { before: told(figuresOf(cycle, dossiers)), after: told(figuresOf(cycle, changed)) };
  return { outcomes, figures };
}

function changedDossier(cycle: Cycle, dossier: Dossier, changes: readonly AgencyChange[]): Dossier {
  const change = changes.find(({ filingNumber }) => filingNumber === dossier.filingNumber);
  if (!change || !dossier.sheet) return dossier;
  const sheet = changedSheet(cycle, dossier, change);
  return change.kind === 'revoke'
    ? { ...dossier, sheet, revoked: change.grounds }
    : { ...afterChange(dossier, change.corrections), sheet };
}

const brief = ({ total, stars, result }: ScoreSheet) => ({ total, stars, result });

function told({ statistics: { bands, averageExecutionRate } }: CycleFigures) {
  return {
    bands: bands.map(({ stars, name, count, percent }) => ({ stars, name, count, percent })),
    averageExecutionRate,
  };
}
