/** One year of an agency: where it stands, what was filed, what came of it. */
import { Button } from 'antd';
import { useCallback } from 'react';
import { Link, useParams } from 'react-router';
import { usePerson } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import { Deadline } from '../ui/deadline.tsx';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page, SampleMark } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { askOf } from './asks.ts';
import { type DossierView, readOwnDossier, readYear } from './dossier.ts';
import './agency.css';

export function YearPage() {
  const { year = '' } = useParams();
  const { agency = '' } = usePerson();
  const load = useCallback(async () => {
    const [cycle, dossier] = await Promise.all([
      readYear(Number(year)),
      readOwnDossier({ year: Number(year), filingNumber: agency }),
    ]);
    return { cycle, dossier };
  }, [year, agency]);
  const opened = useLoaded(`year ${year}`, load);
  return (
    <Page title={`${year} 年度评估`}>
      <Show of={opened}>
        {({ cycle, dossier }) => {
          const { todo, text, deadline, at } = askOf(cycle, dossier);
          return (
            <>
              {cycle.sampleData && <SampleMark />}
              <section className={todo ? 'now todo' : 'now'} aria-label="当前情况">
                {dossier && <p className="status">{dossier.statusTitle}</p>}
                <p>{text}</p>
                {deadline && <Deadline at={deadline} />}
                {todo && at && (
                  <Link to={at.to}>
                    <Button type="primary" tabIndex={-1}>
                      {at.title}
                    </Button>
                  </Link>
                )}
              </section>
              {dossier ? <Filed dossier={dossier} /> : <Empty>没有可以查看的内容。</Empty>}
            </>
          );
        }}
      </Show>
    </Page>
  );
}

/** The receipt of what was filed last, and the rounds before it. */
function Filed({ dossier: { submission, rounds, status } }: { dossier: DossierView }) {
  if (!submission) return null;
  const { at, claimed, digest, commitment } = submission;
  const returned = rounds.filter(({ returnedFor }) => returnedFor !== null);
  return (
    <section aria-labelledby="receipt">
      <h2 id="receipt">{status === 'collecting' ? '上一轮提交的回执' : '提交回执'}</h2>
      <dl className="facts">
        <Fact title="提交时间">{printedInstant(at)}</Fact>
        <Fact title="自评得分">{claimed} 分</Fact>
        <Fact title="承诺人">
          {commitment.name}（{commitment.position}），{commitment.date}
        </Fact>
        <Fact title="内容摘要（SHA-256）">
          <span className="code">{digest}</span>
        </Fact>
      </dl>
      <p className="hint">摘要由所提交的全部内容计算得出，可作为提交凭证。请妥善保存或打印本页。</p>
      {returned.length > 0 && (
        <>
          <h3>退回记录</h3>
          <ol>
            {returned.map((round) => (
              <li key={round.digest}>
                {printedInstant(round.at)} 提交，自评 {round.claimed} 分，退回理由：{round.returnedFor}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
