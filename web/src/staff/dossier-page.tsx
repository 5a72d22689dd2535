import { Alert } from 'antd';
import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import { ACTION_TITLES } from '../../../shared/domain/action-titles.ts';
import { FilingNumber, NATURES, printedTerm } from '../../../shared/domain/agency.ts';
import { DOSSIER_STATUSES } from '../../../shared/domain/dossier.ts';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import { FILING_TYPES } from '../../../shared/domain/filing-types.ts';
import { printedInstant } from '../ui/dates.ts';
import { useLoaded } from '../ui/loading.ts';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import type { AtDossier } from './act.ts';
import { CheckedHistory } from './checked-history.tsx';
import { readYear } from './cycle.ts';
import { dossierPath, readDossier, type StaffDossier } from './dossier.ts';
import { DossierActs } from './dossier-acts.tsx';
import { EvidenceViewer } from './evidence-viewer.tsx';
import { Flags } from './flags.tsx';
import { ItemTables } from './item-table.tsx';
import { Exchanges, Recusals } from './requests.tsx';
import { Vetoes } from './vetoes.tsx';
import './staff.css';

/** Everything about one agency in a year, and what whoever looks may do about it now. */
export function DossierPage() {
  const { year = '', filingNumber = '' } = useParams();
  const isOne = /^\d{4}$/.test(year) && FilingNumber.safeParse(filingNumber).success;
  return isOne ? <Dossier key={`${year} ${filingNumber}`} {...{ year, filingNumber }} /> : <NotFoundPage />;
}

function Dossier({ year, filingNumber }: { year: string; filingNumber: string }) {
  const [round, setRound] = useState(0);
  const [done, setDone] = useState<string>();
  const load = useCallback(async () => {
    const [cycle, dossier] = await Promise.all([readYear(year), readDossier(year, filingNumber)]);
    return { cycle, dossier };
  }, [year, filingNumber]);
  const loaded = useLoaded(`dossier ${year} ${filingNumber} ${round}`, load);
  const again = (said: string) => {
    setDone(said);
    setRound((count) => count + 1);
  };
  const title = loaded.state === 'ready' ? loaded.value.dossier.agency.name : filingNumber;
  return (
    <Page title={title} lead={`${year} 年度评估档案，机构备案号 ${filingNumber}`}>
      <div aria-live="polite">{done && <Alert type="success" showIcon title={done} />}</div>
      <Show of={loaded}>{(at) => <Whole {...at} onDone={again} />}</Show>
      <p>
        <Link to={`/work/dossiers?year=${year}`}>返回评估档案</Link>
      </p>
    </Page>
  );
}

function Whole({ cycle, dossier, onDone }: AtDossier) {
  const [file, setFile] = useState<EvidenceRef>();
  const names = new Map(cycle.inspectors.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  return (
    <div className={file ? 'with-viewer' : undefined}>
      <div>
        <About dossier={dossier} nameOf={nameOf} />
        <Flags dossier={dossier} />
        <Exchanges id="answers" dossier={dossier} onOpen={setFile} />
        <Exchanges id="objections" dossier={dossier} onOpen={setFile} />
        <Vetoes {...{ cycle, dossier, onDone }} onOpen={setFile} />
        <Recusals dossier={dossier} nameOf={nameOf} />
        <DossierActs
          {...{ cycle, dossier, onDone, nameOf }}
          table={(below) => (
            <ItemTables rubric={cycle.rubric} {...{ dossier, nameOf, below }} onOpen={setFile} />
          )}
        />
        <CheckedHistory
          chain={`CYCLE#${dossier.year}#DOSSIER/${dossier.filingNumber}`}
          lines={dossier.history}
          titles={ACTION_TITLES}
        />
      </div>
      {file && (
        <EvidenceViewer
          key={file.id}
          dossier={dossierPath(dossier.year, dossier.filingNumber)}
          file={file}
          onClose={() => setFile(undefined)}
        />
      )}
    </div>
  );
}

function About({ dossier, nameOf }: { dossier: StaffDossier; nameOf: (id: string) => string }) {
  const { agency, status, leftOut, submission, returnedFor, visit, score, setAside, revoked } = dossier;
  const facts: [string, string | undefined][] = [
    ['状态', DOSSIER_STATUSES[status]],
    ['不参评原因', leftOut?.reason],
    ['数据问题', setAside?.reason],
    ['备案类型', FILING_TYPES[agency.filingType]],
    ['机构性质', NATURES[agency.nature]],
    ['备案期限', printedTerm(agency.filingTerm)],
    ['县区', agency.county],
    ['退回原因', status === 'collecting' ? returnedFor : undefined],
    [
      '自评',
      submission &&
        `${submission.claimed} 分，${submission.commitment.name}（${submission.commitment.position}）于 ${printedInstant(submission.at)} 提交`,
    ],
    ['自评材料摘要', submission?.digest],
    ['督导员', visit?.inspectors.map(nameOf).join('、')],
    ['抽中方式', visit?.reasons.join('、')],
    ['得分', score && `${score.total} 分，${score.result}`],
    ['一票否决', score?.vetoes.map(({ title, finding }) => `${title}：${finding}`).join('；') || undefined],
    ['撤销星级', revoked],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([title, value]) =>
          value && (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
