/** Tables of a file that somebody uploaded: what cannot be read is an answer, not a failure. */
import type { ReadTables } from '../app/ports.ts';
import { readTables } from './tables/index.ts';
import { UnreadableTable } from './tables/unreadable-table.ts';

export const readUploadedTables: ReadTables = async (fileName, bytes) => {
  try {
    return await readTables(fileName, bytes);
  } catch (error) {
    if (error instanceof UnreadableTable) return { unreadable: error.message };
    throw error;
  }
};
