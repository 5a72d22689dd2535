/** The platform's export 平台导出, uploaded by staff: a preview that writes nothing, then all of it or nothing. */
import type { Cycle } from '../domain/cycle.ts';
import { type Actor, canonicalJson, digestOf } from '../domain/history.ts';
import { PlatformFigures } from '../domain/platform.ts';
import { importPlatform, type PlatformImport } from '../domain/platform-import.ts';
import { inChunks } from './in-chunks.ts';
import type { Deps } from './ports.ts';
import { agencyKind, allOf, extendCycle, keys, readCycle } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { archivePrefix, jsonText, sha256Hex } from './snapshots.ts';

/** The archived figures of one import, by the digest that its entry holds. */
export const platformName = (digest: string) => `platform-${digest}.json`;

export interface PlatformFile {
  fileName: string;
  /** Base64. */
  content: string;
}

/** What an import would take, and every row and column in error; the digest names this very content for the confirmation. */
export async function previewPlatformFile(deps: Deps, year: number, file: PlatformFile) {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const read = await readPlatform(deps, cycle, file);
  if (read instanceof Refusal) return read;
  const { sheet, figures, problems } = read;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return { sheet, figures, problems, errors, digest: digestOf(figures) };
}

async function readPlatform(
  deps: Deps,
  { year, status }: Cycle,
  { fileName, content }: PlatformFile,
): Promise<PlatformImport | Refusal> {
  if (status !== 'open') return refuse('yearOver', { year });
  const tables = await deps.readTables(fileName, Buffer.from(content, 'base64'));
  if ('unreadable' in tables) return refuse('unreadableFile', { detail: tables.unreadable });
  const known = new Set<string>();
  for await (const { filingNumber } of allOf(deps, agencyKind, keys.agencies)) known.add(filingNumber);
  return importPlatform(tables, (filingNumber) => known.has(filingNumber));
}

/** Takes what was previewed, signed in the year's record; the last figures of an agency count. Refused while any row has an error. */
export async function importPlatformFile(
  deps: Deps,
  year: number,
  { digest, ...file }: PlatformFile & { digest: string },
  by: Actor,
): Promise<{ kept: number } | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const read = await readPlatform(deps, cycle, file);
  if (read instanceof Refusal) return read;
  const { figures, problems } = read;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return refuse('platformProblems', { count: errors });
  if (digestOf(figures) !== digest) return refuse('importChanged');
  const { fileName, content } = file;
  const sha256 = sha256Hex(Buffer.from(content, 'base64'));
  const data = { fileName, sha256, digest, agencies: figures.length };
  // What is compared is archived as it came: the signed digest names it.
  const archived = `${archivePrefix(year)}${platformName(digest)}`;
  const json = { contentType: 'application/json', ifAbsent: true };
  await deps.objects.put('reports', archived, jsonText(figures), json);
  const last = cycle.history.findLast(({ type }) => type === 'platformFiguresImported');
  const isSame = last !== undefined && canonicalJson(last.data) === canonicalJson(data);
  const signed = isSame
    ? cycle
    : await extendCycle(deps, cycle, by, { type: 'platformFiguresImported', data });
  if (signed instanceof Refusal) return signed;
  // Signed first: should this break off, importing the same file again completes it.
  await inChunks(figures, async (row) => {
    await deps.items.put(keys.platform(year, row.filingNumber), PlatformFigures.parse(row));
  });
  return { kept: figures.length };
}
