import { DatabaseSync } from 'node:sqlite';

export interface Delivery {
  readonly name: string;
  readonly scheduledAt: Date;
  readonly attempts: number;
  readonly dueAt: Date;
}

export interface DeadLetter {
  readonly name: string;
  readonly scheduledAt: Date;
  readonly attempts: number;
  readonly error: string;
}

export interface StoredSchedule {
  readonly definition: string;
  readonly createdAt: Date;
  readonly nextAt: Date | undefined;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS schedules (
    name TEXT PRIMARY KEY, definition TEXT NOT NULL, created_at INTEGER NOT NULL, next_at INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS deliveries (
    name TEXT NOT NULL, scheduled_at INTEGER NOT NULL, attempts INTEGER NOT NULL, due_at INTEGER NOT NULL,
    PRIMARY KEY (name, scheduled_at)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS dead_letters (
    name TEXT NOT NULL, scheduled_at INTEGER NOT NULL, attempts INTEGER NOT NULL, error TEXT NOT NULL
  ) STRICT;
`;

/** What must outlive the process: when each schedule runs next, what is being delivered, what was given up. */
export function openLedger(file: string) {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${SCHEMA}`);
  const getSchedule = db.prepare('SELECT * FROM schedules WHERE name = ?');
  const putSchedule = db.prepare('INSERT OR REPLACE INTO schedules VALUES (?, ?, ?, ?)');
  const moveSchedule = db.prepare('UPDATE schedules SET next_at = ? WHERE name = ?');
  const putDelivery = db.prepare('INSERT OR REPLACE INTO deliveries VALUES (?, ?, ?, ?)');
  const dropDelivery = db.prepare('DELETE FROM deliveries WHERE name = ? AND scheduled_at = ?');
  const putDeadLetter = db.prepare('INSERT INTO dead_letters VALUES (?, ?, ?, ?)');
  const transaction = (work: () => void) => {
    db.exec('BEGIN IMMEDIATE');
    try {
      work();
      db.exec('COMMIT');
    } catch (cause) {
      db.exec('ROLLBACK');
      throw cause;
    }
  };
  const put = ({ name, scheduledAt, attempts, dueAt }: Delivery) =>
    putDelivery.run(name, scheduledAt.getTime(), attempts, dueAt.getTime());

  return {
    schedule(name: string): StoredSchedule | undefined {
      const row = getSchedule.get(name);
      if (!row) return undefined;
      return {
        definition: String(row.definition),
        createdAt: date(row.created_at),
        nextAt: row.next_at === null ? undefined : date(row.next_at),
      };
    },
    define(name: string, { definition, createdAt, nextAt }: StoredSchedule) {
      putSchedule.run(name, definition, createdAt.getTime(), nextAt?.getTime() ?? null);
    },
    /** One transaction: the run is owed, and the schedule has moved on. */
    begin(delivery: Delivery, nextAt: Date | undefined) {
      transaction(() => {
        put(delivery);
        moveSchedule.run(nextAt?.getTime() ?? null, delivery.name);
      });
    },
    retry: (delivery: Delivery) => void put(delivery),
    finish: ({ name, scheduledAt }: Delivery) => void dropDelivery.run(name, scheduledAt.getTime()),
    giveUp({ name, scheduledAt, attempts, error }: DeadLetter) {
      transaction(() => {
        dropDelivery.run(name, scheduledAt.getTime());
        putDeadLetter.run(name, scheduledAt.getTime(), attempts, error);
      });
    },
    owed: (): Delivery[] =>
      db
        .prepare('SELECT * FROM deliveries ORDER BY scheduled_at')
        .all()
        .map((row) => ({
          name: String(row.name),
          scheduledAt: date(row.scheduled_at),
          attempts: Number(row.attempts),
          dueAt: date(row.due_at),
        })),
    deadLetters: (): DeadLetter[] =>
      db
        .prepare('SELECT * FROM dead_letters ORDER BY rowid')
        .all()
        .map((row) => ({
          name: String(row.name),
          scheduledAt: date(row.scheduled_at),
          attempts: Number(row.attempts),
          error: String(row.error),
        })),
    close: () => db.close(),
  };
}

const date = (milliseconds: unknown) => new Date(Number(milliseconds));
