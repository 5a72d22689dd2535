/**
 * Looking into an untrusted ZIP archive through its central directory. Sizes are checked twice: as the directory
 * declares them, before anything is unpacked, and as they come out, so that an archive that lies is stopped at the limit.
 */
import { Inflate } from 'fflate';
import { type ByteSource, viewOf } from './byte-source.ts';

export interface ZipLimits {
  entries: number;
  /** All entries together, declared and real. */
  unpackedBytes: number;
  /** Unpacked over packed, of one entry that is more than a megabyte unpacked. */
  ratio: number;
}

export interface ZipEntry {
  name: string;
  encrypted: boolean;
  method: number;
  packed: number;
  unpacked: number;
  offset: number;
}

export type ZipProblem = 'damaged' | 'tooLarge' | 'encrypted';

export class ZipRefused extends Error {
  override readonly name = 'ZipRefused';
  readonly problem: ZipProblem;

  constructor(problem: ZipProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.problem = problem;
  }
}

const damaged = (message: string, cause?: unknown) => new ZipRefused('damaged', message, cause);
const tooLarge = (message: string) => new ZipRefused('tooLarge', message);

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_SIZE = 22;
const MAX_COMMENT = 0xffff;
const MAX_DIRECTORY = 8 * 1024 * 1024;
const RATIO_FROM = 1024 * 1024;
/** Output is counted after every piece; one piece of this size unpacks to 16 MB at most. */
const PIECE = 16 * 1024;

/** The archive's entries as its directory lists them, within the limits. Throws {@link ZipRefused}. */
export async function zipEntries(source: ByteSource, limits: ZipLimits): Promise<ZipEntry[]> {
  const { count, start, length } = await directoryPlace(source);
  if (count > limits.entries || length > MAX_DIRECTORY) throw tooLarge('too many entries');
  const bytes = await source.read(start, length);
  const entries = readDirectory(bytes, count);
  const names = new Set(entries.map(({ name }) => name.toLowerCase()));
  if (names.size < entries.length) throw damaged('two entries of one name');
  const declared = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  const inflated = entries.some(
    ({ packed, unpacked }) => unpacked > RATIO_FROM && unpacked > packed * limits.ratio,
  );
  if (declared > limits.unpackedBytes || inflated) throw tooLarge('unpacks to too much');
  return entries;
}

/** The record stands at the end, before a comment of at most 65,535 bytes that reaches exactly to the end. */
async function directoryPlace(source: ByteSource) {
  const tailStart = Math.max(0, source.size - END_SIZE - MAX_COMMENT);
  const tail = await source.read(tailStart, source.size - tailStart);
  const view = viewOf(tail);
  for (let at = tail.length - END_SIZE; at >= 0; at--) {
    if (view.getUint32(at, true) !== END_OF_DIRECTORY) continue;
    if (at + END_SIZE + view.getUint16(at + 20, true) !== tail.length) continue;
    const [disk, count, total] = [4, 8, 10].map((field) => view.getUint16(at + field, true));
    const [length, start] = [12, 16].map((field) => view.getUint32(at + field, true));
    const inside = (start ?? 0) + (length ?? 0) <= tailStart + at;
    // 0xffff and 0xffffffff stand for the fields of ZIP64, which no file within our limits needs.
    if (disk !== 0 || count !== total || count === 0xffff || !inside) throw damaged('an odd directory');
    return { count: count ?? 0, start: start ?? 0, length: length ?? 0 };
  }
  throw damaged('no end of central directory');
}

function readDirectory(bytes: Uint8Array, count: number): ZipEntry[] {
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  try {
    for (let at = 0, left = count; left > 0; left--) {
      if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw damaged('no directory entry');
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
  } catch (error) {
    throw error instanceof RangeError ? damaged('the directory is cut off', error) : error;
  }
  return entries;
}

/** Unpacks an entry and hands out its pieces; refused when it is longer than `atMost` or not as long as declared. */
export async function* unpacked(
  source: ByteSource,
  entry: ZipEntry,
  atMost: number,
): AsyncGenerator<Uint8Array> {
  if (entry.encrypted) throw new ZipRefused('encrypted', `${entry.name} is encrypted`);
  if (entry.method !== 0 && entry.method !== 8) throw damaged(`${entry.name} is packed in an unknown way`);
  let size = 0;
  for await (const chunk of entry.method === 0 ? packed(source, entry) : inflated(source, entry)) {
    size += chunk.length;
    if (size > atMost) throw tooLarge(`${entry.name} unpacks to too much`);
    yield chunk;
  }
  if (size !== entry.unpacked) throw damaged(`${entry.name} is not as long as declared`);
}

async function* packed(source: ByteSource, { offset, packed: length, name }: ZipEntry) {
  const header = await source.read(offset, 30);
  const view = viewOf(header);
  if (header.length < 30 || view.getUint32(0, true) !== LOCAL_HEADER) throw damaged(`${name} has no header`);
  const start = offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (start + length > source.size) throw damaged(`${name} is cut off`);
  for (let at = 0; at < length; at += PIECE) yield source.read(start + at, Math.min(PIECE, length - at));
}

async function* inflated(source: ByteSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const inflater = new Inflate((chunk) => void chunks.push(chunk));
  let fed = 0;
  for await (const piece of packed(source, entry)) {
    fed += piece.length;
    try {
      inflater.push(piece, fed === entry.packed);
    } catch (error) {
      throw damaged(`${entry.name} cannot be inflated`, error);
    }
    yield* chunks.splice(0);
  }
}

/** One entry whole. */
export async function unpackedWhole(
  source: ByteSource,
  entry: ZipEntry,
  atMost: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of unpacked(source, entry, atMost)) chunks.push(chunk);
  return joined(chunks);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
