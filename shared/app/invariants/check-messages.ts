/** Messages: each occasion told once to each recipient, and none forgotten. */
import type { Dossier } from '../../domain/dossier.ts';
import { dossierOf } from '../../domain/dossier-of.ts';
import { canonicalJson } from '../../domain/history.ts';
import { compose, Message, type Recipient } from '../../domain/messages.ts';
import { ACTION_TOLD } from '../../domain/told.ts';
import type { Check, Finding } from '../archive/check.ts';
import { inboxOf, messageKey, OUTBOX, Outgoing } from '../messages.ts';
import { promiseKey, tellingsOf } from '../promises.ts';
import { genesisOf, keys } from '../records.ts';
import { CHAINS, statesOf } from './families.ts';
import { itemPlace, type StoredItem } from './stored-data.ts';

export function checkMessages(items: readonly StoredItem[]): Check[] {
  const inbox = items.filter(({ pk }) => pk.startsWith('INBOX#'));
  const outgoing = items.filter(({ pk }) => pk === OUTBOX);
  const dossiers = statesOf(items, CHAINS.dossier);
  return [
    {
      title: '消息各发一次',
      scope: `${inbox.length} 条消息`,
      findings: [...misplaced(inbox), ...doubles(inbox), ...outgoing.flatMap(outgoingFindings)],
    },
    { title: '应告知的都已告知', scope: `${dossiers.length} 份档案`, findings: forgotten(items, dossiers) },
  ];
}

function misplaced(inbox: readonly StoredItem[]): Finding[] {
  return inbox.flatMap((item) => {
    const { data } = Message.safeParse(item.value);
    const fits = !data || genesisOf(messageKey(data)) === genesisOf(item);
    return fits ? [] : [{ place: itemPlace(item), problem: '消息不在其收件人的收件箱中' }];
  });
}

function doubles(inbox: readonly StoredItem[]): Finding[] {
  const seen = new Set<string>();
  return inbox.flatMap((item) => {
    const { data } = Message.safeParse(item.value);
    if (!data) return [];
    const { kind, to, at, about } = data;
    const occasion = canonicalJson({ kind, to, at, about });
    if (!seen.has(occasion)) {
      seen.add(occasion);
      return [];
    }
    return [{ place: itemPlace(item), problem: `同一事项向${named(to)}告知了两次：${data.title}` }];
  });
}

const named = (to: Recipient) => inboxOf(to).slice('INBOX#'.length);

function outgoingFindings(item: StoredItem): Finding[] {
  const { data } = Outgoing.safeParse(item.value);
  return !data || data.message.id === item.sk
    ? []
    : [{ place: itemPlace(item), problem: '待发消息的编号不符' }];
}

/** What a dossier's action must be told of is in the inbox, or promised. */
function forgotten(items: readonly StoredItem[], dossiers: readonly Dossier[]): Finding[] {
  const known = new Set(items.map(genesisOf));
  return dossiers.flatMap(({ year, filingNumber, history }) =>
    history.flatMap(({ type, seq }) => {
      if (!ACTION_TOLD[type]) return [];
      if (known.has(genesisOf(promiseKey(keys.dossier(year, filingNumber), seq)))) return [];
      return tellingsOf(dossierOf(year, history.slice(0, seq))).flatMap(({ kind, to, occasion, fields }) => {
        const message = compose(kind, to, occasion, fields);
        if (known.has(genesisOf(messageKey(message)))) return [];
        return [
          {
            place: `${year} 年度档案 ${filingNumber} 第 ${seq} 条`,
            problem: `没有告知${named(to)}：${message.title}`,
          },
        ];
      });
    }),
  );
}
