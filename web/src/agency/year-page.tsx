/** One year of an agency: where it stands, what was filed, what came of it. */
import { Button } from 'antd';
import { type ReactNode, useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import { usePerson } from '../session/person.ts';
import { printedDay, printedInstant } from '../ui/dates.ts';
import { Deadline } from '../ui/deadline.tsx';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page, SampleMark } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { askOf } from './asks.ts';
import { type DossierView, type Own, readOwnDossier, readYear, type YearView } from './dossier.ts';
import { Exchanges } from './exchange.tsx';
import { Inspectors } from './inspectors.tsx';
import { Papers } from './papers.tsx';
import { type Rectification, readOwnRectification } from './rectification.ts';
import { ScoreTable } from './score-table.tsx';
import { AcceptDraft, Speak } from './speak.tsx';
import { readAccepted } from './use-evidence.ts';
import { openToStatement, Vetoes } from './vetoes.tsx';
import './agency.css';

async function readAll(own: Own) {
  const [cycle, dossier, rectification] = await Promise.all([
    readYear(own.year),
    readOwnDossier(own),
    readOwnRectification(own),
  ]);
  const types = dossier && maySpeak(cycle, dossier) ? await readAccepted(own) : {};
  return { cycle, dossier, rectification, types };
}

/** What is open to the agency's word: the draft result, the announced one, or material that was put to it. */
function wordOn({ gate }: YearView, { status, score, answers, objections }: DossierView) {
  const open = [...answers, ...objections].find(({ verdict }) => !verdict);
  const material = open?.materials.find(({ outcome }) => !outcome);
  if (material) return { kind: 'material', material } as const;
  if (gate?.gate === 'answerDraftResults' && status === 'drafted' && score) {
    return { kind: 'draft', score } as const;
  }
  if (gate?.gate === 'receiveObjections' && status === 'announced' && score) {
    return { kind: 'objection', score } as const;
  }
  return undefined;
}

const maySpeak = (cycle: YearView, dossier: DossierView) =>
  wordOn(cycle, dossier) !== undefined || openToStatement(dossier).length > 0;

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
  const { year, filingNumber, score, submission, answers, objections, status } = dossier;
  const own = { year, filingNumber };
  return (
    <>
      {score && (
        <section aria-labelledby="score">
          <h2 id="score">{RESULT_TITLES[status] ?? '拟定结果'}</h2>
          {status === 'published' && <Papers own={own} paper="score-sheets" title="评分表" />}
          <ScoreTable
            score={score}
            claimed={submission?.claimed}
            reasons={dossier.draftResult?.items ?? []}
          />
        </section>
      )}
      <Vetoes own={own} cycle={cycle} dossier={dossier} types={types} onFiled={onChanged} />
      <Exchanges title="陈述申辩和答复" verdicts={ANSWER_VERDICTS} exchanges={answers} />
      <Exchanges title="异议和处理决定" verdicts={OBJECTION_VERDICTS} exchanges={objections} />
      <Word own={own} cycle={cycle} dossier={dossier} types={types} onFiled={onChanged} />
      <Inspectors own={own} dossier={dossier} onChanged={onChanged} />
      <Filed dossier={dossier} />
      <p>
        <Link to={`/work/years/${year}/files`}>佐证材料清单</Link>
      </p>
    </>
  );
}

const RESULT_TITLES: Partial<Record<DossierView['status'], string>> = {
  drafted: '初评结果',
  answered: '初评结果',
  heard: '初评结果',
  published: '评估结果',
};
const ANSWER_VERDICTS = { upheld: '采纳', rejected: '不采纳' } as const;
const OBJECTION_VERDICTS = { upheld: '异议成立', rejected: '异议不成立' } as const;

/** What the agency may say now. */
function Word(props: {
  own: Own;
  cycle: YearView;
  dossier: DossierView;
  types: Record<string, number>;
  onFiled: () => void;
}) {
  const { cycle, dossier, ...given } = props;
  const word = wordOn(cycle, dossier);
  const until = cycle.gate?.deadline ? `在 ${printedInstant(cycle.gate.deadline)} 前` : '';
  switch (word?.kind) {
    case 'draft':
      return (
        <>
          <Speak
            {...given}
            score={word.score}
            act="draft-result-answer"
            title="提出陈述申辩"
            about={`对初评结果中的事实有不同意见的，请${until}选择项目、写明理由并提交证明材料，由中心书面答复后再公示。`}
            reasonLabel="陈述申辩的理由"
            warning="提交后不能撤回或修改，答复将书面作出并发送消息。"
          />
          <AcceptDraft own={given.own} onFiled={given.onFiled} />
        </>
      );
    case 'objection':
      return (
        <Speak
          {...given}
          score={word.score}
          act="objections"
          title="提出异议"
          about={`对拟定星级有异议的，请${until}选择项目、写明理由并提交证明材料，由未参加本机构检查的负责人书面答复。没有异议的，无需办理。`}
          reasonLabel="异议理由"
          warning="提出后不能撤回或修改，处理决定将书面作出并发送消息。"
        />
      );
    case 'material':
      return (
        <Speak
          {...given}
          act="material-answer"
          title="说明新材料"
          about={`中心提出了新材料（见上），请在 ${printedInstant(word.material.answerBy)} 前说明。逾期未说明的，按现有材料处理。`}
          reasonLabel="说明内容"
          warning="提交后不能修改，中心将结合说明作出决定。"
        />
      );
    default:
      return null;
  }
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
          {commitment.name}（{commitment.position}），{printedDay(commitment.date)}
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
