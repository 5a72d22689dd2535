/**
 * Verifies a published year from its archive alone: every chain, every score and star, the draw, the statistics, the
 * published files and the manifest are derived again from the signed entries and compared with what the archive says. So are
 * later versions, corrections and rectifications, where they lie beside the first.
 */
import * as z from 'zod/mini';
import type { Dossier } from '../../domain/dossier.ts';
import type { DrawRecord } from '../../domain/draw-record.ts';
import { filesNamedIn } from '../evidence.ts';
import { sha256Hex } from '../snapshots.ts';
import { dossierPlace, entryPlace, readChains } from './chains.ts';
import { type Check, compared } from './check.ts';
import { checkDossiers } from './dossiers.ts';
import { checkDraw, checkVisits } from './draw.ts';
import { checkDuties } from './duties.ts';
import { checkExchanges } from './exchanges.ts';
import { type ArchiveFiles, checkManifest, checkOutputs, MANIFEST, readJson } from './files.ts';
import { checkFlags } from './flags.ts';
import { checkFreezes } from './freezes.ts';
import { checkPapers } from './papers.ts';
import { checkUploads } from './uploads.ts';
import { byVersion, checkVersions } from './versions.ts';
import { checkVetoes } from './vetoes.ts';
import { checkJointEntries } from './visits.ts';

export interface Verification {
  year: number;
  /** In the order in which one builds on the other: the first finding of the first check is where to look. */
  checks: Check[];
}

/** What is known from elsewhere: the digest of the newest manifest as made public, and that of the year before's first one. */
export interface Known {
  manifest?: string | undefined;
  previousManifest?: string | undefined;
}

const Opened = z.object({
  cycle: z.tuple([z.object({ data: z.object({ year: z.int() }) })], z.unknown()),
});
const StoredDraw = z.custom<DrawRecord>((value) => typeof value === 'object' && value !== null);

export function verifyArchive(folder: ArchiveFiles, known: Known = {}): Verification {
  const { first: files, later } = byVersion(folder);
  const history = readJson(files, 'history.json');
  const opened = Opened.safeParse(history.value);
  if (!opened.success) {
    const findings =
      history.findings.length > 0 ? history.findings : [{ place: 'history.json', problem: '没有年度记录' }];
    return { year: 0, checks: [{ title: '签名记录链', scope: 'history.json', findings }] };
  }
  const [{ data }] = opened.data.cycle;
  const { check, chains } = readChains(data.year, history.value);
  const chained = { ...check, findings: [...check.findings, ...history.findings] };
  if (!chains) return { year: data.year, checks: [chained] };
  const file = chains.cycle.draw?.record.split('/').at(-1) ?? '';
  const drawn = readJson(files, file);
  const record = StoredDraw.safeParse(drawn.value);
  const checks = [
    chained,
    ...checkDossiers(chains),
    checkFlags(files, chains),
    checkUploads(files, data.year, chains.dossiers.flatMap(namings)),
    checkDuties(chains),
    checkJointEntries(chains),
    checkExchanges(chains),
    checkVetoes(chains),
    checkFreezes(chains),
  ];
  const draw = record.success
    ? checkDraw(chains, file, record.data)
    : { title: '抽签', scope: file, findings: [] };
  const whole = { ...draw, findings: [...draw.findings, ...drawn.findings] };
  checks.push(whole);
  if (record.success && whole.findings.length === 0) {
    checks.push(
      checkVisits(chains, record.data),
      checkOutputs(files, chains, record.data),
      checkPapers(files, chains, record.data),
    );
  }
  const { manifest, previousManifest } = known;
  const newest = later.at(-1);
  checks.push(checkManifest(files, chains, { previousManifest, ...(!newest && { manifest }) }));
  if (record.success) checks.push(...checkVersions(later, { files, chains, draw: record.data }));
  if (newest && manifest !== undefined) checks.push(checkNewest(...newest, manifest));
  return { year: data.year, checks };
}

const namings = ({ filingNumber, history }: Dossier) =>
  history.map((action) => ({
    filingNumber,
    place: entryPlace(dossierPlace(filingNumber), action.seq),
    at: action.at,
    files: filesNamedIn(action),
  }));

/** The newest manifest is the one whose digest was made public: it holds those of all before it. */
function checkNewest(version: number, files: ArchiveFiles, manifest: string): Check {
  const actual = sha256Hex(files.get(MANIFEST) ?? new Uint8Array());
  const findings = compared(`v${version}/${MANIFEST}`, '与给定的清单摘要不符', actual, manifest);
  return { title: '最新版本的清单', scope: `第 ${version} 版`, findings };
}
