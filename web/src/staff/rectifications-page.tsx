import { Alert } from 'antd';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import * as z from 'zod/mini';
import { gateDefinition } from '../../../shared/domain/gates.ts';
import { RECTIFICATION_STATUSES } from '../../../shared/domain/rectification.ts';
import { RECTIFICATION_RUN_STATUSES } from '../../../shared/domain/rectification-run.ts';
import { api } from '../session/api.ts';
import { usePerson } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { readYear, type WholeYear } from './cycle.ts';
import { Deliberate } from './deliberate.tsx';
import { type Filter, FilteredAgencies } from './filtered-agencies.tsx';
import {
  type RectificationLine,
  type RectificationYear,
  readRectificationLines,
  readRectificationYear,
} from './rectification.ts';
import { Deadline } from './tasks.tsx';
import { YearChoice } from './year-choice.tsx';
import './staff.css';

/** The agencies that failed a year: what each has to correct, by when, and how far it is. */
export function RectificationsPage() {
  return (
    <Page title="整改" lead="年度评估不合格机构的整改、复查、认定和处理建议。">
      <YearChoice
        among={({ status }) => status === 'published'}
        none="还没有公布过年度评估结果。结果公布后，不合格机构的整改会显示在这里。"
      >
        {(year) => <Rectifications key={year} year={year} />}
      </YearChoice>
    </Page>
  );
}

interface AtYear {
  cycle: WholeYear;
  run: RectificationYear | null;
  lines: RectificationLine[];
}

async function readAt(year: number): Promise<AtYear> {
  const [cycle, run] = await Promise.all([readYear(year), readRectificationYear(year)]);
  return { cycle, run, lines: run ? await readRectificationLines(year) : [] };
}

function Rectifications({ year }: { year: number }) {
  const [round, setRound] = useState(0);
  const [done, setDone] = useState<string>();
  const loaded = useLoaded(
    `rectifications ${year} ${round}`,
    useCallback(() => readAt(year), [year]),
  );
  const { role } = usePerson();
  const start = async () => {
    await api.post(`/cycles/${year}/rectification`, undefined, z.unknown());
    setDone(`${year} 年度整改已启动，整改通知书随即发出。`);
    setRound((count) => count + 1);
  };
  return (
    <>
      <div aria-live="polite">{done && <Alert type="success" showIcon title={done} />}</div>
      <Show of={loaded}>
        {(at) => (
          <>
            {at.run ? (
              <Standing run={at.run} />
            ) : (
              <Empty>{year} 年度没有整改：参评机构全部合格，或者整改尚未启动。</Empty>
            )}
            {at.run && <SetAside run={at.run} />}
            {at.lines.length > 0 && (
              <FilteredAgencies lines={at.lines} filters={FILTERS}>
                {(shown) => <Table year={year} lines={shown} />}
              </FilteredAgencies>
            )}
            {at.run?.draw && <Lots {...at} />}
            {role === 'handler' && at.run?.status !== 'open' && (
              <Deliberate
                title="启动整改"
                choices={[
                  {
                    value: 'start',
                    label: '启动整改',
                    what: '向尚未收到整改通知书的不合格机构发出通知书，整改期限随即起算；中止过的整改接着办理',
                  },
                ]}
                reasonTitle={false}
                send={start}
              />
            )}
          </>
        )}
      </Show>
    </>
  );
}

function Standing({ run }: { run: RectificationYear }) {
  const { year, status, gate, waiting } = run;
  return (
    <p className="lead">
      <span className={`status ${status}`}>{RECTIFICATION_RUN_STATUSES[status]}</span>
      {gate && (
        <>
          {' '}
          当前环节：<Link to={`/work/gates/${year}/${gate.gate}`}>{gateDefinition(gate.gate).title}</Link>
          {waiting > 0 && <>，尚待 {waiting} 家</>}。{gate.deadline && <Deadline at={gate.deadline} />}
        </>
      )}
    </p>
  );
}

/** Agencies that the others go on without: their data must be put right, then a handler starts the rectification again. */
function SetAside({ run: { setAside } }: { run: RectificationYear }) {
  if (setAside.length === 0) return null;
  const list = setAside.map(({ filingNumber, reason }) => `${filingNumber}：${reason}`).join('；');
  return (
    <Alert
      type="warning"
      showIcon
      title={`${setAside.length} 家机构因数据问题暂停整改`}
      description={`${list}。请报告管理员恢复数据；本次整改办结后，由经办人再次启动整改接着办理。`}
    />
  );
}

const FILTERS: readonly Filter<RectificationLine>[] = [
  { name: 'status', title: '整改状态', options: RECTIFICATION_STATUSES, read: ({ status }) => status },
];

function Table({ year, lines }: { year: number; lines: readonly RectificationLine[] }) {
  return (
    <table className="cards">
      <caption className="hidden">{year} 年度整改机构</caption>
      <thead>
        <tr>
          <th scope="col">机构名称</th>
          <th scope="col">机构备案号</th>
          <th scope="col">整改状态</th>
          <th scope="col">整改项目</th>
          <th scope="col">整改期限</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ filingNumber, name, status, items, corrected, deadline, awaits }) => (
          <tr key={filingNumber}>
            <th scope="row">
              <Link to={`/work/rectifications/${year}/${filingNumber}`}>{name}</Link>
            </th>
            <td data-title="机构备案号" className="code whole">
              {filingNumber}
            </td>
            <td data-title="整改状态">
              {RECTIFICATION_STATUSES[status]}
              {status === 'rechecking' && <small>（复查记录尚缺 {awaits.length} 份）</small>}
            </td>
            <td data-title="整改项目">
              共 {items.length} 项，已登记 {corrected} 项
            </td>
            <td data-title="整改期限">
              {status === 'notified' ? <Deadline at={deadline} /> : printedInstant(deadline)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Who re-checks whom, by which lot. */
function Lots({ cycle, run, lines }: AtYear) {
  const nameOf = (id: string) => cycle.inspectors.find((one) => one.id === id)?.name ?? id;
  const visits = run?.draw?.visits ?? [];
  if (visits.length === 0) return null;
  return (
    <section aria-labelledby="lots">
      <h2 id="lots">复查抽签</h2>
      <p>复查人员由本年度抽查的种子抽取，应当回避的不参加抽签。</p>
      <table className="cards">
        <caption className="hidden">复查抽签</caption>
        <thead>
          <tr>
            <th scope="col">机构</th>
            <th scope="col">复查人员</th>
            <th scope="col">签号</th>
          </tr>
        </thead>
        <tbody>
          {visits.map(({ filingNumber, lot, inspectors }) => (
            <tr key={filingNumber}>
              <th scope="row">
                {lines.find((line) => line.filingNumber === filingNumber)?.name ?? filingNumber}
              </th>
              <td data-title="复查人员">{inspectors.map(nameOf).join('、')}</td>
              <td data-title="签号" className="code">
                {lot.slice(0, 16)}…
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
