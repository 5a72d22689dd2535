/** `npm run verify-archive -- out/2021 [--manifest SHA256]` */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import type { Check, Finding } from '../../../shared/app/archive/check.ts';
import { verifyArchive } from '../../../shared/app/archive/verify-archive.ts';
import { sha256Hex } from '../../../shared/app/snapshots.ts';
import { complain, EXIT, say } from './terminal.ts';

const USAGE = `用法：npm run verify-archive -- 年度文件夹 [--manifest 清单摘要]
  年度文件夹  例如 out/2021；只读取其中的文件，不修改
  --manifest  已公布的最新版本清单的 SHA-256，给出时一并核对`;

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { manifest: { type: 'string' } },
    });
    const [folder, ...rest] = positionals;
    return folder && rest.length === 0 ? { folder, manifest: values.manifest } : undefined;
  } catch {
    return undefined;
  }
}

async function readFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Uint8Array>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const location = join(entry.parentPath, entry.name);
    files.set(relative(folder, location).split(sep).join('/'), new Uint8Array(await readFile(location)));
  }
  return files;
}

/** The year before's folder beside this one, where there is one. */
async function previousManifestOf(folder: string): Promise<string | undefined> {
  const beside = join(dirname(folder), String(Number(basename(folder)) - 1), 'manifest.json');
  return readFile(beside).then(sha256Hex, () => undefined);
}

/** That of the last version: each holds the digest of the one before. */
function newestManifest(files: ReadonlyMap<string, Uint8Array>): string {
  const versions = [...files.keys()].flatMap((path) => /^v(\d+)\/manifest\.json$/.exec(path)?.[1] ?? []);
  return versions.length === 0 ? 'manifest.json' : `v${Math.max(...versions.map(Number))}/manifest.json`;
}

function printCheck({ title, scope, findings }: Check): void {
  say(`${findings.length === 0 ? '✓' : '✗'} ${title}（${scope}）`);
}

function printFinding({ place, problem, recorded, derived }: Finding): void {
  complain(`  位置：${place}`);
  complain(`  问题：${problem}`);
  if (recorded !== undefined) complain(`  归档：${recorded}`);
  if (derived !== undefined) complain(`  重算：${derived}`);
}

async function verify({ folder, manifest }: { folder: string; manifest: string | undefined }) {
  const files = await readFolder(folder).catch((error: Error) => error);
  if (files instanceof Error || files.size === 0) {
    complain(`不能读取 ${folder}：${files instanceof Error ? files.message : '文件夹是空的'}`);
    return EXIT.badInput;
  }
  const previousManifest = await previousManifestOf(folder);
  const { year, checks } = verifyArchive(files, { manifest, previousManifest });
  say(`核验 ${folder}：${year ? `${year} 年度` : '年度不明'}，${files.size} 个文件`);
  for (const check of checks) printCheck(check);
  const findings = checks.flatMap((check) => check.findings);
  const [first] = findings;
  if (first) {
    complain(`\n核验不通过，共 ${findings.length} 处。第一处：`);
    printFinding(first);
    return EXIT.refused;
  }
  say();
  const newest = newestManifest(files);
  say(`全部成立。清单 ${newest} 的 SHA-256：${sha256Hex(files.get(newest) ?? '')}`);
  if (manifest === undefined) say('请与对外公布的清单摘要核对，或用 --manifest 给出后再次核验。');
  if (previousManifest === undefined) say('旁边没有上一年度的文件夹，未核对与上一年度清单的衔接。');
  return EXIT.published;
}

const asked = options();
if (asked) {
  process.exitCode = await verify(asked);
} else {
  complain(USAGE);
  process.exitCode = EXIT.badInput;
}
