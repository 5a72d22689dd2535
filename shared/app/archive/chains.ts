/** The signed histories of an archived year: read, checked link by link, and what they amount to. */
import * as z from 'zod/mini';
import { type Cycle, CycleAction, cycleOf } from '../../domain/cycle.ts';
import { type Dossier, DossierAction } from '../../domain/dossier.ts';
import { dossierOf } from '../../domain/dossier-of.ts';
import { brokenAt, type Entry } from '../../domain/history.ts';
import type { RecordKey } from '../ports.ts';
import { genesisOf, keys } from '../records.ts';
import type { Check, Finding } from './check.ts';

/** The histories of `history.json`: the cycle's own, and each dossier's by filing number. */
export interface Chains {
  cycle: Cycle;
  dossiers: Dossier[];
}

const Layout = z.strictObject({
  cycle: z.array(z.unknown()),
  dossiers: z.record(z.string(), z.array(z.unknown())),
});

export const HISTORY = 'history.json';

/** Where an entry of a history stands. */
export const entryPlace = (record: string, seq: number) => `${HISTORY}，${record}第 ${seq} 条`;
export const dossierPlace = (filingNumber: string) => `档案 ${filingNumber} `;
export const CYCLE_PLACE = '年度记录';

/** Reads and checks every chain. Without `chains` the archive cannot be verified any further. */
export function readChains(year: number, content: unknown): { check: Check; chains?: Chains } {
  const title = '签名记录链';
  const layout = Layout.safeParse(content);
  if (!layout.success) {
    const findings = [{ place: HISTORY, problem: `结构不符：${fieldOf(layout.error)}` }];
    return { check: { title, scope: HISTORY, findings } };
  }
  const cycle = chainOf(CYCLE_PLACE, keys.cycle(year), layout.data.cycle, CycleAction);
  const dossiers = Object.entries(layout.data.dossiers).map(([filingNumber, entries]) => ({
    filingNumber,
    ...chainOf(dossierPlace(filingNumber), keys.dossier(year, filingNumber), entries, DossierAction),
  }));
  const findings = [cycle, ...dossiers].flatMap((chain) => chain.findings);
  const count = dossiers.reduce((sum, { entries }) => sum + entries.length, 0);
  const scope = `年度 ${cycle.entries.length} 条，档案 ${dossiers.length} 份共 ${count} 条`;
  const check = { title, scope, findings };
  if (findings.length > 0) return { check };
  const chains = {
    cycle: cycleOf(cycle.entries),
    dossiers: dossiers.map(({ entries }) => dossierOf(year, entries)),
  };
  return { check, chains };
}

/** One chain of `history.json`. */
export function chainOf<E extends Entry>(
  place: string,
  key: RecordKey,
  entries: unknown[],
  schema: z.ZodMiniType<E>,
) {
  return chainFindings(entries, key, schema, `${HISTORY}，${place}`, (seq) => entryPlace(place, seq));
}

/** A chain wherever it is archived: the links as they are stored, then what each entry must look like. */
export function chainFindings<E extends Entry>(
  entries: unknown[],
  key: RecordKey,
  schema: z.ZodMiniType<E>,
  place: string,
  at: (seq: number) => string,
) {
  const findings: Finding[] = [];
  const parsed: E[] = [];
  for (const [index, entry] of entries.entries()) {
    const read = schema.safeParse(entry);
    if (read.success) parsed.push(read.data);
    else findings.push({ place: at(index + 1), problem: `内容不符合格式：${fieldOf(read.error)}` });
  }
  if (entries.length === 0) findings.push({ place, problem: '没有任何记录' });
  const broken = findings.length === 0 ? brokenAt(entries as Entry[], genesisOf(key)) : undefined;
  if (broken !== undefined) {
    findings.push({ place: at(broken), problem: '与其摘要或上一条记录不相连，内容被改动过' });
  }
  return { entries: parsed, findings };
}

/** A later version goes on with the records as the earlier one archived them: nothing that stood there is different or gone. */
export function rewritten(place: string, earlier: readonly Entry[], later: readonly Entry[]): Finding[] {
  const differs = earlier.find(({ hash }, index) => later[index]?.hash !== hash);
  if (!differs) return [];
  return [{ place: entryPlace(place, differs.seq), problem: '与前一版本归档的记录不符' }];
}

export function fieldOf(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join('.') || '（整体）'}：${issue.message}` : '';
}
