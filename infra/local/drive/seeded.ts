import { createHash } from 'node:crypto';

/**
 * Reproducible randomness from a text: SHA-256 of the text and a counter. For a year that is run from a folder, where the
 * same folder must give the same bytes; a live server takes the machine's.
 */
export function seededRandom(seed: string) {
  let counter = 0;
  const block = () => createHash('sha256').update(`${seed}#${counter++}`).digest();
  return {
    randomBytes(count: number): Uint8Array {
      const blocks: Buffer[] = [];
      for (let length = 0; length < count; length += 32) blocks.push(block());
      return new Uint8Array(Buffer.concat(blocks).subarray(0, count));
    },
    random: () => block().readUInt32BE(0) / 2 ** 32,
  };
}
