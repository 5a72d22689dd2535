import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod/mini';
import type { Clock } from '../../../shared/app/clock.ts';
import { FilingNumber } from '../../../shared/domain/agency.ts';
import { generatePassword, hashPassword, verifyPassword } from './password.ts';

export const Role = z.enum(['agency', 'handler', 'inspector', 'approver', 'director', 'auditor']);
export type Role = z.infer<typeof Role>;

/** What the administrator says of a person. `agency` is the filing number, of an agency's account and no other. */
export const NewAccount = z
  .strictObject({
    /** The `sub` of its tokens, where records are to name a person by an id known elsewhere; random if absent. */
    id: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
    username: z
      .string()
      .check(z.regex(/^[\p{L}\p{N}._@-]{2,64}$/u, '用户名应为 2 至 64 个字母、数字或 . _ @ -')),
    role: Role,
    agency: z.optional(FilingNumber),
    name: z.string().check(z.minLength(1), z.maxLength(50)),
    password: z.optional(z.string().check(z.minLength(10, '密码至少 10 位'), z.maxLength(200))),
  })
  .check(
    z.refine(({ role, agency }) => (role === 'agency') === (agency !== undefined), '仅机构账号须有备案号'),
  );
export type NewAccount = z.infer<typeof NewAccount>;

export interface Account {
  /** The `sub` of its tokens. */
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  readonly agency?: string;
  readonly name: string;
  readonly disabled: boolean;
}

export type Attempt =
  | { readonly outcome: 'accepted'; readonly account: Account }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'locked'; readonly until: Date };

const MAX_FAILURES = 5;
const LOCK_MS = 15 * 60_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS accounts (
    id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, role TEXT NOT NULL, agency TEXT, name TEXT NOT NULL,
    password TEXT NOT NULL, disabled INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS failures (
    username TEXT PRIMARY KEY, count INTEGER NOT NULL, last_at INTEGER NOT NULL
  ) STRICT;
`;

/** Local accounts. `onRevoked` hears of every account whose open sessions must end. */
export function openAccounts(db: DatabaseSync, clock: Clock, onRevoked: (accountId: string) => void) {
  db.exec(SCHEMA);
  const byName = db.prepare('SELECT * FROM accounts WHERE username = ?');
  const byId = db.prepare('SELECT * FROM accounts WHERE id = ?');
  const attempt = lockingAttempts(db, clock, (username) => byName.get(username));

  const existing = (username: string) => {
    const row = byName.get(username);
    if (!row) throw new Error(`no account ${username}`);
    return toAccount(row);
  };

  return {
    /** @returns the password, generated unless given: shown once, only its hash is kept. */
    async add(account: NewAccount): Promise<{ id: string; password: string }> {
      const parsed = NewAccount.parse(account);
      const { id = randomUUID(), username, role, agency, name, password = generatePassword() } = parsed;
      if (byName.get(username)) throw new Error(`account ${username} exists`);
      db.prepare('INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, 0)').run(
        id,
        username,
        role,
        agency ?? null,
        name,
        await hashPassword(password),
      );
      return { id, password };
    },

    list: (): Account[] => db.prepare('SELECT * FROM accounts ORDER BY username').all().map(toAccount),

    /** Ends the account's sessions and its lockout. @returns the new password, generated unless given. */
    async setPassword(username: string, given?: string): Promise<string> {
      const { id } = existing(username);
      const password = NewAccount.shape.password.parse(given) ?? generatePassword();
      db.prepare('UPDATE accounts SET password = ? WHERE id = ?').run(await hashPassword(password), id);
      db.prepare('DELETE FROM failures WHERE username = ?').run(username);
      onRevoked(id);
      return password;
    },

    setDisabled(username: string, disabled: boolean) {
      const { id } = existing(username);
      db.prepare('UPDATE accounts SET disabled = ? WHERE id = ?').run(Number(disabled), id);
      onRevoked(id);
    },

    remove(username: string) {
      const { id } = existing(username);
      db.prepare('DELETE FROM accounts WHERE id = ?').run(id);
      onRevoked(id);
    },

    /** The account behind a token or session, unless it is gone or disabled. */
    find(id: string): Account | undefined {
      const row = byId.get(id);
      const account = row && toAccount(row);
      return account?.disabled ? undefined : account;
    },

    attempt,
  };
}

export type Accounts = ReturnType<typeof openAccounts>;
type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;

/**
 * Checks passwords, five wrong ones closing a name for 15 minutes. Names without an account are counted alike, so
 * that neither the answer nor its time tells which exist.
 */
function lockingAttempts(db: DatabaseSync, clock: Clock, find: (username: string) => Row | undefined) {
  const failed = db.prepare('SELECT * FROM failures WHERE username = ?');
  const record = db.prepare('INSERT OR REPLACE INTO failures VALUES (?, ?, ?)');
  const forget = db.prepare('DELETE FROM failures WHERE username = ? OR last_at <= ?');

  async function attempt(username: string, password: string): Promise<Attempt> {
    const now = clock.now().getTime();
    forget.run('', now - LOCK_MS);
    const before = failed.get(username);
    const count = Number(before?.count ?? 0);
    if (count >= MAX_FAILURES)
      return { outcome: 'locked', until: new Date(Number(before?.last_at) + LOCK_MS) };
    const row = find(username);
    const right = await verifyPassword(password, row && String(row.password));
    if (row && right && row.disabled === 0) {
      forget.run(username, 0);
      return { outcome: 'accepted', account: toAccount(row) };
    }
    record.run(username, count + 1, now);
    return { outcome: 'refused' };
  }

  // One at a time for a name, or a hundred guesses at once would all see the count of the first.
  const last = new Map<string, Promise<unknown>>();
  return function attemptInTurn(username: string, password: string): Promise<Attempt> {
    const turn = (last.get(username) ?? Promise.resolve()).then(() => attempt(username, password));
    const done = turn
      .catch(() => undefined)
      .then(() => {
        if (last.get(username) === done) last.delete(username);
      });
    last.set(username, done);
    return turn;
  };
}

const toAccount = (row: Row): Account => ({
  id: String(row.id),
  username: String(row.username),
  role: Role.parse(row.role),
  ...(row.agency === null ? {} : { agency: String(row.agency) }),
  name: String(row.name),
  disabled: row.disabled === 1,
});
