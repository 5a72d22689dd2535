/** Versions of a year beside its first publication: chained by their manifests, each checked as what it says it is. */

import type { CorrectionRunAction } from '../../domain/correction.ts';
import type { DrawRecord } from '../../domain/draw-record.ts';
import { canonicalJson } from '../../domain/history.ts';
import { manifestText, sha256Hex } from '../snapshots.ts';
import { correctedOn } from '../steps/correction.ts';
import { rectifiedOn } from '../steps/rectification.ts';
import { Manifest, VERSION_KINDS } from '../versions.ts';
import type { Chains } from './chains.ts';
import { type Check, compared, type Finding } from './check.ts';
import { checkCorrection } from './corrections.ts';
import { type ArchiveFiles, MANIFEST, readJson } from './files.ts';
import { checkRectification, type Rectified } from './rectifications.ts';

const IN_A_VERSION = /^v(\d+)\/(.+)$/;

/** The files of the first publication, and those of each later version by its number, ascending. */
export function byVersion(files: ArchiveFiles) {
  const first = new Map<string, Uint8Array>();
  const later = new Map<number, Map<string, Uint8Array>>();
  for (const [path, bytes] of files) {
    const [, number, name] = IN_A_VERSION.exec(path) ?? [];
    if (number === undefined || name === undefined) {
      first.set(path, bytes);
      continue;
    }
    const version = Number(number);
    later.set(version, (later.get(version) ?? new Map<string, Uint8Array>()).set(name, bytes));
  }
  return { first, later: [...later].sort(([a], [b]) => a - b) };
}

/** What one version adds to what is known when the next is read. */
interface Sofar {
  chains: Chains;
  correctionRun: readonly CorrectionRunAction[];
  rectified: Rectified | undefined;
  supersedes: number;
}

/** Checks later versions in the order in which they were published; every place begins with the version's folder. */
export function checkVersions(
  later: readonly (readonly [number, ArchiveFiles])[],
  first: { files: ArchiveFiles; chains: Chains; draw: DrawRecord },
): Check[] {
  const manifests = new Map<number, string>();
  for (const [version, files] of [[1, first.files] as const, ...later]) {
    manifests.set(version, sha256Hex(files.get(MANIFEST) ?? new Uint8Array()));
  }
  let sofar: Sofar = { chains: first.chains, correctionRun: [], rectified: undefined, supersedes: 1 };
  return later.flatMap(([version, files], index) => {
    const { value, findings } = readJson(files, MANIFEST);
    const manifest = Manifest.safeParse(value);
    const kind = manifest.data?.kind;
    const name = `第 ${version} 版${kind ? `（${VERSION_KINDS[kind]}）` : ''}`;
    const [before] = later[index - 1] ?? [1];
    const previous = manifests.get(before);
    // A number may have been given up. Then the manifest goes on from the one before: whatever was taken away does not.
    const gap: Finding[] =
      version > before + 1 && manifest.data?.previousManifest !== previous
        ? [{ place: MANIFEST, problem: `前面缺少第 ${before + 1} 版` }]
        : [];
    const { checks, derived } = checkOne(version, files, kind);
    const wrong = manifest.success ? wrongManifest(version, previous, files, manifest.data, derived) : [];
    const all = [
      ...checks,
      { title: '清单', scope: `${files.size} 个文件`, findings: [...gap, ...findings, ...wrong] },
    ];
    return all.map((check) => ({
      ...check,
      title: `${name}：${check.title}`,
      findings: check.findings.map((one) => ({ ...one, place: `v${version}/${one.place}` })),
    }));
  });

  function checkOne(version: number, files: ArchiveFiles, kind: string | undefined) {
    const { supersedes } = sofar;
    if (kind === 'correction') {
      const before = { ...sofar, run: sofar.correctionRun, draw: first.draw, manifests };
      const { checks, after } = checkCorrection(files, version, before);
      if (!after) return { checks, derived: undefined };
      sofar = { ...sofar, chains: after.chains, correctionRun: after.run.history, supersedes: version };
      return { checks, derived: { kind, publishedOn: correctedOn(after.run), supersedes } };
    }
    if (kind === 'rectification') {
      const { chains, rectified: before } = sofar;
      const { checks, after } = checkRectification(files, { chains, before, manifests });
      if (!after) return { checks, derived: undefined };
      sofar = { ...sofar, rectified: after };
      return { checks, derived: { kind, publishedOn: rectifiedOn(after.run, after.records) } };
    }
    const findings = [{ place: MANIFEST, problem: '不是更正，也不是整改' }];
    return { checks: [{ title: '版本', scope: MANIFEST, findings }], derived: undefined };
  }

  function wrongManifest(
    version: number,
    previous: string | undefined,
    files: ArchiveFiles,
    { files: listed, previousManifest }: Manifest,
    derived: { kind: string; publishedOn: string; supersedes?: number } | undefined,
  ): Finding[] {
    const contents = [...files]
      .filter(([path]) => path !== MANIFEST)
      .map(([path, bytes]) => ({ path, sha256: sha256Hex(bytes), size: bytes.length }));
    const unlisted = contents.find(({ path }) => !listed.some((one) => one.path === path));
    const unlike = listed.find((one) => !contents.some((own) => canonicalJson(own) === canonicalJson(one)));
    const again =
      derived && previous !== undefined
        ? manifestText(first.chains.cycle.year, previous, contents, { version, ...derived })
        : undefined;
    const recorded = readJson(files, MANIFEST).value;
    return [
      ...compared(MANIFEST, '与前一版本清单的摘要不符', previousManifest, previous),
      ...(unlisted ? [{ place: unlisted.path, problem: '清单没有列出此文件' }] : []),
      ...(again ? compared(MANIFEST, '与由文件重新生成的清单不符', recorded, JSON.parse(again)) : []),
      ...(unlike ? [{ place: unlike.path, problem: '文件与清单记载不符，或者不存在' }] : []),
    ];
  }
}
