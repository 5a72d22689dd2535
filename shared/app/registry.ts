/** The registry 机构名册: imported from a workbook after a preview that writes nothing. */
import { byTypeThenNumber } from '../domain/agency.ts';
import { type Actor, canonicalJson, digestOf } from '../domain/history.ts';
import { importRegistry, type RegistryImport } from '../domain/registry-import.ts';
import type { Deps } from './ports.ts';
import { agencyKind, appendEntry, keys, pageOf, readRecord } from './records.ts';
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
  const errors = rows.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
  return { rows, agencies: agencies.length, errors: errors.length, digest: digestOf(agencies) };
}

async function readRegistry(
  deps: Deps,
  { fileName, content }: RegistryFile,
): Promise<RegistryImport | Refusal> {
  const tables = await deps.readTables(fileName, Buffer.from(content, 'base64'));
  if ('unreadable' in tables) return refuse('unreadableFile', { detail: tables.unreadable });
  const { settings } = await readProfile(deps);
  return importRegistry(tables, { cityCode: settings.cityCode });
}

/** Writes what was previewed: all of it or, while any row has an error, nothing. Importing the same again changes nothing. */
export async function importRegistryFile(
  deps: Deps,
  { digest, ...file }: RegistryFile & { digest: string },
  by: Actor,
): Promise<{ registered: number; amended: number; unchanged: number } | Refusal> {
  const preview = await previewRegistryFile(deps, file);
  if (preview instanceof Refusal) return preview;
  if (preview.errors > 0) return refuse('importProblems', { count: preview.errors });
  if (preview.digest !== digest) return refuse('importChanged');
  const read = await readRegistry(deps, file);
  if (read instanceof Refusal) return read;
  const counts = { registered: 0, amended: 0, unchanged: 0 };
  for (const agency of read.agencies.toSorted(byTypeThenNumber)) {
    const key = keys.agency(agency.filingNumber);
    const found = await readRecord(deps, agencyKind, key);
    if (found && canonicalJson(found.state) === canonicalJson(agency)) {
      counts.unchanged++;
      continue;
    }
    const type = found ? 'amended' : 'registered';
    const written = await appendEntry(deps, agencyKind, key, found?.entries ?? [], by, {
      type,
      data: { agency },
    });
    if (written instanceof Refusal) return written;
    counts[type]++;
  }
  return counts;
}

export function listAgencies(deps: Deps, cursor: string | null) {
  return pageOf(deps, agencyKind, keys.agencies, cursor, 100);
}
