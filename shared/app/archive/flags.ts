/** Flags of the desk review, raised again from what was compared: the form, the platform's figures, the other agencies' files. */
import * as z from 'zod/mini';
import type { Cycle } from '../../domain/cycle.ts';
import { raiseFlags } from '../../domain/desk-review.ts';
import type { Dossier } from '../../domain/dossier.ts';
import type { Flag } from '../../domain/flag.ts';
import { digestOf } from '../../domain/history.ts';
import { PlatformFigures } from '../../domain/platform.ts';
import { scoreAgency } from '../../domain/score.ts';
import { selfScoringInput } from '../../domain/self-score.ts';
import { periodOf } from '../../domain/settings.ts';
import { filesOf } from '../evidence.ts';
import { platformName } from '../platform-figures.ts';
import { type Chains, CYCLE_PLACE, entryPlace } from './chains.ts';
import { type Check, compared, type Finding } from './check.ts';
import { stepsOf } from './dossiers.ts';
import { type ArchiveFiles, readJson } from './files.ts';

/** Two requests at once do not see all of each other: what is so much younger than a comparison may be missing from it. */
const AT_ONCE_MS = 60_000;

/** One import of the platform's export, as archived. */
interface Import {
  at: string;
  figures: ReadonlyMap<string, PlatformFigures>;
}

export function checkFlags(files: ArchiveFiles, { cycle, dossiers }: Chains): Check {
  const { imports, findings } = readImports(files, cycle);
  let count = 0;
  for (const dossier of dossiers) {
    for (const { before, action, place } of stepsOf(dossier)) {
      if (!before?.submission) continue;
      if (action.type === 'flagged') {
        count++;
        const { flags, platform, upheldComplaints } = action.data;
        findings.push(
          ...wrongFigures(imports, before.filingNumber, action.at, platform, place),
          ...wrongFlags(cycle, dossiers, { ...before, platform, upheldComplaints }, flags, action.at, place),
        );
      }
      // Closing a review compares once more: what stands then is all that there is to warn of.
      if (action.type === 'deskReviewed') {
        findings.push(
          ...wrongFigures(imports, before.filingNumber, action.at, before.platform, place),
          ...wrongFlags(cycle, dossiers, before, before.flags, action.at, place),
        );
      }
    }
  }
  return { title: '异常预警', scope: `比对 ${count} 次，平台数据 ${imports.length} 份`, findings };
}

function readImports(files: ArchiveFiles, { history }: Cycle): { imports: Import[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const imports = history.flatMap((action): Import[] => {
    if (action.type !== 'platformFiguresImported') return [];
    const { digest, agencies } = action.data;
    const path = platformName(digest);
    const read = readJson(files, path);
    const figures = z.array(PlatformFigures).safeParse(read.value);
    findings.push(...read.findings);
    if (!figures.success) {
      if (read.findings.length === 0) findings.push({ place: path, problem: '结构不符' });
      return [];
    }
    const recorded = { digest, agencies };
    const derived = { digest: digestOf(figures.data), agencies: figures.data.length };
    const place = entryPlace(CYCLE_PLACE, action.seq);
    const wrong = compared(place, `登记的摘要与 ${path} 不符`, recorded, derived);
    findings.push(...wrong.map((one) => ({ ...one, place: `${path}（${place}）` })));
    return [{ at: action.at, figures: new Map(figures.data.map((row) => [row.filingNumber, row])) }];
  });
  return { imports, findings };
}

/** The last figures of an agency count; those that were just being imported may have come too late. */
function wrongFigures(
  imports: readonly Import[],
  filingNumber: string,
  at: string,
  recorded: PlatformFigures | undefined,
  place: string,
): Finding[] {
  const known = imports.filter((one) => one.at <= at && one.figures.has(filingNumber));
  const settled = known.filter((one) => isBefore(one.at, at));
  const possible = [known.at(-1), settled.at(-1)].map((one) => one?.figures.get(filingNumber));
  const findings = possible.map((derived) => compared(place, '平台数据与导入的不符', recorded, derived));
  return findings.find((one) => one.length === 0) ?? findings[0] ?? [];
}

const isBefore = (at: string, later: string) => Date.parse(later) - Date.parse(at) > AT_ONCE_MS;

function wrongFlags(
  { year, rubric, settings }: Cycle,
  dossiers: readonly Dossier[],
  { filingNumber, submission, platform, upheldComplaints = 0 }: Dossier,
  recorded: readonly Flag[],
  at: string,
  place: string,
): Finding[] {
  if (!submission) return [];
  const { answers } = submission;
  const derived = raiseFlags({
    rubric,
    answers,
    platform,
    tolerancePercent: settings.figureTolerancePercent,
    selfScore: scoreAgency(selfScoringInput(rubric, settings, answers)),
    sharedEvidence: sharedBy(dossiers, filingNumber, filesOf(answers), recorded, at),
    upheldComplaints,
    period: periodOf(settings, year),
  });
  return compared(place, '异常预警与比对结果不符', recorded, JSON.parse(JSON.stringify(derived)));
}

/** Which other agencies had filed the same bytes by then. */
function sharedBy(
  dossiers: readonly Dossier[],
  own: string,
  files: readonly { sha256: string }[],
  recorded: readonly Flag[],
  at: string,
): Map<string, string[]> {
  const named = recorded.flatMap(({ figures = [] }) =>
    figures.flatMap(({ source, value }) => (source === 'otherAgencies' ? String(value).split('、') : [])),
  );
  const shared = new Map<string, string[]>();
  for (const sha256 of new Set(files.map((file) => file.sha256))) {
    const others = dossiers.flatMap(({ filingNumber, history }) => {
      const filed = history.find(
        (action) =>
          action.type === 'submitted' && filesOf(action.data.answers).some((file) => file.sha256 === sha256),
      );
      if (!filed || filed.at > at || filingNumber === own) return [];
      return isBefore(filed.at, at) || named.includes(filingNumber) ? [filingNumber] : [];
    });
    if (others.length > 0) shared.set(sha256, others.sort());
  }
  return shared;
}
