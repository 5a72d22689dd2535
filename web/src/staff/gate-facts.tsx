import { useCallback } from 'react';
import { Link } from 'react-router';
import { DOSSIER_STATUSES } from '../../../shared/domain/dossier.ts';
import { type GateName, runOf } from '../../../shared/domain/gates.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { CircularPreview } from './circular-preview.tsx';
import { Contradictions } from './contradictions.tsx';
import { CorrectionYear } from './correction.ts';
import { CorrectionFacts } from './correction-facts.tsx';
import type { DossierLine, WholeYear } from './cycle.ts';
import type { AtGate } from './gate-page.tsx';
import { readManuscript } from './manuscript.ts';
import { progressAt } from './progress.ts';
import { RectificationFacts } from './rectification-facts.tsx';

/** What somebody should have before their eyes when they decide at a gate. */
export function GateFacts({ gate, run, year, lines, rectifications }: AtGate) {
  if (rectifications.length > 0) return <RectificationFacts year={run.year} lines={rectifications} />;
  if (runOf(gate) === 'correction') return <CorrectionFacts run={CorrectionYear.parse(run)} />;
  if (!year) return null;
  switch (gate) {
    case 'prepareNotice':
    case 'approveNotice':
      return (
        <>
          <NoticeFacts {...year} />
          <p>
            <Link to={`/work/settings?year=${year.year}`}>查看评估设置、督导员和评分标准</Link>
          </p>
        </>
      );
    case 'approvePlan':
      return (
        year.draw && (
          <p>
            已按承诺的种子抽取现场检查对象 {year.draw.visits} 家。
            <Link to={`/work/draw?year=${year.year}`}>查看抽签记录并在本机复核</Link>
          </p>
        )
      );
    case 'reviewScores':
      return <Scores lines={lines} />;
    case 'prepareCircular':
    case 'signCircular':
      return year.history.some(({ type }) => type === 'circularDrafted') ? (
        <ToSign year={year.year} />
      ) : (
        <Empty>还没有起草通报。</Empty>
      );
    default:
      return <Open gate={gate} year={year.year} lines={lines} />;
  }
}

/** What is signed: the page itself, and the numbers in it that somebody let stand against the data. */
function ToSign({ year }: { year: number }) {
  const loaded = useLoaded(
    `circular ${year}`,
    useCallback(() => readManuscript(year), [year]),
  );
  return (
    <Show of={loaded}>
      {(at) => (
        <>
          <p>
            <Link to={`/work/circular?year=${year}`}>查看文稿、数据和附件名单</Link>
          </p>
          <Contradictions manuscript={at.manuscript} mayExplain={false} onExplained={() => undefined} />
          <CircularPreview {...at} />
        </>
      )}
    </Show>
  );
}

const month = (text: string) => text.replace(/^(\d{4})-0?(\d{1,2})$/, '$1年$2月');

function NoticeFacts({ notice, settings, inspectors }: WholeYear) {
  const { sampling, exclusions } = settings;
  const facts: [string, string][] = [
    ['发文单位', settings.centre],
    ['主送', settings.recipients],
    ['发文字号', settings.documents.notice ?? '未编号'],
    ['参评机构', notice ? `${notice.eligible} 家` : '尚未统计'],
    ['不参评机构', notice ? `${notice.leftOut} 家，其中列明除外 ${exclusions.length} 家` : '尚未统计'],
    ['备案期满一年', notice ? `截至 ${month(notice.referenceMonth)}末` : '以通知当月为准'],
    ['自评期限', `${settings.selfEvaluationWorkingDays} 个工作日`],
    ['现场检查期限', `${settings.visitWorkingDays} 个工作日`],
    [
      '抽查比例',
      `每类 ${sampling.percent}%，合计不少于 ${sampling.atLeast} 家，每家 ${settings.inspectorsPerVisit} 人`,
    ],
    ['公示期限', `${settings.announcementWorkingDays} 个工作日`],
    ['督导员', `${inspectors.length} 名`],
    ['抽签种子的摘要', notice?.commitment ?? '尚未生成'],
  ];
  return (
    <dl className="facts">
      {facts.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Scores and proposed stars, the agencies in their groups. */
function Scores({ lines }: { lines: readonly DossierLine[] }) {
  const scored = lines.filter(({ score }) => score !== null);
  if (scored.length === 0) return <Empty>还没有评分结果。</Empty>;
  return (
    <table className="cards">
      <caption>评分结果，共 {scored.length} 家</caption>
      <thead>
        <tr>
          <th scope="col">机构名称</th>
          <th scope="col">机构备案号</th>
          <th scope="col">依据</th>
          <th scope="col">得分</th>
          <th scope="col">拟定星级</th>
        </tr>
      </thead>
      <tbody>
        {scored.map(({ filingNumber, name, inspectors, score }) => (
          <tr key={filingNumber}>
            <th scope="row">{name}</th>
            <td data-title="机构备案号" className="code">
              {filingNumber}
            </td>
            <td data-title="依据">{inspectors.length > 0 ? '现场检查' : '材料复核'}</td>
            <td data-title="得分" className="number">
              {score?.total}
            </td>
            <td data-title="拟定星级">{score?.result}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const OPEN_STATUS: Partial<Record<GateName, DossierLine['status']>> = {
  collectSelfEvaluations: 'collecting',
  reviewAtDesk: 'submitted',
  inspectOnSite: 'visiting',
  answerDraftResults: 'drafted',
  receiveObjections: 'objected',
};

/** Whose record a gate still waits for. */
function Open({ gate, year, lines }: { gate: GateName; year: number; lines: readonly DossierLine[] }) {
  const progress = progressAt(gate, lines);
  const status = OPEN_STATUS[gate];
  const open = lines.filter((line) => line.status === status);
  return (
    <>
      {progress && <p>{progress.text}。</p>}
      {status && open.length > 0 && (
        <>
          <h2>
            {DOSSIER_STATUSES[status]}（{open.length} 家）
          </h2>
          <ul className="plain">
            {open.map(({ filingNumber, name }) => (
              <li key={filingNumber}>
                <Link to={`/work/dossiers/${year}/${filingNumber}`}>{name}</Link>{' '}
                <span className="code">{filingNumber}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
