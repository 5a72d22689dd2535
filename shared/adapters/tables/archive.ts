/**
 * Unpacking an untrusted .xlsx archive. Sizes are checked twice: as the directory declares them, before anything is
 * unpacked, and as they come out, so that an archive that lies is stopped at the limit.
 */
import { Inflate } from 'fflate';
import type { TableLimits } from './limits.ts';
import { UnreadableTable } from './unreadable-table.ts';

interface Entry {
  name: string;
  encrypted: boolean;
  method: number;
  packed: number;
  unpacked: number;
  offset: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
/** Output is counted after every piece; one piece of this size unpacks to 16 MB at most. */
const PIECE = 16 * 1024;

/** The archive's parts by name. Throws {@link UnreadableTable}. */
export function unpack(fileName: string, bytes: Uint8Array, limits: TableLimits): Record<string, Uint8Array> {
  const entries = directoryOf(fileName, bytes, limits);
  const declared = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (declared > limits.unpackedBytes) throw tooLarge(fileName, limits);
  const parts: Record<string, Uint8Array> = {};
  let left = limits.unpackedBytes;
  for (const entry of entries) {
    if (!isXml(entry.name)) continue;
    const part = unpackEntry(fileName, bytes, entry, left, limits);
    left -= part.length;
    parts[entry.name] = part;
  }
  return parts;
}

/** Pictures and macros are not read. */
const isXml = (name: string) => /\.(xml|rels)$/i.test(name);

function tooLarge(fileName: string, limits: TableLimits): UnreadableTable {
  const megabytes = Math.floor(limits.unpackedBytes / 1024 / 1024);
  return new UnreadableTable('tooLarge', fileName, `解压后超过 ${megabytes} MB`);
}

function directoryOf(fileName: string, bytes: Uint8Array, limits: TableLimits): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const end = endOfDirectory(view);
    const count = view.getUint16(end + 10, true);
    if (count > limits.entries) throw tooLarge(fileName, limits);
    const entries: Entry[] = [];
    for (let at = view.getUint32(end + 16, true), left = count; left > 0; left--) {
      if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw new RangeError('no directory entry');
      const nameLength = view.getUint16(at + 28, true);
      entries.push({
        name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
        encrypted: (view.getUint16(at + 8, true) & 1) === 1,
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        unpacked: view.getUint32(at + 24, true),
        offset: view.getUint32(at + 42, true),
      });
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return entries;
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableTable('corrupt', fileName, '', error);
    throw error;
  }
}

/** The record stands at the end, before a comment of at most 65,535 bytes. */
function endOfDirectory(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= lowest; at--) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw new RangeError('no end of central directory');
}

function unpackEntry(
  fileName: string,
  bytes: Uint8Array,
  entry: Entry,
  left: number,
  limits: TableLimits,
): Uint8Array {
  if (entry.encrypted) throw new UnreadableTable('encrypted', fileName);
  const packed = packedBytes(fileName, bytes, entry);
  if (entry.method === 0) {
    if (packed.length > left) throw tooLarge(fileName, limits);
    return packed;
  }
  if (entry.method !== 8) throw new UnreadableTable('corrupt', fileName, '压缩方式不受支持');
  const unpacked = inflate(fileName, packed, left, limits);
  if (unpacked.length !== entry.unpacked)
    throw new UnreadableTable('corrupt', fileName, '内容大小与声明不符');
  return unpacked;
}

function packedBytes(fileName: string, bytes: Uint8Array, { offset, packed }: Entry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL_HEADER) {
    throw new UnreadableTable('corrupt', fileName);
  }
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw new UnreadableTable('corrupt', fileName);
  return bytes.subarray(start, start + packed);
}

function inflate(fileName: string, packed: Uint8Array, left: number, limits: TableLimits): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const inflater = new Inflate((chunk) => {
    chunks.push(chunk);
    size += chunk.length;
  });
  for (let at = 0; at < packed.length; at += PIECE) {
    try {
      inflater.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    } catch (error) {
      throw new UnreadableTable('corrupt', fileName, '', error);
    }
    if (size > left) throw tooLarge(fileName, limits);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
