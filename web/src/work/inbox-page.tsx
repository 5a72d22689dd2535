import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { printedInstant } from '../ui/dates.ts';
import { messageOf, useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { type InboxMessage, markRead, readInbox, useUnread } from './inbox.ts';

const newest = () => readInbox(null);

/** What this person has been told, the latest first. */
export function InboxPage() {
  const first = useLoaded('inbox', newest);
  return (
    <Page title="消息" lead="办理事项、截止时间和处理结果的通知。理由和得分等内容在相应的页面中查看。">
      <Show of={first}>{({ records, cursor }) => <Messages records={records} cursor={cursor} />}</Show>
    </Page>
  );
}

function Messages(first: { records: readonly InboxMessage[]; cursor: string | null }) {
  const { unread, refresh } = useUnread();
  const [{ records, cursor }, setShown] = useState(first);
  const [params, setParams] = useSearchParams();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const onlyUnread = params.has('unread');
  const shown = records.filter(({ read }) => !onlyUnread || !read);
  const act = (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    work()
      .catch((error: unknown) => setProblem(messageOf(error)))
      .finally(() => setBusy(false));
  };
  const read = (ids: readonly string[]) =>
    act(async () => {
      await markRead(ids);
      const done = new Set(ids);
      setShown({ cursor, records: records.map((one) => (done.has(one.id) ? { ...one, read: true } : one)) });
      refresh();
    });
  const more = () =>
    act(async () => {
      const next = await readInbox(cursor);
      setShown({ cursor: next.cursor, records: [...records, ...next.records] });
    });
  if (records.length === 0) return <Empty>还没有消息。有需要办理的事项时，会在这里通知您。</Empty>;
  const waiting = records.filter((one) => !one.read).map(({ id }) => id);
  return (
    <>
      <div className="toolbar">
        <label>
          <input
            type="checkbox"
            checked={onlyUnread}
            onChange={({ target }) => setParams(target.checked ? { unread: '' } : {}, { replace: true })}
          />
          只看未读（{unread}）
        </label>
        <Button disabled={waiting.length === 0 || busy} onClick={() => read(waiting)}>
          全部标为已读
        </Button>
      </div>
      {problem && <Alert type="error" showIcon title={problem} />}
      {shown.length === 0 && <Empty>没有未读消息。</Empty>}
      <ul className="messages" aria-label="消息">
        {shown.map((message) => (
          <li key={message.id} className={message.read ? undefined : 'unread'}>
            <h2>
              {!message.read && <span className="new">未读</span>}
              {message.title}
            </h2>
            <p>{message.text}</p>
            <p className="foot">
              <time dateTime={message.at}>{printedInstant(message.at)}</time>
              {!message.read && (
                <Button type="link" size="small" disabled={busy} onClick={() => read([message.id])}>
                  标为已读<span className="hidden">：{message.title}</span>
                </Button>
              )}
            </p>
          </li>
        ))}
      </ul>
      {cursor !== null && (
        <Button block disabled={busy} onClick={more}>
          更早的消息
        </Button>
      )}
    </>
  );
}
