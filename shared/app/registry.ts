/** The registry 机构名册: imported from a workbook after a preview that writes nothing. */
import { byTypeThenNumber } from '../domain/agency.ts';
import { type Actor, canonicalJson, digestOf } from '../domain/history.ts';
import { importRegistry, type RegistryImport } from '../domain/registry-import.ts';
import { inChunks } from './in-chunks.ts';
import type { Deps } from './ports.ts';
import { agencyKind, allOf, appendEntry, keys, pageOf, readRecord } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { readProfile } from './start-cycle.ts';

export interface RegistryFile {
  fileName: string;
  /** Base64. */
  content: string;
}

/** What an import would do, with every row's problems; the digest names this very content for the confirmation. */
export async function previewRegistryFile(deps: Deps, file: RegistryFile) {
  const read = await readRegistry(deps, file);
  if (read instanceof Refusal) return read;
  const { rows, agencies } = read;
  return { rows, agencies: agencies.length, errors: errorsIn(read), digest: digestOf(agencies) };
}

const errorsIn = ({ rows }: RegistryImport): number =>
  rows.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error').length;

async function readRegistry(
  deps: Deps,
  { fileName, content }: RegistryFile,
): Promise<RegistryImport | Refusal> {
  const tables = await deps.readTables(fileName, Buffer.from(content, 'base64'));
  if ('unreadable' in tables) return refuse('unreadableFile', { detail: tables.unreadable });
  const { settings } = await readProfile(deps);
  return importRegistry(tables, { cityCode: settings.cityCode });
}

/** Agencies that one request writes: it has to be answered within half a minute. */
const MOST_WRITTEN = 1_000;

/**
 * Writes what was previewed or, while any row has an error, nothing. Importing the same again changes nothing: what one
 * request leaves over (`remaining`) the next one writes, and so it goes on after an answer that was lost.
 */
export async function importRegistryFile(
  deps: Deps,
  { digest, ...file }: RegistryFile & { digest: string },
  by: Actor,
): Promise<{ registered: number; amended: number; unchanged: number; remaining: number } | Refusal> {
  const read = await readRegistry(deps, file);
  if (read instanceof Refusal) return read;
  const errors = errorsIn(read);
  if (errors > 0) return refuse('importProblems', { count: errors });
  if (digestOf(read.agencies) !== digest) return refuse('importChanged');
  const known = new Map<string, string>();
  for await (const agency of allOf(deps, agencyKind, keys.agencies)) {
    known.set(agency.filingNumber, canonicalJson(agency));
  }
  const changed = read.agencies
    .filter((agency) => known.get(agency.filingNumber) !== canonicalJson(agency))
    .toSorted(byTypeThenNumber);
  const now = changed.slice(0, MOST_WRITTEN);
  const counts = { registered: 0, amended: 0 };
  let refused: Refusal | undefined;
  await inChunks(now, async (agency) => {
    const key = keys.agency(agency.filingNumber);
    const found = known.has(agency.filingNumber) ? await readRecord(deps, agencyKind, key) : undefined;
    const type = found ? 'amended' : 'registered';
    const next = { type, data: { agency } } as const;
    const written = await appendEntry(deps, agencyKind, key, found?.entries ?? [], by, next);
    if (written instanceof Refusal) refused ??= written;
    else counts[type]++;
  });
  return (
    refused ?? {
      ...counts,
      unchanged: read.agencies.length - changed.length,
      remaining: changed.length - now.length,
    }
  );
}

export function listAgencies(deps: Deps, cursor: string | null) {
  return pageOf(deps, agencyKind, keys.agencies, cursor, 100);
}
