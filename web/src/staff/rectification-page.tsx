import { Alert, Button } from 'antd';
import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import * as z from 'zod/mini';
import { FilingNumber } from '../../../shared/domain/agency.ts';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import { RECTIFICATION_STATUSES, RECTIFICATION_TITLES } from '../../../shared/domain/rectification.ts';
import { api } from '../session/api.ts';
import { usePerson } from '../session/person.ts';
import { printedDay, printedInstant } from '../ui/dates.ts';
import { useLoaded } from '../ui/loading.ts';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { CheckedHistory } from './checked-history.tsx';
import { readYear, type WholeYear } from './cycle.ts';
import { Deliberate } from './deliberate.tsx';
import { dossierPath } from './dossier.ts';
import { EvidenceViewer } from './evidence-viewer.tsx';
import {
  type RectificationView,
  type RectificationYear,
  type RectifiedItem,
  readRectification,
  readRectificationYear,
  rectificationPath,
} from './rectification.ts';
import './staff.css';

/** One agency's rectification: item by item what was corrected and what the re-check says, and the verdict. */
export function StaffRectificationPage() {
  const { year = '', filingNumber = '' } = useParams();
  const isOne = /^\d{4}$/.test(year) && FilingNumber.safeParse(filingNumber).success;
  return isOne ? <One key={`${year} ${filingNumber}`} {...{ year, filingNumber }} /> : <NotFoundPage />;
}

interface At {
  cycle: WholeYear;
  run: RectificationYear | null;
  view: RectificationView;
}

function One({ year, filingNumber }: { year: string; filingNumber: string }) {
  const [round, setRound] = useState(0);
  const [done, setDone] = useState<string>();
  const load = useCallback(async (): Promise<At> => {
    const [cycle, run, view] = await Promise.all([
      readYear(year),
      readRectificationYear(year),
      readRectification(year, filingNumber),
    ]);
    return { cycle, run, view };
  }, [year, filingNumber]);
  const loaded = useLoaded(`rectification ${year} ${filingNumber} ${round}`, load);
  const again = (said: string) => {
    setDone(said);
    setRound((count) => count + 1);
  };
  const title = loaded.state === 'ready' ? loaded.value.view.agency.name : filingNumber;
  return (
    <Page title={title} lead={`${year} 年度整改，机构备案号 ${filingNumber}`}>
      <div aria-live="polite">{done && <Alert type="success" showIcon title={done} />}</div>
      <Show of={loaded}>{(at) => <Whole {...at} onDone={again} />}</Show>
      <p>
        <Link to={`/work/rectifications?year=${year}`}>返回整改</Link>
      </p>
    </Page>
  );
}

function Whole({ cycle, run, view, onDone }: At & { onDone: (said: string) => void }) {
  const [file, setFile] = useState<EvidenceRef>();
  const nameOf = (id: string) => cycle.inspectors.find((one) => one.id === id)?.name ?? id;
  return (
    <div className={file ? 'with-viewer' : undefined}>
      <div>
        <About view={view} nameOf={nameOf} />
        <Items view={view} nameOf={nameOf} onOpen={setFile} />
        <Verdict run={run} view={view} onDone={onDone} />
        <CheckedHistory
          chain={`RECTIFICATION#${view.year}#AGENCY/${view.filingNumber}`}
          lines={view.history}
          titles={RECTIFICATION_TITLES}
        />
      </div>
      {file && (
        <EvidenceViewer
          key={file.id}
          dossier={dossierPath(view.year, view.filingNumber)}
          file={file}
          onClose={() => setFile(undefined)}
        />
      )}
    </div>
  );
}

const VERDICTS = { passed: '整改合格', failedAgain: '整改不合格' } as const;

function About({ view, nameOf }: { view: RectificationView; nameOf: (id: string) => string }) {
  const { status, deadline, items, submission, recheck, verdict } = view;
  const corrected = items.filter(({ correction }) => correction).length;
  const representatives = Object.entries(recheck?.records ?? {}).map(
    ([id, { visitedOn, representative }]) =>
      `${nameOf(id)}（${printedDay(visitedOn)}）：机构代表${representative.name}${
        representative.agrees ? '无不同意见' : `的意见为“${representative.statement ?? ''}”`
      }`,
  );
  const facts: [string, string | undefined][] = [
    ['整改状态', RECTIFICATION_STATUSES[status]],
    ['整改期限', printedInstant(deadline)],
    ['整改项目', `共 ${items.length} 项，机构已登记 ${corrected} 项`],
    [
      '机构提交',
      submission &&
        `${submission.commitment.name}（${submission.commitment.position}）于 ${printedInstant(submission.at)} 签署提交`,
    ],
    ['复查人员', recheck?.inspectors.map(nameOf).join('、')],
    ['复查记录', representatives.join('；') || undefined],
    ['认定结果', verdict && `${VERDICTS[verdict.verdict]}：${verdict.reason}`],
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

interface ItemsProps {
  view: RectificationView;
  nameOf: (id: string) => string;
  onOpen: (file: EvidenceRef) => void;
}

function Items({ view, ...rest }: ItemsProps) {
  return (
    <table className="cards compare">
      <caption>整改项目</caption>
      <thead>
        <tr>
          <th scope="col">项目</th>
          <th scope="col">发现的问题和要求</th>
          <th scope="col">机构整改</th>
          <th scope="col">复查</th>
        </tr>
      </thead>
      <tbody>
        {view.items.map((item) => (
          <tr key={item.code} id={`item-${item.code}`}>
            <th scope="row">
              <b>{item.code}</b> {item.title}
            </th>
            <td data-title="发现的问题和要求">
              <span className="line">{item.found}</span>
              <small>要求：{item.required}</small>
            </td>
            <td data-title="机构整改">
              <Corrected item={item} onOpen={rest.onOpen} />
            </td>
            <td data-title="复查">
              <Checks code={item.code} view={view} nameOf={rest.nameOf} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Corrected({ item, onOpen }: { item: RectifiedItem; onOpen: (file: EvidenceRef) => void }) {
  const { owner, due, correction } = item;
  return (
    <>
      {owner && (
        <small>
          责任人：{owner}，期限 {due && printedDay(due)}
        </small>
      )}
      {correction ? (
        <>
          <span className="line">{correction.statement}</span>
          {correction.evidence.map((file) => (
            <Button key={file.id} type="link" size="small" className="file" onClick={() => onOpen(file)}>
              {file.fileName}
            </Button>
          ))}
        </>
      ) : (
        <span className="same">未登记整改</span>
      )}
    </>
  );
}

/** What each inspector says of an item; an item is closed when all who were sent say so. */
function Checks({ code, view, nameOf }: { code: string } & Pick<ItemsProps, 'view' | 'nameOf'>) {
  const { recheck } = view;
  if (!recheck) return <span className="same">未复查</span>;
  return recheck.inspectors.map((id) => {
    const check = recheck.records[id]?.checks.find(({ item }) => item === code);
    return (
      <span key={id} className={check && !check.closed ? 'line differs' : 'line'}>
        {nameOf(id)}：{check ? `${check.closed ? '已整改' : '未整改到位'}，${check.reason}` : '未提交记录'}
      </span>
    );
  });
}

/** The approver's verdict, while the run waits for it. */
function Verdict({ run, view, onDone }: Omit<At, 'cycle'> & { onDone: (said: string) => void }) {
  const { role, id } = usePerson();
  const { year, filingNumber, status, openItems, recheck } = view;
  const waits =
    run?.gate?.gate === 'decideRectifications' && (status === 'rechecked' || status === 'overdue');
  if (role !== 'approver' || !waits) return null;
  if (recheck?.inspectors.includes(id)) {
    return <Alert type="info" showIcon title="您参加了该机构的复查，整改结果由其他负责人认定" />;
  }
  const give = async (verdict: keyof typeof VERDICTS, reason: string) => {
    const body = { verdict, reason };
    await api.post(`${rectificationPath(year, filingNumber)}/verdict`, body, z.unknown());
    onDone(`已认定：${VERDICTS[verdict]}。`);
  };
  const failed = {
    value: 'failedAgain' as const,
    label: VERDICTS.failedAgain,
    what: '报主任签发处理建议，由备案机关处理',
  };
  const passed = {
    value: 'passed' as const,
    label: VERDICTS.passed,
    what: '该机构整改办结；原评估星级不变',
  };
  return (
    <>
      {openItems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`尚有 ${openItems.length} 项未通过复查：${openItems.join('、')}`}
          description="有项目未通过复查的，不能认定为整改合格。"
        />
      )}
      <Deliberate
        title="认定整改结果"
        choices={openItems.length > 0 ? [failed] : [passed, failed]}
        send={give}
      />
    </>
  );
}
