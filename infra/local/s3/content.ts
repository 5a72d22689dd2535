import { createHash, randomUUID } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';

export interface Received {
  readonly contentId: string;
  readonly size: number;
  readonly md5: Buffer;
  readonly sha256: Buffer;
  readonly crc32: Buffer;
}

/**
 * Immutable files under random names. A file counts only once the catalogue has a row for it; whatever no row
 * names (an upload that was cut, a crash between file and row) is swept when the folder is opened.
 */
export function openContent(folder: string, inUse: ReadonlySet<string>, durable: boolean) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!inUse.has(name)) rmSync(join(folder, name), { recursive: true });
  }
  return {
    /** Writes a body to disk before it resolves, synced if it is to be durable; leaves nothing if the body fails. */
    async receive(body: AsyncIterable<Buffer>): Promise<Received> {
      const contentId = randomUUID();
      const path = join(folder, contentId);
      const [md5, sha256] = [createHash('md5'), createHash('sha256')];
      let [size, crc] = [0, 0];
      const file = await open(path, 'wx');
      try {
        for await (const chunk of body) {
          md5.update(chunk);
          sha256.update(chunk);
          crc = crc32(chunk, crc);
          size += chunk.length;
          await file.writeFile(chunk);
        }
        if (durable) {
          await file.sync();
          syncFolder(folder);
        }
      } catch (cause) {
        rmSync(path, { force: true });
        throw cause;
      } finally {
        await file.close();
      }
      const crcBytes = Buffer.alloc(4);
      crcBytes.writeUInt32BE(crc);
      return { contentId, size, md5: md5.digest(), sha256: sha256.digest(), crc32: crcBytes };
    },

    /** Opened before it returns, so that a deletion right after does not cut the reader. */
    read(contentId: string, start: number, end: number): Readable {
      const path = join(folder, contentId);
      return createReadStream(path, { fd: openSync(path, 'r'), start, end });
    },

    remove: (contentId: string) => rmSync(join(folder, contentId), { force: true }),
  };
}

export type Content = ReturnType<typeof openContent>;

/** The directory entry of a new file is durable only when the directory is. */
function syncFolder(folder: string) {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
