/** An agency's start page: what each year asks of it, and by when. */
import { Button } from 'antd';
import { useCallback } from 'react';
import { Link } from 'react-router';
import { usePerson } from '../session/person.ts';
import { Deadline } from '../ui/deadline.tsx';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page, SampleMark } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { readCycles } from '../work/cycles.ts';
import { useUnread } from '../work/inbox.ts';
import { askOf } from './asks.ts';
import { readOwnDossier } from './dossier.ts';
import { readOwnRectification } from './rectification.ts';
import './agency.css';

async function readYears(filingNumber: string) {
  const cycles = await readCycles();
  return Promise.all(
    cycles.map(async (cycle) => {
      const own = { year: cycle.year, filingNumber };
      const dossier = await readOwnDossier(own);
      const failed = dossier?.status === 'published' && dossier.score?.stars === 0;
      return { cycle, dossier, rectification: failed ? await readOwnRectification(own) : undefined };
    }),
  );
}

export function StartPage() {
  const { name, agency = '' } = usePerson();
  const { unread } = useUnread();
  const load = useCallback(() => readYears(agency), [agency]);
  const years = useLoaded('years', load);
  return (
    <Page
      title={`${name}，您好`}
      lead={
        <>
          机构备案号 <span className="code">{agency}</span>，
          {unread > 0 ? <Link to="/work/inbox?unread">有 {unread} 条未读消息</Link> : '没有未读消息'}。
        </>
      }
    >
      <h2>评估年度</h2>
      <Show of={years}>
        {(all) =>
          all.length === 0 ? (
            <Empty>还没有启动年度评估。评估通知发布后，会在这里显示需要办理的事项，并发送消息。</Empty>
          ) : (
            <ol className="years">
              {all.map((one) => (
                <Year key={one.cycle.year} {...one} />
              ))}
            </ol>
          )
        }
      </Show>
    </Page>
  );
}

function Year({ cycle, dossier, rectification }: Awaited<ReturnType<typeof readYears>>[number]) {
  const { todo, text, deadline, at } = askOf(cycle, dossier, rectification);
  return (
    <li className={todo ? 'todo' : 'idle'}>
      <h3>
        {cycle.year} 年度
        <span className={todo ? 'status open' : 'status'}>{dossier?.statusTitle ?? '未参加'}</span>
      </h3>
      {cycle.sampleData && <SampleMark />}
      <p>{text}</p>
      {deadline && <Deadline at={deadline} />}
      <p className="acts">
        {at && (
          <Link to={at.to}>
            <Button type={todo ? 'primary' : 'default'} tabIndex={-1}>
              {at.title}
              <span className="hidden">（{cycle.year} 年度）</span>
            </Button>
          </Link>
        )}
        {dossier && (
          <Link to={`/work/years/${cycle.year}`}>
            办理情况<span className="hidden">（{cycle.year} 年度）</span>
          </Link>
        )}
      </p>
    </li>
  );
}
