import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { StoredEvent } from './history.ts';

export interface MachineRow {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  /** The current revision. */
  readonly revision: number;
  /** Null until the first update. */
  readonly revisionId: string | null;
  readonly definition: string;
  readonly roleArn: string;
  readonly updatedAt: number;
}

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionRow {
  readonly id: number;
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly revision: number;
  readonly status: Status;
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}

/** Where a running execution stands; all three texts are JSON. */
export interface RunRow {
  readonly execution: number;
  readonly cursor: string;
  readonly input: string;
  readonly variables: string;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS machines (
    arn TEXT PRIMARY KEY, name TEXT NOT NULL, createdAt INTEGER NOT NULL, revision INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS revisions (
    revision INTEGER PRIMARY KEY, machineArn TEXT NOT NULL, revisionId TEXT, definition TEXT NOT NULL,
    roleArn TEXT NOT NULL, updatedAt INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS executions (
    id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, name TEXT NOT NULL, machineArn TEXT NOT NULL,
    revision INTEGER NOT NULL, status TEXT NOT NULL, startedAt INTEGER NOT NULL, stoppedAt INTEGER,
    input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS executionsOfMachine ON executions (machineArn, id);
  CREATE TABLE IF NOT EXISTS runs (
    execution INTEGER PRIMARY KEY, cursor TEXT NOT NULL, input TEXT NOT NULL, variables TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    execution INTEGER NOT NULL, id INTEGER NOT NULL, previous INTEGER NOT NULL, at INTEGER NOT NULL,
    type TEXT NOT NULL, member TEXT NOT NULL, details TEXT NOT NULL, PRIMARY KEY (execution, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY, execution INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;`;

const MACHINE = `SELECT m.arn, m.name, m.createdAt, m.revision, r.revisionId, r.definition, r.roleArn, r.updatedAt
  FROM machines m JOIN revisions r USING (revision)`;

export type Store = ReturnType<typeof openStore>;

/**
 * Opens the file that holds everything. Writes gather in one transaction, which is committed (and synced to
 * disk) on the next turn of the event loop: many executions share one sync. Whatever must not be lost before
 * it is acted on, such as an answer to a caller or the call of a function, waits for `flushed`.
 */
export function openStore(file: string, onCommit: () => void = () => {}) {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(SCHEMA);
  const rows = <T>(sql: string) => {
    const statement = database.prepare(sql);
    return (...values: SQLInputValue[]) => statement.all(...values) as T[];
  };
  const row = <T>(sql: string) => {
    const statement = database.prepare(sql);
    return (...values: SQLInputValue[]) => statement.get(...values) as T | undefined;
  };

  let gathering = false;
  let closed = false;
  let commits: PromiseWithResolvers<void> | undefined;
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const settle = () => {
    if (!gathering || closed) return;
    gathering = false;
    const waiting = commits;
    commits = undefined;
    try {
      commit.run();
      onCommit();
      waiting?.resolve();
    } catch (error) {
      if (!waiting) throw error;
      waiting.reject(error);
    }
  };
  /** Prepares a write. It joins the open transaction or begins one; what is written without a pause in between is never split. */
  const write = (sql: string) => {
    const statement = database.prepare(sql);
    return (...values: SQLInputValue[]) => {
      if (!gathering) {
        begin.run();
        gathering = true;
        setImmediate(settle);
      }
      return Number(statement.run(...values).lastInsertRowid);
    };
  };

  const saveRun = write('UPDATE runs SET cursor = ?, input = ?, variables = ? WHERE execution = ?');
  const addEvent = write('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
  return {
    /** Resolves when all that was written so far is on disk. */
    flushed(): Promise<void> {
      if (!gathering) return Promise.resolve();
      commits ??= Promise.withResolvers<void>();
      return commits.promise;
    },
    close() {
      settle();
      closed = true;
      database.close();
    },

    machine: row<MachineRow>(`${MACHINE} WHERE m.arn = ?`),
    machines: rows<MachineRow>(`${MACHINE} WHERE m.name > ? ORDER BY m.name LIMIT ?`),
    revision: row<{ definition: string; roleArn: string; updatedAt: number; revisionId: string | null }>(
      'SELECT definition, roleArn, updatedAt, revisionId FROM revisions WHERE revision = ?',
    ),
    addRevision: write('INSERT INTO revisions VALUES (NULL, ?, ?, ?, ?, ?)'),
    addMachine: write('INSERT INTO machines VALUES (?, ?, ?, ?)'),
    setRevision: write('UPDATE machines SET revision = ? WHERE arn = ?'),
    deleteMachine: write('DELETE FROM machines WHERE arn = ?'),

    execution: row<ExecutionRow>('SELECT * FROM executions WHERE arn = ?'),
    executionById: row<ExecutionRow>('SELECT * FROM executions WHERE id = ?'),
    executions: rows<ExecutionRow>(
      `SELECT * FROM executions WHERE machineArn = ?1 AND id < ?2 AND (?3 IS NULL OR status = ?3)
       ORDER BY id DESC LIMIT ?4`,
    ),
    addExecution: write(
      `INSERT INTO executions (arn, name, machineArn, revision, status, startedAt, input)
       VALUES (?, ?, ?, ?, 'RUNNING', ?, ?)`,
    ),
    finishExecution: write(
      'UPDATE executions SET status = ?, stoppedAt = ?, output = ?, error = ?, cause = ? WHERE id = ?',
    ),

    runs: rows<RunRow>('SELECT * FROM runs ORDER BY execution'),
    addRun: write('INSERT INTO runs VALUES (?, ?, ?, ?)'),
    saveRun: ({ execution, cursor, input, variables }: RunRow) =>
      saveRun(cursor, input, variables, execution),
    deleteRun: write('DELETE FROM runs WHERE execution = ?'),

    addEvent: (execution: number, { id, previous, at, type, member, details }: StoredEvent) =>
      addEvent(execution, id, previous, at, type, member, details),
    events: rows<StoredEvent>('SELECT * FROM events WHERE execution = ? AND id > ? ORDER BY id LIMIT ?'),
    eventsBackwards: rows<StoredEvent>(
      'SELECT * FROM events WHERE execution = ? AND id < ? ORDER BY id DESC LIMIT ?',
    ),

    /** Which execution a token was minted for; whether it still waits for that token, its cursor tells. */
    token: row<{ execution: number }>('SELECT execution FROM tokens WHERE token = ?'),
    addToken: write('INSERT INTO tokens VALUES (?, ?)'),
  };
}
