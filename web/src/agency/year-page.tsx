/** One year of an agency: where it stands, what was filed, what came of it. */
import { Button } from 'antd';
import { type ReactNode, useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import { usePerson } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import { Deadline } from '../ui/deadline.tsx';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page, SampleMark } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { askOf } from './asks.ts';
import { type DossierView, type Own, readOwnDossier, readYear, type YearView } from './dossier.ts';
import { Objections, RaiseObjection } from './objection.tsx';
import { Papers } from './papers.tsx';
import { type Rectification, readOwnRectification } from './rectification.ts';
import { ScoreTable } from './score-table.tsx';
import { readAccepted } from './use-evidence.ts';
import './agency.css';

async function readAll(own: Own) {
  const [cycle, dossier, rectification] = await Promise.all([
    readYear(own.year),
    readOwnDossier(own),
    readOwnRectification(own),
  ]);
  const types = dossier && mayObject(cycle, dossier) ? await readAccepted(own) : {};
  return { cycle, dossier, rectification, types };
}

const mayObject = ({ gate }: YearView, { status, score }: DossierView): boolean =>
  gate?.gate === 'receiveObjections' && status === 'announced' && score !== undefined;

export function YearPage() {
  const { year = '' } = useParams();
  const { agency = '' } = usePerson();
  const [reads, setReads] = useState(0);
  const load = useCallback(() => readAll({ year: Number(year), filingNumber: agency }), [year, agency]);
  const opened = useLoaded(`year ${year} ${reads}`, load);
  return (
    <Page title={`${year} 年度评估`}>
      <Show of={opened}>
        {({ cycle, dossier, rectification, types }) => (
          <>
            {cycle.sampleData && <SampleMark />}
            <Now cycle={cycle} dossier={dossier} rectification={rectification} />
            {dossier ? (
              <Year
                cycle={cycle}
                dossier={dossier}
                types={types}
                onChanged={() => setReads((count) => count + 1)}
              />
            ) : (
              <Empty>没有可以查看的内容。</Empty>
            )}
          </>
        )}
      </Show>
    </Page>
  );
}

function Now(props: {
  cycle: YearView;
  dossier: DossierView | undefined;
  rectification: Rectification | undefined;
}) {
  const { cycle, dossier, rectification } = props;
  const { todo, text, deadline, at } = askOf(cycle, dossier, rectification);
  return (
    <section className={todo ? 'now todo' : 'now'} aria-label="当前情况">
      {dossier && <p className="status">{dossier.statusTitle}</p>}
      <p>{text}</p>
      {deadline && <Deadline at={deadline} />}
      {todo && at && at.to !== `/work/years/${cycle.year}` && (
        <Link to={at.to}>
          <Button type="primary" tabIndex={-1}>
            {at.title}
          </Button>
        </Link>
      )}
      {rectification && !todo && (
        <p>
          评估不合格的整改：{rectification.statusTitle}。
          <Link to={`/work/years/${cycle.year}/rectification`}>查看整改</Link>
        </p>
      )}
    </section>
  );
}

function Year(props: {
  cycle: YearView;
  dossier: DossierView;
  types: Record<string, number>;
  onChanged: () => void;
}) {
  const { cycle, dossier, types, onChanged } = props;
  const { year, filingNumber, score, submission, objections, status } = dossier;
  const own = { year, filingNumber };
  return (
    <>
      {score && (
        <section aria-labelledby="score">
          <h2 id="score">{status === 'published' ? '评估结果' : '拟定结果'}</h2>
          {status === 'published' && <Papers own={own} paper="score-sheets" title="评分表" />}
          <ScoreTable score={score} claimed={submission?.claimed} />
        </section>
      )}
      <Objections objections={objections} />
      {score && mayObject(cycle, dossier) && (
        <RaiseObjection
          own={own}
          score={score}
          types={types}
          deadline={cycle.gate?.deadline ?? null}
          onRaised={onChanged}
        />
      )}
      <Filed dossier={dossier} />
    </>
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

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
