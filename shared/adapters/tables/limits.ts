/** How much of an untrusted workbook is read before it is refused. */
export interface TableLimits {
  /** Size of the file as it comes. */
  bytes: number;
  /** Size of all its parts when unpacked, declared and real. */
  unpackedBytes: number;
  /** Parts inside the archive. */
  entries: number;
  sheets: number;
  rows: number;
  columns: number;
}

export const TABLE_LIMITS: TableLimits = {
  bytes: 20 * 1024 * 1024,
  unpackedBytes: 50 * 1024 * 1024,
  entries: 1000,
  sheets: 20,
  rows: 20_000,
  columns: 100,
};
