import { DatabaseSync } from 'node:sqlite';
import { S3Error } from './errors.ts';

export interface Bucket {
  readonly name: string;
  readonly versioned: boolean;
  readonly objectLock: boolean;
  readonly createdAt: Date;
}

/** One version of an object; `contentId` is null for a delete marker. */
export interface Version {
  readonly versionId: string;
  readonly bucket: string;
  readonly key: string;
  readonly contentId: string | null;
  readonly size: number;
  readonly etag: string;
  /** Base64. */
  readonly sha256: string;
  readonly createdAt: Date;
  /** Response headers kept with the object: type, disposition, metadata, checksum, lock. */
  readonly headers: Readonly<Record<string, string>>;
}

// Keys are blobs: compared byte by byte, as S3 lists them, and safe with any character, NUL too.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS buckets (
    name TEXT PRIMARY KEY, versioned INTEGER NOT NULL, object_lock INTEGER NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS versions (
    version_id TEXT PRIMARY KEY, bucket TEXT NOT NULL REFERENCES buckets (name), key BLOB NOT NULL,
    latest INTEGER NOT NULL, content_id TEXT, size INTEGER NOT NULL, etag TEXT NOT NULL, sha256 TEXT NOT NULL,
    created_at INTEGER NOT NULL, headers TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS latest_versions ON versions (bucket, key) WHERE latest = 1;
  CREATE INDEX IF NOT EXISTS content ON versions (content_id);
  CREATE INDEX IF NOT EXISTS history ON versions (bucket, key);
`;

/** Buckets and versions on SQLite. Every write is one transaction, on disk when the call returns if it is to be durable. */
export function openCatalogue(file: string, durable: boolean) {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durable ? 'FULL' : 'OFF'}; ${SCHEMA}`);
  const statements = {
    bucket: db.prepare('SELECT * FROM buckets WHERE name = ?'),
    buckets: db.prepare('SELECT * FROM buckets ORDER BY name'),
    addBucket: db.prepare('INSERT INTO buckets VALUES (?, ?, ?, ?)'),
    latest: db.prepare('SELECT * FROM versions WHERE bucket = ? AND key = ? AND latest = 1'),
    version: db.prepare('SELECT * FROM versions WHERE bucket = ? AND key = ? AND version_id = ?'),
    // rowid grows with every insertion: it is the order of a key's history.
    previous: db.prepare('SELECT * FROM versions WHERE bucket = ? AND key = ? ORDER BY rowid DESC LIMIT 1'),
    next: db.prepare(
      `SELECT * FROM versions WHERE bucket = ? AND key >= ? AND latest = 1 AND content_id IS NOT NULL
       ORDER BY key LIMIT 1`,
    ),
    add: db.prepare('INSERT INTO versions VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)'),
    age: db.prepare('UPDATE versions SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1'),
    promote: db.prepare('UPDATE versions SET latest = 1 WHERE version_id = ?'),
    drop: db.prepare('DELETE FROM versions WHERE version_id = ?'),
    users: db.prepare('SELECT count(*) AS n FROM versions WHERE content_id = ?'),
    contents: db.prepare('SELECT DISTINCT content_id FROM versions WHERE content_id IS NOT NULL'),
  };
  const one = (row: Row | undefined) => (row === undefined ? undefined : toVersion(row));
  const transaction = <T>(work: () => T): T => {
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (cause) {
      db.exec('ROLLBACK');
      throw cause;
    }
  };
  const latest = (bucket: string, key: string) => one(statements.latest.get(bucket, Buffer.from(key)));

  return {
    bucket(name: string): Bucket {
      const row = statements.bucket.get(name);
      if (!row) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist');
      return toBucket(row);
    },
    buckets: (): Bucket[] => statements.buckets.all().map(toBucket),
    hasBucket: (name: string) => statements.bucket.get(name) !== undefined,
    addBucket({ name, versioned, objectLock, createdAt }: Bucket) {
      statements.addBucket.run(name, Number(versioned), Number(objectLock), createdAt.getTime());
    },

    latest,
    version: (bucket: string, key: string, versionId: string) =>
      one(statements.version.get(bucket, Buffer.from(key), versionId)),
    /** The first current object at or after `from`, in byte order. */
    next: (bucket: string, from: Buffer) => one(statements.next.get(bucket, from)),

    /**
     * Makes `version` the current one. `allow` sees the version it replaces and may throw; without versioning that
     * one is forgotten, and its content returned for removal if nothing else uses it.
     */
    put(version: Version, keep: boolean, allow: (current: Version | undefined) => void): string[] {
      return transaction(() => {
        const key = Buffer.from(version.key);
        const current = latest(version.bucket, version.key);
        allow(current);
        statements.age.run(version.bucket, key);
        if (current && !keep) statements.drop.run(current.versionId);
        statements.add.run(
          version.versionId,
          version.bucket,
          key,
          version.contentId,
          version.size,
          version.etag,
          version.sha256,
          version.createdAt.getTime(),
          JSON.stringify(version.headers),
        );
        return keep ? [] : unused(current);
      });
    },

    /** Removes one version for good; the one before it becomes current. */
    drop(version: Version): string[] {
      return transaction(() => {
        const key = Buffer.from(version.key);
        statements.drop.run(version.versionId);
        const before = one(statements.previous.get(version.bucket, key));
        if (before) statements.promote.run(before.versionId);
        return unused(version);
      });
    },

    contents: () => new Set(statements.contents.all().map((row) => String(row.content_id))),
    close: () => db.close(),
  };

  function unused(version: Version | undefined): string[] {
    const contentId = version?.contentId;
    return contentId && statements.users.get(contentId)?.n === 0 ? [contentId] : [];
  }
}

export type Catalogue = ReturnType<typeof openCatalogue>;
type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;

const toBucket = (row: Row): Bucket => ({
  name: String(row.name),
  versioned: row.versioned === 1,
  objectLock: row.object_lock === 1,
  createdAt: new Date(Number(row.created_at)),
});

function toVersion(row: Row): Version {
  const { key } = row;
  if (!(key instanceof Uint8Array)) throw new TypeError('a key in the catalogue is not a blob');
  return {
    versionId: String(row.version_id),
    bucket: String(row.bucket),
    key: Buffer.from(key).toString(),
    contentId: row.content_id === null ? null : String(row.content_id),
    size: Number(row.size),
    etag: String(row.etag),
    sha256: String(row.sha256),
    createdAt: new Date(Number(row.created_at)),
    headers: JSON.parse(String(row.headers)) as Record<string, string>,
  };
}
