/** What the use cases need of the world. `shared/adapters` implements these over DynamoDB, S3 and Step Functions. */
import type * as z from 'zod/mini';
import type { OfficialDocument } from '../documents/model.ts';
import type { RunName } from '../domain/gates.ts';
import type { Entry } from '../domain/history.ts';
import type { Message } from '../domain/messages.ts';
import type { Table } from '../domain/registry-import.ts';
import type { Clock } from './clock.ts';

export interface RecordKey {
  pk: string;
  sk: string;
}

/** Attributes beside the history, for conditions and summaries. */
export type Attributes = Record<string, string | number | readonly string[] | undefined>;

/** What must hold in the store at the moment of writing, checked by the store itself. */
export type Condition =
  | { attribute: string; in: readonly string[] }
  /** The set does not hold the value (or does not exist). */
  | { attribute: string; lacks: string }
  /** The set holds the value. */
  | { attribute: string; holds: string }
  /** The attribute is absent or not before the value. */
  | { attribute: string; notBefore: string }
  /** The attribute does not exist: a set without members does not. */
  | { isAbsent: string };

export interface StoredRecord {
  key: RecordKey;
  entries: Entry[];
}

export interface Page<T> {
  records: T[];
  /** Where to go on; null at the end. */
  cursor: string | null;
}

/** Records that are lists of signed entries. Every write appends one entry, under conditions, or changes nothing. */
/** A record has grown to what the store keeps of one: nothing more can be written to it. */
export class RecordFull extends Error {
  override readonly name = 'RecordFull';
}

export interface HistoryStore {
  /** Strongly consistent. */
  read(key: RecordKey): Promise<StoredRecord | undefined>;
  /** False when somebody else appended first or a condition does not hold. */
  append(key: RecordKey, entry: Entry, attributes: Attributes, conditions: Condition[]): Promise<boolean>;
  /** Adds members to a set attribute of an existing record; adding twice is the same as once. */
  addToSet(key: RecordKey, attribute: string, members: readonly string[]): Promise<void>;
  page(pk: string, after: string | null, limit: number): Promise<Page<StoredRecord>>;
}

/** Plain values by key. */
export interface ItemStore {
  get<T>(key: RecordKey, schema: z.ZodMiniType<T>): Promise<T | undefined>;
  /** False when the key is taken (`ifAbsent`), or what stands there is not of this `version` (`replacing`). */
  put(key: RecordKey, value: unknown, options?: { ifAbsent?: boolean; replacing?: number }): Promise<boolean>;
  /** With `before`, only what has no version or one below it; anything else stays. */
  remove(key: RecordKey, options?: { before?: number }): Promise<void>;
  page<T>(
    pk: string,
    schema: z.ZodMiniType<T>,
    after: string | null,
    limit: number,
    order?: 'ascending' | 'descending',
  ): Promise<Page<{ sk: string; value: T }>>;
  count(pk: string): Promise<number>;
}

export type BucketName = 'quarantine' | 'evidence' | 'reports';

export interface ObjectPlace {
  bucket: BucketName;
  key: string;
  /** One version of it; the current one if absent. */
  version?: string | undefined;
}

export interface ObjectInfo {
  size: number;
  contentType: string;
  /** Changes when the bytes do: what is read and copied is named by it. */
  etag: string;
  version?: string;
  sha256?: string;
}

export interface PresignedUpload {
  url: string;
  /** Headers that the client must send exactly so: they are part of the signature. */
  headers: Record<string, string>;
  expiresAt: string;
}

export interface ObjectStore {
  /** With `ifAbsent`, an existing object stays as it is and the call succeeds: published objects never change. */
  put(
    bucket: BucketName,
    key: string,
    body: Uint8Array | string,
    options: { contentType: string; ifAbsent?: boolean },
  ): Promise<void>;
  get(bucket: BucketName, key: string): Promise<Uint8Array | undefined>;
  head(bucket: BucketName, key: string): Promise<ObjectInfo | undefined>;
  /** Part of an object; throws when it is no longer the one with this etag. */
  readPart(place: ObjectPlace, etag: string, start: number, length: number): Promise<Uint8Array>;
  /** The whole of it, piece by piece; throws when it is no longer the one with this etag. */
  stream(place: ObjectPlace, etag: string): AsyncIterable<Uint8Array>;
  /** Copies exactly what has this etag; tells the copy's version and the SHA-256 that the store computed of it. */
  copy(
    from: ObjectPlace & { etag: string },
    to: { bucket: BucketName; key: string },
  ): Promise<{ version?: string; sha256: string }>;
  remove(place: ObjectPlace): Promise<void>;
  /** All keys under a prefix, ascending. */
  list(bucket: BucketName, prefix: string): Promise<string[]>;
  presignUpload(
    key: string,
    file: { size: number; contentType: string; sha256: string },
    seconds: number,
  ): Promise<PresignedUpload>;
  /** A URL that anybody who has it can download this version from, as an attachment, for so long. */
  presignDownload(
    place: ObjectPlace,
    file: { fileName: string; contentType: string },
    seconds: number,
  ): Promise<{ url: string; expiresAt: string }>;
}

/** `none`: nothing looks for malware, and everything that shows files says so. */
export type ScannerKind = 'none' | 'clamav' | 'guardDuty';

export type ScanOutcome =
  | { result: 'clean' | 'notScanned'; engine: string }
  | { result: 'infected'; engine: string; finding: string }
  /** The scanner has looked and cannot tell, as with a file that it cannot open. */
  | { result: 'unscannable'; engine: string }
  /** Not now: down, too busy, or not done yet. */
  | { result: 'unavailable' };

export interface MalwareScanner {
  kind: ScannerKind;
  /** Looks at an object in quarantine, within so many seconds. Never throws for a scanner that is down. */
  scan(key: string, content: () => AsyncIterable<Uint8Array>, seconds: number): Promise<ScanOutcome>;
}

export interface Workflow {
  /** Starting the same name twice is harmless. */
  start(run: RunName, name: string, input: unknown): Promise<void>;
  /** Completes a gate. A token that is already used or expired is harmless: false. */
  succeed(token: string, output: unknown): Promise<boolean>;
}

/** Carries messages out of the system. At least once: whoever receives them drops doubles by the id. */
export interface Notifier {
  /** `addresses` are those that the recipients gave; throws when it could not be sent. */
  send(message: Message, addresses: readonly string[]): Promise<void>;
}

export interface Log {
  /** `code` is one of the registry of log messages; `data` never holds personal data or a token. */
  info(code: string, data?: Record<string, string | number | null>): void;
  error(code: string, data: Record<string, string | number | null>, cause?: unknown): void;
}

/** A workbook's or CSV file's tables, or why it cannot be read, in Chinese. */
export type ReadTables = (fileName: string, bytes: Uint8Array) => Promise<Table[] | { unreadable: string }>;

/** The formats in which an official document is published. */
export type DocumentFormat = 'docx' | 'pdf' | 'html';

export interface RenderedDocument {
  files: { format: DocumentFormat; bytes: Uint8Array }[];
  /** Characters that the embedded faces lack, as `U+20BB7`. */
  missing: string[];
}

/** The same document gives the same bytes. */
export type RenderDocument = (document: OfficialDocument) => Promise<RenderedDocument>;

export interface Deps {
  clock: Clock;
  /** Cryptographically strong random bytes. */
  randomBytes(count: number): Uint8Array;
  histories: HistoryStore;
  items: ItemStore;
  objects: ObjectStore;
  scanner: MalwareScanner;
  workflow: Workflow;
  readTables: ReadTables;
  /** `outbox` where messages also go out by mail or another service; `inbox` where they are only shown. */
  messages: 'inbox' | 'outbox';
  /** Only where messages are sent from. */
  notifier?: Notifier | undefined;
  /** Only functions that write documents carry it. */
  render: RenderDocument;
  log: Log;
}
