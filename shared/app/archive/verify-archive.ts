/**
 * Verifies a published year from its archive alone: every chain, every score and star, the draw, the statistics, the
 * published files and the manifest are derived again from the signed entries and compared with what the archive says.
 */
import * as z from 'zod';
import type { DrawRecord } from '../../domain/draw-record.ts';
import { readChains } from './chains.ts';
import type { Check } from './check.ts';
import { checkDossiers } from './dossiers.ts';
import { checkDraw, checkVisits } from './draw.ts';
import { checkDuties } from './duties.ts';
import { checkExchanges } from './exchanges.ts';
import { type ArchiveFiles, checkManifest, checkOutputs, readJson } from './files.ts';
import { checkFreezes } from './freezes.ts';

export interface Verification {
  year: number;
  /** In the order in which one builds on the other: the first finding of the first check is where to look. */
  checks: Check[];
}

/** What is known from elsewhere: the digest that was made public, and that of the year before's manifest. */
export interface Known {
  manifest?: string | undefined;
  previousManifest?: string | undefined;
}

const Opened = z.object({
  cycle: z.tuple([z.object({ data: z.object({ year: z.int() }) })], z.unknown()),
});
const StoredDraw = z.custom<DrawRecord>((value) => typeof value === 'object' && value !== null);

export function verifyArchive(files: ArchiveFiles, known: Known = {}): Verification {
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
    checkDuties(chains),
    checkExchanges(chains),
    checkFreezes(chains),
  ];
  const draw = record.success
    ? checkDraw(chains, file, record.data)
    : { title: '抽签', scope: file, findings: [] };
  const whole = { ...draw, findings: [...draw.findings, ...drawn.findings] };
  checks.push(whole);
  if (record.success && whole.findings.length === 0) {
    checks.push(checkVisits(chains, record.data), checkOutputs(files, chains, record.data));
  }
  checks.push(checkManifest(files, chains, known));
  return { year: data.year, checks };
}
