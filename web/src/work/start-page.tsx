import { Link } from 'react-router';
import { CYCLE_STATUSES } from '../../../shared/domain/cycle.ts';
import { roleTitle, usePerson } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page, SampleMark } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { type CycleLine, readCycles } from './cycles.ts';
import { useUnread } from './inbox.ts';

/** Who is signed in, where the years stand, and whether there is news. */
export function StartPage() {
  const { name, role, agency } = usePerson();
  const { unread } = useUnread();
  const cycles = useLoaded('cycles', readCycles);
  return (
    <Page
      title={`${name}，您好`}
      lead={
        <>
          您以“{roleTitle(role)}”身份登录{agency && <>，机构备案号 {agency}</>}，
          {unread > 0 ? <Link to="/work/inbox?unread">有 {unread} 条未读消息</Link> : '没有未读消息'}。
        </>
      }
    >
      <h2>评估年度</h2>
      <Show of={cycles}>
        {(years) =>
          years.length === 0 ? (
            <Empty>还没有启动过年度评估。启动后，各年度的进度会显示在这里。</Empty>
          ) : (
            <ol className="years">
              {years.map((year) => (
                <Year key={year.year} {...year} />
              ))}
            </ol>
          )
        }
      </Show>
    </Page>
  );
}

function Year({ year, status, gate, sampleData }: CycleLine) {
  return (
    <li>
      <h3>
        {year} 年度<span className={`status ${status}`}>{CYCLE_STATUSES[status]}</span>
      </h3>
      {sampleData && <SampleMark />}
      {gate && (
        <p>
          当前环节：{gate.title}
          {gate.deadline && <>，{printedInstant(gate.deadline)} 截止</>}
        </p>
      )}
    </li>
  );
}
