/** People who do not give up: what was not acknowledged is said again, in the same words, once somebody answers. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiRefusal, apiClient, type Client } from '../../../../infra/local/drive/client.ts';
import { signIn } from '../../../../infra/local/login/sign-in.ts';
import type { EvidenceRef } from '../../../../shared/domain/facts.ts';
import { declared, YEAR } from '../../../support/agencies.ts';
import type { Lives } from './lives.ts';

export type Person = Omit<Client, 'delete'>;
export type People = (account: string) => Person;

/** Repeats a call as long as nobody is there to answer it. What is refused stays refused. */
async function insist<T>({ up }: Lives, call: () => Promise<T>): Promise<T> {
  for (;;) {
    await up();
    try {
      return await call();
    } catch (error) {
      // What `fetch` throws when the other side is gone, also in the middle of an answer.
      if (!(error instanceof TypeError)) throw error;
      await sleep(5);
    }
  }
}

/** Signs everybody in; their tokens hold through all lives. */
export async function openPeople(lives: Lives, passwords: ReadonlyMap<string, string>): Promise<People> {
  const clients = new Map<string, Client>();
  for (const [username, password] of passwords) {
    const tokens = await insist(lives, () => signIn({ ...lives.where, username, password }));
    clients.set(username, apiClient(lives.origin, tokens.access_token));
  }
  return (account) => {
    const client = clients.get(account);
    if (!client) throw new Error(`nobody is called ${account}`);
    return {
      get: (path) => insist(lives, () => client.get(path)),
      put: (path, body) => insist(lives, () => client.put(path, body)),
      post: (path, body) => insist(lives, () => client.post(path, body)),
      download: (path) => insist(lives, () => client.download(path)),
    };
  };
}

interface Grant {
  id: string;
  url: string;
  headers: Record<string, string>;
}

/** Brings a file in. A grant whose storage has died is worth nothing any more: another one is asked for. */
export async function bring(agency: Person, dossier: string, bytes: Uint8Array): Promise<EvidenceRef> {
  for (;;) {
    const grant = await agency.post<Grant>(`${dossier}/uploads`, declared(bytes));
    try {
      const put = await fetch(grant.url, {
        method: 'PUT',
        headers: grant.headers,
        body: new Uint8Array(bytes),
      });
      // It had arrived before the answer was lost.
      if (!put.ok && put.status !== 412)
        throw new Error(`the storage refused: ${put.status} ${await put.text()}`);
      return await agency.post<EvidenceRef>(`${dossier}/uploads/${grant.id}/confirmation`, {});
    } catch (error) {
      const isGone = error instanceof TypeError;
      const neverCame = error instanceof ApiRefusal && error.code === 'uploadMissing';
      if (!isGone && !neverCame) throw error;
      await sleep(5);
    }
  }
}

export const dossierOf = (filingNumber: string) => `/cycles/${YEAR}/dossiers/${filingNumber}`;
export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
