/**
 * LevelDB passes over what is damaged in its log and goes on without it. We would rather not start: a record that is there
 * in full and whose checksum is wrong was acknowledged once. What breaks off at the end of the file never was.
 * The format: https://github.com/google/leveldb/blob/main/doc/log_format.md
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const BLOCK = 32_768;
/** Checksum (4 bytes), length (2), type (1). */
const HEADER = 7;

/** Castagnoli's polynomial, reflected. */
const POLYNOMIAL = 0x82f63b78;
const TABLE = Uint32Array.from({ length: 256 }, (_none, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value >>> 0;
});

function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = ((TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)) >>> 0;
  return (crc ^ 0xffffffff) >>> 0;
}

/** Checksums are stored rotated and shifted, so that those of checksums differ from them. */
function masked(crc: number): number {
  return ((((crc >>> 15) | (crc << 17)) >>> 0) + 0xa282ead8) >>> 0;
}

/** Whether every record that is there in full is what it was when it was written. */
export function isWhole(log: Uint8Array): boolean {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  for (let at = 0; at + HEADER <= log.length; ) {
    const left = BLOCK - (at % BLOCK);
    if (left < HEADER) {
      at += left;
      continue;
    }
    const end = at + HEADER + view.getUint16(at + 4, true);
    if (end - at > left) return false;
    if (end > log.length) return true;
    if (view.getUint32(at, true) !== masked(crc32c(log.subarray(at + 6, end)))) return false;
    at = end;
  }
  return true;
}

/** @throws Error, in Chinese, when a log in the folder is damaged; the folder is not touched */
export function checkLogs(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.log'))) {
    const file = join(folder, name);
    if (isWhole(readFileSync(file))) continue;
    throw new Error(`数据文件 ${join(basename(folder), name)} 已损坏，请从备份恢复`);
  }
}
