import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Adapter, AdapterPayload, JWK } from 'oidc-provider';
import { systemClock } from '../../../shared/app/clock.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS artifacts (
    model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, expires_at INTEGER, PRIMARY KEY (model, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS artifacts_by_grant ON artifacts (payload ->> 'grantId');
  CREATE INDEX IF NOT EXISTS artifacts_by_uid ON artifacts (payload ->> 'uid');
  CREATE INDEX IF NOT EXISTS artifacts_by_account ON artifacts (payload ->> 'accountId');
  CREATE INDEX IF NOT EXISTS artifacts_by_expiry ON artifacts (expires_at);
  CREATE TABLE IF NOT EXISTS keys (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

// The library lives by the machine's clock (`Date.now` in all its expiries), so its store does too.
const seconds = () => Math.floor(systemClock.now().getTime() / 1000);

/** What the issuer must remember: sessions, grants, codes, refresh tokens, and its keys. */
export function openArtifacts(db: DatabaseSync) {
  db.exec(SCHEMA);
  const upsert = db.prepare('INSERT OR REPLACE INTO artifacts VALUES (?, ?, ?, ?)');
  const purge = db.prepare('DELETE FROM artifacts WHERE expires_at < ?');
  const find = db.prepare('SELECT payload FROM artifacts WHERE model = ? AND id = ?');
  const findByUid = db.prepare("SELECT payload FROM artifacts WHERE model = ? AND payload ->> 'uid' = ?");
  const consume = db.prepare(
    "UPDATE artifacts SET payload = json_set(payload, '$.consumed', ?) WHERE model = ? AND id = ?",
  );
  const destroy = db.prepare('DELETE FROM artifacts WHERE model = ? AND id = ?');
  const revokeGrant = db.prepare("DELETE FROM artifacts WHERE payload ->> 'grantId' = ?");
  const revokeAccount = db.prepare("DELETE FROM artifacts WHERE payload ->> 'accountId' = ?");
  const parse = (row: Record<string, unknown> | undefined) =>
    row && (JSON.parse(String(row.payload)) as AdapterPayload);

  return {
    adapter: (model: string): Adapter => ({
      async upsert(id, payload, expiresIn) {
        purge.run(seconds());
        upsert.run(
          model,
          id,
          JSON.stringify(payload),
          expiresIn === undefined ? null : seconds() + expiresIn,
        );
      },
      find: async (id) => parse(find.get(model, id)),
      findByUid: async (uid) => parse(findByUid.get(model, uid)),
      findByUserCode: async () => undefined, // the device flow is off
      consume: async (id) => void consume.run(seconds(), model, id),
      destroy: async (id) => void destroy.run(model, id),
      revokeByGrantId: async (grantId) => void revokeGrant.run(grantId),
    }),
    revokeAccount: (accountId: string) => void revokeAccount.run(accountId),
    keys: { signing: stored('signing', newSigningKey), cookies: stored('cookies', newCookieKey) },
  };

  function stored<T>(name: string, make: () => T): T {
    const row = db.prepare('SELECT value FROM keys WHERE name = ?').get(name);
    if (row) return JSON.parse(String(row.value)) as T;
    const value = make();
    db.prepare('INSERT INTO keys VALUES (?, ?)').run(name, JSON.stringify(value));
    return value;
  }
}

// RSA, because API Gateway's JWT authorizer accepts nothing else.
function newSigningKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

const newCookieKey = () => randomBytes(32).toString('base64url');
