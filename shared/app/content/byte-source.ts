/** Bytes that are read piece by piece: a file of 500 MB is looked into without ever being held whole. */

export interface ByteSource {
  readonly size: number;
  /** The bytes from `start`, at most `length` of them; fewer only at the end. */
  read(start: number, length: number): Promise<Uint8Array>;
}

const BLOCK = 1024 * 1024;
const BLOCKS_KEPT = 4;

/** The same bytes read in blocks of 1 MB, the last few of them kept: many small reads become few large ones. */
export function inBlocks(source: ByteSource): ByteSource {
  const blocks = new Map<number, Promise<Uint8Array>>();
  const block = (index: number) => {
    const known = blocks.get(index);
    if (known) return known;
    const fresh = source.read(index * BLOCK, Math.min(BLOCK, source.size - index * BLOCK));
    blocks.set(index, fresh);
    const [oldest] = blocks.keys();
    if (blocks.size > BLOCKS_KEPT && oldest !== undefined) blocks.delete(oldest);
    return fresh;
  };
  return {
    size: source.size,
    async read(start, length) {
      const end = Math.min(start + length, source.size);
      if (start < 0 || start >= end) return new Uint8Array();
      const bytes = new Uint8Array(end - start);
      for (let at = start; at < end; ) {
        const index = Math.floor(at / BLOCK);
        const part = (await block(index)).subarray(at - index * BLOCK, end - index * BLOCK);
        if (part.length === 0) throw new RangeError('the source ended before its size');
        bytes.set(part, at - start);
        at += part.length;
      }
      return bytes;
    },
  };
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (start, length) => bytes.subarray(start, start + length) };
}

export const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const startsWith = (bytes: Uint8Array, ...signature: number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

/** One character per byte; ASCII reads as itself. */
export function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
