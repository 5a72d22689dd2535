/** A correction's version: what was signed and nothing else was carried out, and everything published follows from it. */
import {
  type AgencyChange,
  type CorrectionRun,
  CorrectionRunAction,
  correctionPreparers,
  correctionRunOf,
} from '../../domain/correction.ts';
import type { Dossier, DossierAction } from '../../domain/dossier.ts';
import { dossierOf } from '../../domain/dossier-of.ts';
import type { DrawRecord } from '../../domain/draw-record.ts';
import { changedSheet } from '../correction.ts';
import { finalDraw } from '../draw-records.ts';
import { keys } from '../records.ts';
import { figuresOf, resultsOf } from '../results.ts';
import { jsonText } from '../snapshots.ts';
import { correctedCircular, correctedOn, correctionNotice } from '../steps/correction.ts';
import {
  type Chains,
  CYCLE_PLACE,
  chainOf,
  dossierPlace,
  entryPlace,
  readChains,
  rewritten,
} from './chains.ts';
import { type Check, compared, type Finding } from './check.ts';
import { type ArchiveFiles, readJson } from './files.ts';
import { CORRECTION_WAYS, wrongGates } from './run-gates.ts';

const RUN_PLACE = '更正记录';

/** What a correction's version is held against. */
export interface Before {
  /** The results that it supersedes, as archived. */
  chains: Chains;
  /** The record of the year's corrections, as archived last. */
  run: readonly CorrectionRunAction[];
  /** The version of those results. */
  supersedes: number;
  draw: DrawRecord;
  /** SHA-256 of each version's manifest. */
  manifests: ReadonlyMap<number, string>;
}

export interface Corrected {
  checks: Check[];
  /** As the records stand after it; undefined when they cannot be read. */
  after?: { chains: Chains; run: CorrectionRun };
}

export function checkCorrection(files: ArchiveFiles, version: number, before: Before): Corrected {
  const { year } = before.chains.cycle;
  const read = readJson(files, 'history.json');
  const { correctionRun, ...history } = (read.value ?? {}) as Record<string, unknown>;
  const { check, chains } = readChains(year, history);
  const own = chainOf(
    RUN_PLACE,
    keys.correctionRun(year),
    Array.isArray(correctionRun) ? correctionRun : [],
    CorrectionRunAction,
  );
  const chained = { ...check, findings: [...check.findings, ...own.findings, ...read.findings] };
  if (!chains || chained.findings.length > 0) return { checks: [chained] };
  if (own.entries[0]?.type !== 'opened') {
    const finding = { place: entryPlace(RUN_PLACE, 1), problem: '更正没有从发起开始' };
    return { checks: [{ ...chained, findings: [finding] }] };
  }
  const run = correctionRunOf(own.entries);
  const findings = [...goesOn(chains, run, before), ...wrongReferences(chains, run, before.manifests)];
  const carried = wrongChanges(chains, run, version, before);
  return {
    checks: [
      { ...chained, findings },
      { title: '更正的拟定、审核和签发', scope: `${run.history.length} 条`, findings: wrongRun(run) },
      {
        title: '更正后的得分和星级',
        scope: `${run.changes.length} 家`,
        findings: carried,
      },
      checkOutputs(files, chains, run, version, before),
    ],
    after: { chains, run },
  };
}

/** No record is rewritten, none is gone, and none is new. */
function goesOn({ cycle, dossiers }: Chains, run: CorrectionRun, before: Before): Finding[] {
  const numbers = (of: readonly Dossier[]) => of.map(({ filingNumber }) => filingNumber);
  return [
    ...rewritten(CYCLE_PLACE, before.chains.cycle.history, cycle.history),
    ...rewritten(RUN_PLACE, before.run, run.history),
    ...compared(
      'history.json',
      '档案与前一版本不是同一批',
      numbers(dossiers),
      numbers(before.chains.dossiers),
    ),
    ...before.chains.dossiers.flatMap(({ filingNumber, history }) => {
      const later = dossiers.find((one) => one.filingNumber === filingNumber)?.history ?? [];
      return rewritten(dossierPlace(filingNumber), history, later);
    }),
  ];
}

/** The manifests that the records name are those that lie there. */
function wrongReferences(
  { cycle }: Chains,
  run: CorrectionRun,
  manifests: ReadonlyMap<number, string>,
): Finding[] {
  const problem = '登记的清单摘要与文件不符';
  const published = cycle.history.find((action) => action.type === 'published');
  const first = entryPlace(CYCLE_PLACE, published?.seq ?? cycle.history.length);
  return [
    ...compared(first, problem, published?.data.manifest, manifests.get(1)),
    ...run.history.flatMap((action) => {
      if (action.type !== 'versionPublished') return [];
      const { version, manifest } = action.data;
      return compared(entryPlace(RUN_PLACE, action.seq), problem, manifest, manifests.get(version));
    }),
  ];
}

/** Drafted by handlers, approved and signed by others, in that order. */
function wrongRun(run: CorrectionRun): Finding[] {
  const placeOf = (seq: number) => entryPlace(RUN_PLACE, seq);
  const drafts = run.history.filter(({ type }) => type === 'opened' || type === 'redrafted');
  const signed = run.gate?.gate === 'signCorrection' && run.gate.decision?.verdict === 'approve';
  return [
    ...drafts
      .filter(({ by }) => by.role !== 'handler')
      .map(({ seq }) => ({ place: placeOf(seq), problem: '更正不是由经办人拟定' })),
    ...wrongGates(run.history, CORRECTION_WAYS, placeOf, (before, gate) =>
      gate === 'approveCorrection' || gate === 'signCorrection'
        ? correctionPreparers(correctionRunOf(before), gate)
        : [],
    ),
    ...(signed ? [] : [{ place: placeOf(run.history.length), problem: '更正未经主任签发' }]),
  ];
}

/** Since the version before, each agency's record says what was signed for it, with the score that follows; else nothing. */
function wrongChanges(
  { cycle, dossiers }: Chains,
  run: CorrectionRun,
  version: number,
  { chains: before, supersedes }: Before,
): Finding[] {
  return dossiers.flatMap(({ filingNumber, history, year }) => {
    const known = before.dossiers.find((one) => one.filingNumber === filingNumber)?.history.length ?? 0;
    const [added, ...more] = history.slice(known);
    const signed = run.changes.find((one) => one.filingNumber === filingNumber);
    const place = (seq: number) => entryPlace(dossierPlace(filingNumber), seq);
    if (!signed)
      return [added ?? [], more].flat().map(({ seq }) => ({ place: place(seq), problem: NOT_SIGNED }));
    if (!added) return [{ place: place(known + 1), problem: '签发的更正没有登记' }];
    const then = dossierOf(year, history.slice(0, known));
    return [
      ...wrongChange(place(added.seq), added, ordered(run, signed, versionIn(added, supersedes, version))),
      ...compared(
        place(added.seq),
        '得分与更正后的事实不符',
        sheetIn(added),
        plain(changedSheet(cycle, then, signed)),
      ),
      ...more.map(({ seq }) => ({ place: place(seq), problem: NOT_SIGNED })),
    ];
  });
}

/** A run before this one may have got as far, under a number that it gave up; then the same was signed again. */
function versionIn({ data }: DossierAction, supersedes: number, version: number): number {
  const said = 'version' in data ? Number(data.version) : version;
  return said > supersedes && said < version ? said : version;
}

const NOT_SIGNED = '不属于所签发的更正';

const sheetIn = ({ data }: DossierAction) => ('sheet' in data ? data.sheet : undefined);

/** The entry that carries out what was signed for an agency, but for its score. */
function ordered(run: CorrectionRun, signed: AgencyChange, version: number) {
  return signed.kind === 'revoke'
    ? { type: 'starRevoked', reason: signed.grounds, data: { version } }
    : { type: 'resultCorrected', reason: run.reason, data: { version, corrections: signed.corrections } };
}

function wrongChange(place: string, { type, reason, data }: DossierAction, order: object): Finding[] {
  const { sheet: _derived, ...told } = data as { sheet?: unknown };
  return compared(place, '登记的更正与签发的不符', plain({ type, reason, data: told }), plain(order));
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Everything of the version, made again from the records. */
function checkOutputs(
  files: ArchiveFiles,
  { cycle, dossiers }: Chains,
  run: CorrectionRun,
  version: number,
  { draw, supersedes }: Before,
): Check {
  const figures = figuresOf(cycle, dossiers);
  const publishedOn = correctedOn(run);
  const derived = {
    'results.json': resultsOf(cycle, figures, finalDraw(cycle, draw)),
    'public/circular.json': correctedCircular(cycle, figures, publishedOn),
    'public/correction.json': correctionNotice(run, version, { supersedes, publishedOn }, dossiers),
  };
  const findings = Object.entries(derived).flatMap(([path, value]) => {
    const read = readJson(files, path);
    if (read.findings.length > 0) return read.findings;
    return compared(path, '与由记录重算的结果不符', read.value, JSON.parse(jsonText(value)));
  });
  return { title: '更正后的统计和公布文件', scope: Object.keys(derived).join('、'), findings };
}
