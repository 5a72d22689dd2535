/** The inbox 消息 of whoever is signed in, and how many of its messages are unread. */
import { createContext, useContext, useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { InboxPage } from '../../../shared/app/inbox.ts';
import { api } from '../session/api.ts';

export type InboxMessage = InboxPage['records'][number];

export const readInbox = (cursor: string | null): Promise<InboxPage> =>
  api.get(`/inbox${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`, InboxPage);

export async function markRead(ids: readonly string[]): Promise<void> {
  // The API takes a hundred at a time.
  for (let from = 0; from < ids.length; from += 100) {
    await api.post('/inbox/read', { ids: ids.slice(from, from + 100) }, z.object({ read: z.int() }));
  }
}

interface Unread {
  unread: number;
  /** Asks again, after something was read. */
  refresh: () => void;
}

export const UnreadContext = createContext<Unread>({ unread: 0, refresh: () => undefined });
export const useUnread = (): Unread => useContext(UnreadContext);

const EVERY_MS = 60_000;

/** Asked when the person comes back to the page and every minute while they look at it; a failure leaves the last number. */
export function useCountedUnread(): Unread {
  const [unread, setUnread] = useState(0);
  const [asked, setAsked] = useState(0);
  const refresh = () => setAsked((count) => count + 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what `asked` is for
  useEffect(() => {
    let current = true;
    const ask = () => {
      if (document.visibilityState !== 'visible') return;
      readInbox(null).then(
        (page) => current && setUnread(page.unread),
        () => undefined,
      );
    };
    ask();
    const timer = setInterval(ask, EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      current = false;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [asked]);
  return { unread, refresh };
}
