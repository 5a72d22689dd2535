/** What was published and archived as files, made again from the records, byte for byte; and the manifest over all of them. */
import * as z from 'zod/mini';
import type { Dossier } from '../../domain/dossier.ts';
import { dossierOf } from '../../domain/dossier-of.ts';
import { type DrawRecord, publicDraw } from '../../domain/draw-record.ts';
import { finalDraw } from '../draw-records.ts';
import { announcementSnapshot, circularOf, figuresDigest, figuresOf, resultsOf } from '../results.ts';
import {
  ARCHIVE_MANIFEST,
  announcementName,
  jsonText,
  type ManifestFile,
  manifestsOf,
  sha256Hex,
} from '../snapshots.ts';
import { noticeSnapshot } from '../steps/notice.ts';
import { type Chains, CYCLE_PLACE, entryPlace } from './chains.ts';
import { type Check, compared, type Finding } from './check.ts';

/** Files of a year by their path in its folder. */
export type ArchiveFiles = ReadonlyMap<string, Uint8Array>;

export const MANIFEST = 'manifest.json';

/** A file's JSON, or what is wrong with it. Its layout counts too: these files are written by the system alone. */
export function readJson(files: ArchiveFiles, path: string): { value: unknown; findings: Finding[] } {
  const bytes = files.get(path);
  if (!bytes) return { value: undefined, findings: [{ place: path, problem: '文件不存在' }] };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    const findings =
      jsonText(value) === text ? [] : [{ place: path, problem: '排版被改动过，不是系统写出的原文' }];
    return { value, findings };
  } catch (error) {
    const problem = `不是有效的 JSON：${error instanceof Error ? error.message : String(error)}`;
    return { value: undefined, findings: [{ place: path, problem }] };
  }
}

/** Each derived file against what the records give: the announcement as of its own day, all else as of the end. */
export function checkOutputs(files: ArchiveFiles, { cycle, dossiers }: Chains, record: DrawRecord): Check {
  const figures = figuresOf(cycle, dossiers);
  const final = finalDraw(cycle, record);
  const derived: Record<string, unknown> = {
    'public/notice.json': noticeSnapshot(cycle),
    'public/draw.json': publicDraw(record),
    'public/draw-final.json': publicDraw(final),
    'draw.json': final,
    ...Object.fromEntries(
      announcements(cycle, dossiers).map(([name, snapshot]) => [`public/${name}.json`, snapshot]),
    ),
    'public/circular.json': circularOf(cycle, figures),
    'results.json': resultsOf(cycle, figures, final),
  };
  const findings = Object.entries(derived).flatMap(([path, value]) => {
    const read = readJson(files, path);
    if (read.findings.length > 0) return read.findings;
    return compared(path, '与由记录重算的结果不符', read.value, JSON.parse(jsonText(value)));
  });
  findings.push(...wrongDigests(files, cycle.history, figuresDigest(cycle, figures)));
  return { title: '统计和公布文件', scope: Object.keys(derived).join('、'), findings };
}

/** A dossier as it stood when it was announced, or later on when a revision was published. */
function announcedState({ year, history }: Dossier, revisedAt: string | undefined): Dossier {
  const announced = history.findIndex(({ type }) => type === 'announced');
  const last = revisedAt ? history.findLastIndex(({ at }) => at <= revisedAt) : announced;
  return dossierOf(year, history.slice(0, Math.max(announced, last) + 1 || history.length));
}

/** Each announcement as the records stood when it was published. */
export function announcements(cycle: Chains['cycle'], dossiers: Chains['dossiers']) {
  const announced = cycle.history.filter((action) => action.type === 'announced');
  return announced.map(({ at, data }, index) => {
    const then = dossiers.map((dossier) =>
      announcedState(dossier, data.revision === undefined ? undefined : at),
    );
    const snapshot = announcementSnapshot(cycle, figuresOf(cycle, then), announced.slice(0, index));
    return [announcementName(data.revision), snapshot] as const;
  });
}

/** The digests that the cycle's own entries hold of what was published. */
function wrongDigests(files: ArchiveFiles, history: Chains['cycle']['history'], circular: string): Finding[] {
  const published = { noticePublished: 'notice', planPublished: 'draw' } as const;
  return history.flatMap((action) => {
    const { type, seq } = action;
    const problem = '登记的摘要与文件不符';
    if (type === 'noticePublished' || type === 'planPublished' || type === 'announced') {
      const name = type === 'announced' ? announcementName(action.data.revision) : published[type];
      const bytes = files.get(`public/${name}.json`);
      return compared(entryPlace(CYCLE_PLACE, seq), problem, action.data.digest, bytes && sha256Hex(bytes));
    }
    const last = history.findLast((one) => one.type === 'circularDrafted');
    if (type !== 'circularDrafted' || action !== last) return [];
    return compared(
      entryPlace(CYCLE_PLACE, seq),
      '通报数据的摘要与由记录重算的结果不符',
      action.data.digest,
      circular,
    );
  });
}

const FileList = z.looseObject({
  files: z.array(z.object({ path: z.string(), sha256: z.string(), size: z.int() })),
});

/** The manifests list every file and nothing else, each with the digest of its bytes. */
export function checkManifest(
  files: ArchiveFiles,
  { cycle }: Chains,
  known: { manifest?: string | undefined; previousManifest?: string | undefined },
): Check {
  const [open, archive] = [listIn(files, MANIFEST), listIn(files, ARCHIVE_MANIFEST)];
  const listed = new Map([...open.files, ...archive.files].map((file) => [file.path, file]));
  const findings = [...open.findings, ...archive.findings, ...wrongFiles(files, listed)];
  const { previousManifest } = cycle;
  const contents = [...files]
    .filter(([path]) => path !== MANIFEST)
    .map(([path, bytes]) => ({ path, sha256: sha256Hex(bytes), size: bytes.length }));
  const again = manifestsOf(cycle.year, previousManifest, contents);
  const problem = '与由文件重新生成的清单不符';
  findings.push(...compared(ARCHIVE_MANIFEST, problem, archive.value, JSON.parse(again.archive)));
  findings.push(...compared(MANIFEST, problem, open.value, JSON.parse(again.manifest)));
  if (known.previousManifest !== undefined) {
    findings.push(
      ...compared(MANIFEST, '与上一年度清单的摘要不符', previousManifest, known.previousManifest),
    );
  }
  if (known.manifest !== undefined) {
    const bytes = files.get(MANIFEST) ?? new Uint8Array();
    findings.push(...compared(MANIFEST, '与给定的清单摘要不符', sha256Hex(bytes), known.manifest));
  }
  return { title: '清单', scope: `${listed.size} 个文件`, findings };
}

function listIn(files: ArchiveFiles, path: string) {
  const { value, findings } = readJson(files, path);
  const list = FileList.safeParse(value);
  if (list.success) return { value, findings, files: list.data.files };
  return {
    value,
    findings: findings.length > 0 ? findings : [{ place: path, problem: '结构不符' }],
    files: [],
  };
}

/** Files that are not what is listed, are missing, or are not listed. */
function wrongFiles(files: ArchiveFiles, listed: ReadonlyMap<string, ManifestFile>): Finding[] {
  const unlisted = [...files.keys()].filter((path) => path !== MANIFEST && !listed.has(path));
  return [
    ...[...listed.values()].flatMap(({ path, sha256, size }) => {
      const bytes = files.get(path);
      if (!bytes) return [{ place: path, problem: '清单列有此文件，但文件不存在' }];
      const actual = { sha256: sha256Hex(bytes), size: bytes.length };
      return compared(path, '文件与清单记载不符', { sha256, size }, actual);
    }),
    ...unlisted.map((place) => ({ place, problem: '清单没有列出此文件' })),
  ];
}
