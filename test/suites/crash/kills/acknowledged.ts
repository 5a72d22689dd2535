/** What the API has acknowledged: it must be in the store from then on, whatever happens, and once. */
import * as z from 'zod/mini';
import { CHAINS } from '../../../../shared/app/invariants/families.ts';
import type { StoredItem } from '../../../../shared/app/invariants/stored-data.ts';
import { keys } from '../../../../shared/app/records.ts';
import type { Answers, EvidenceRef } from '../../../../shared/domain/facts.ts';
import { canonicalJson, type Entry } from '../../../../shared/domain/history.ts';
import { YEAR } from '../../../support/agencies.ts';

/** The items of a store by partition and sort key. */
type Store = (pk: string, sk: string) => StoredItem | undefined;
type Claim = { what: string; holds(store: Store): boolean };

const StoredDraft = z.object({ version: z.number(), answers: z.unknown() });

export type Acknowledged = ReturnType<typeof openAcknowledged>;

export function openAcknowledged() {
  const claims: Claim[] = [];
  const drafts = new Map<string, Claim>();
  const entry = (pk: string, sk: string, type: string, by: string, data: object) => {
    const before = claims.filter(({ what }) => what === `${pk}/${sk} ${type} ${by}`).length;
    claims.push({
      what: `${pk}/${sk} ${type} ${by}`,
      holds(store) {
        const entries = (store(pk, sk)?.entries ?? []) as Entry[];
        const own = entries.filter((one) => one.type === type && one.by.id === by);
        const fits = (one: Entry) =>
          Object.entries(data).every(
            ([name, value]) =>
              canonicalJson((one.data as Record<string, unknown>)[name]) === canonicalJson(value),
          );
        // Said once, written once: decisions of other gates are other data.
        const same = own.filter(fits);
        return Object.keys(data).length > 0 ? same.length === 1 : same.length > before;
      },
    });
  };
  return {
    entry,
    dossier(filingNumber: string, type: string, by: string, data: object = {}) {
      const { pk, sk } = keys.dossier(YEAR, filingNumber);
      entry(pk, sk, type, by, data);
    },
    upload(filingNumber: string, ref: EvidenceRef) {
      claims.push({
        what: `upload of ${filingNumber} ${ref.sha256}`,
        holds(store) {
          const { pk, sk } = keys.upload(YEAR, filingNumber, ref.id);
          const item = store(pk, sk);
          if (!item) return false;
          const { status } = CHAINS.upload.kind.derive({ pk, sk }, item.entries as never);
          return status === 'kept' || status === 'attached';
        },
      });
    },
    /** The last acknowledged draft, or a later one of the same agency. */
    draft(filingNumber: string, version: number, answers: Answers) {
      drafts.set(filingNumber, {
        what: `draft of ${filingNumber}`,
        holds(store) {
          const { pk, sk } = keys.draft(YEAR, filingNumber);
          const { data } = StoredDraft.safeParse(store(pk, sk)?.value);
          if (!data) return false;
          return data.version > version || canonicalJson(data.answers) === canonicalJson(answers);
        },
      });
    },
    count: () => claims.length + drafts.size,
    /** What was acknowledged and is not there, or is there twice. */
    missing(items: readonly StoredItem[]): string[] {
      const stored = new Map(items.map((item) => [`${item.pk}\n${item.sk}`, item]));
      const store: Store = (pk, sk) => stored.get(`${pk}\n${sk}`);
      const now = [...claims, ...drafts.values()];
      return now.filter(({ holds }) => !holds(store)).map(({ what }) => what);
    },
  };
}
