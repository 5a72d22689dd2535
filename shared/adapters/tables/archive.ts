/** Unpacking an untrusted .xlsx archive within the limits of a table. */
import { bytesSource } from '../../app/content/byte-source.ts';
import { unpackedWhole, ZipRefused, zipEntries } from '../../app/content/zip.ts';
import type { TableLimits } from './limits.ts';
import { UnreadableTable } from './unreadable-table.ts';

/** Sheets of numbers and repeated words are packed well: only the total is limited. */
const ANY_RATIO = Number.POSITIVE_INFINITY;

/** The archive's parts by name. Throws {@link UnreadableTable}. */
export async function unpack(
  fileName: string,
  bytes: Uint8Array,
  limits: TableLimits,
): Promise<Record<string, Uint8Array>> {
  const source = bytesSource(bytes);
  const parts: Record<string, Uint8Array> = {};
  let left = limits.unpackedBytes;
  try {
    for (const entry of await zipEntries(source, { ...limits, ratio: ANY_RATIO })) {
      if (!isXml(entry.name)) continue;
      const part = await unpackedWhole(source, entry, left);
      left -= part.length;
      parts[entry.name] = part;
    }
  } catch (error) {
    if (error instanceof ZipRefused) throw unreadable(fileName, error, limits);
    throw error;
  }
  return parts;
}

/** Pictures and macros are not read. */
const isXml = (name: string) => /\.(xml|rels)$/i.test(name);

function unreadable(fileName: string, refused: ZipRefused, limits: TableLimits): UnreadableTable {
  if (refused.problem === 'encrypted') return new UnreadableTable('encrypted', fileName, '', refused);
  if (refused.problem === 'damaged') return new UnreadableTable('corrupt', fileName, '', refused);
  const megabytes = Math.floor(limits.unpackedBytes / 1024 / 1024);
  return new UnreadableTable('tooLarge', fileName, `解压后超过 ${megabytes} MB`, refused);
}
