/** Documents and tables written beside the snapshots that they are made of, each object once. */
import type { OfficialDocument } from '../documents/model.ts';
import { DOCUMENT_TYPES, type DocumentType, type Snapshots } from '../documents/types.ts';
import { toCsv } from '../documents/xlsx/csv.ts';
import type { Workbook } from '../documents/xlsx/workbook.ts';
import { toXlsx } from '../documents/xlsx/xlsx.ts';
import { CONTENT_TYPES, type Format } from './formats.ts';
import type { Deps } from './ports.ts';
import { jsonText } from './snapshots.ts';

/** The key up to the extension: `public/2021/circular`. */
export type Stem = string;

/** The document of a snapshot in every format. Again after a crash: the same bytes, and what is there stays. */
export async function writeDocument<T extends DocumentType>(
  deps: Deps,
  stem: Stem,
  type: T,
  snapshot: Snapshots[T],
): Promise<void> {
  const document: OfficialDocument = DOCUMENT_TYPES[type](snapshot);
  const { files, missing } = await deps.render(document);
  if (missing.length > 0) {
    deps.log.error('CHARACTERS_MISSING', { document: stem, characters: missing.join(' ') });
  }
  for (const { format, bytes } of files) await put(deps, stem, format, bytes);
}

/** A table as XLSX, its first sheet as CSV, and the value it was made of as JSON. */
export async function writeTable(deps: Deps, stem: Stem, workbook: Workbook, value?: unknown): Promise<void> {
  await put(deps, stem, 'xlsx', toXlsx(workbook));
  const [first] = workbook.sheets;
  if (first) await put(deps, stem, 'csv', toCsv(first));
  if (value !== undefined) await put(deps, stem, 'json', jsonText(value));
}

async function put(deps: Deps, stem: Stem, format: Format, body: Uint8Array | string): Promise<void> {
  const options = { contentType: CONTENT_TYPES[format], ifAbsent: true };
  await deps.objects.put('reports', `${stem}.${format}`, body, options);
}
