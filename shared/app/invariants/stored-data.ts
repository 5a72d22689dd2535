/** Everything that a system keeps, as it lies in its stores, for a check that trusts none of it. */
import type { Finding } from '../archive/check.ts';
import type { ArchiveFiles } from '../archive/files.ts';
import type { RecordKey } from '../ports.ts';

/** A row of the table with all its attributes. */
export interface StoredItem extends RecordKey {
  [attribute: string]: unknown;
}

/** One version of an object. */
export interface StoredObject {
  bucket: 'quarantine' | 'evidence' | 'reports';
  key: string;
  version: string;
  /** Bytes. */
  size: number;
  /** Hexadecimal, of the bytes that are there now; undefined when they are gone. */
  sha256: string | undefined;
}

/** An execution of a run's state machine, and the token that it waits for. */
export interface StoredExecution {
  machine: string;
  name: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  waitsFor?: string;
}

export interface StoredData {
  items: StoredItem[];
  objects: StoredObject[];
  executions: StoredExecution[];
  /** What the stores' own files say of themselves. */
  faults: Finding[];
  /** The reports of a year by their path in its folder, as a published year is handed out. */
  reports(year: number): Promise<ArchiveFiles>;
}

/** Where a row stands. */
export const itemPlace = ({ pk, sk }: RecordKey) => `记录 ${pk}/${sk}`;
