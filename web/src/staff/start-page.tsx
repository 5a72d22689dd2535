import { useCallback } from 'react';
import { Link } from 'react-router';
import { CYCLE_STATUSES } from '../../../shared/domain/cycle.ts';
import { gateDefinition } from '../../../shared/domain/gates.ts';
import { roleTitle, usePerson } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page, SampleMark } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { useUnread } from '../work/inbox.ts';
import { progressAt } from './progress.ts';
import { Deadline, Tasks } from './tasks.tsx';
import { readDesk, type YearAtWork } from './waiting.ts';
import { WorkflowPicture } from './workflow-picture.tsx';
import './staff.css';

/** What waits for whoever is signed in, and where each year stands. */
export function StaffStartPage() {
  const { id, name, role } = usePerson();
  const { unread } = useUnread();
  const desk = useLoaded(
    `desk ${role} ${id}`,
    useCallback(() => readDesk({ id, role }), [id, role]),
  );
  const seesOnly = role === 'auditor';
  return (
    <Page
      title={`${name}，您好`}
      lead={
        <>
          您以“{roleTitle(role)}”身份登录，
          {unread > 0 ? <Link to="/work/inbox?unread">有 {unread} 条未读消息</Link> : '没有未读消息'}。
          {seesOnly && '监督人员可以查看全部办理情况，不参与办理。'}
        </>
      }
    >
      <Show of={desk}>
        {({ years, tasks }) => (
          <>
            {!seesOnly && (
              <section aria-labelledby="tasks">
                <h2 id="tasks">待办事项（{tasks.length} 件）</h2>
                {tasks.length === 0 ? <Empty>没有需要您办理的事项。</Empty> : <Tasks tasks={tasks} />}
              </section>
            )}
            <section aria-labelledby="years">
              <h2 id="years">评估年度</h2>
              {years.length === 0 && <Empty>还没有启动过年度评估。启动后，各年度的进度会显示在这里。</Empty>}
              {years.map((one) => (
                <Year key={one.year.year} {...one} />
              ))}
            </section>
          </>
        )}
      </Show>
    </Page>
  );
}

function Year({ year: cycle, lines }: YearAtWork) {
  const { year, status, gate, sampleData, setAside } = cycle;
  const progress = gate && progressAt(gate.gate, lines);
  return (
    <article className="year-at-work" aria-labelledby={`year-${year}`}>
      <h3 id={`year-${year}`}>
        {year} 年度<span className={`status ${status}`}>{CYCLE_STATUSES[status]}</span>
      </h3>
      {sampleData && <SampleMark />}
      {gate && (
        <p className="now">
          当前环节：<Link to={`/work/gates/${year}/${gate.gate}`}>{gateDefinition(gate.gate).title}</Link>
          {progress && <>，{progress.text}</>}。
          {gate.deadline ? <Deadline at={gate.deadline} /> : <>自 {printedInstant(gate.openedAt)} 起办理。</>}
          {setAside > 0 && (
            <>
              <br />
              <span className="warned">另有 {setAside} 家机构因数据问题暂停处理，须由经办人解除。</span>
            </>
          )}
        </p>
      )}
      {progress && progress.total > 0 && (
        <div
          className="bar"
          role="progressbar"
          aria-label={progress.text}
          aria-valuemin={0}
          aria-valuemax={progress.total}
          aria-valuenow={progress.done}
        >
          <span style={{ width: `${(100 * progress.done) / progress.total}%` }} />
        </div>
      )}
      <WorkflowPicture run={cycle} />
    </article>
  );
}
