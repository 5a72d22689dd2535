import { useCallback } from 'react';
import { Link, useSearchParams } from 'react-router';
import { DOSSIER_STATUSES } from '../../../shared/domain/dossier.ts';
import { FILING_TYPES } from '../../../shared/domain/filing-types.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { type DossierLine, readDossierLines } from './cycle.ts';
import { YearChoice } from './year-choice.tsx';
import './staff.css';

/** All agencies of a year. What is filtered by stands in the address, so that it can be kept, shared and gone back to. */
export function DossiersPage() {
  return (
    <Page title="评估档案" lead="各机构在本年度的自评、复核、检查和计分情况。">
      <YearChoice none="还没有启动过年度评估。">{(year) => <Dossiers key={year} year={year} />}</YearChoice>
    </Page>
  );
}

function Dossiers({ year }: { year: number }) {
  const lines = useLoaded(
    `dossiers ${year}`,
    useCallback(() => readDossierLines(year), [year]),
  );
  return <Show of={lines}>{(all) => <Filtered year={year} all={all} />}</Show>;
}

const FLAGGED = { yes: '有预警', no: '无预警' } as const;

function Filtered({ year, all }: { year: number; all: readonly DossierLine[] }) {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string) =>
    setParams(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  const shown = all.filter((line) => fits(line, params));
  return (
    <>
      <search className="filters">
        <label>
          名称或备案号
          <input
            className="cell-input"
            value={params.get('q') ?? ''}
            onChange={({ target }) => set('q', target.value)}
          />
        </label>
        <Filter name="status" title="状态" options={DOSSIER_STATUSES} set={set} />
        <Filter name="type" title="备案类型" options={FILING_TYPES} set={set} />
        <Filter name="flagged" title="预警" options={FLAGGED} set={set} />
      </search>
      <p role="status">
        共 {all.length} 家，符合条件 {shown.length} 家
      </p>
      {shown.length === 0 ? (
        <Empty>{all.length === 0 ? '本年度还没有机构档案。' : '没有符合条件的机构，请调整筛选条件。'}</Empty>
      ) : (
        <Table year={year} lines={shown} />
      )}
    </>
  );
}

function fits({ name, filingNumber, status, filingType, flags }: DossierLine, params: URLSearchParams) {
  const text = (params.get('q') ?? '').trim();
  const wanted = (key: string, value: string) => !params.get(key) || params.get(key) === value;
  return (
    (name.includes(text) || filingNumber.includes(text.toUpperCase())) &&
    wanted('status', status) &&
    wanted('type', filingType) &&
    wanted('flagged', flags > 0 ? 'yes' : 'no')
  );
}

interface FilterProps {
  name: string;
  title: string;
  options: Readonly<Record<string, string>>;
  set: (name: string, value: string) => void;
}

function Filter({ name, title, options, set }: FilterProps) {
  const [params] = useSearchParams();
  return (
    <label>
      {title}
      <select value={params.get(name) ?? ''} onChange={({ target }) => set(name, target.value)}>
        <option value="">全部</option>
        {Object.entries(options).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function Table({ year, lines }: { year: number; lines: readonly DossierLine[] }) {
  return (
    <table className="cards">
      <caption className="hidden">{year} 年度评估档案</caption>
      <thead>
        <tr>
          <th scope="col">机构名称</th>
          <th scope="col">机构备案号</th>
          <th scope="col">备案类型</th>
          <th scope="col">状态</th>
          <th scope="col">预警</th>
          <th scope="col">得分</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ filingNumber, name, filingType, status, flags, score, setAside }) => (
          <tr key={filingNumber}>
            <th scope="row">
              <Link to={`/work/dossiers/${year}/${filingNumber}`}>{name}</Link>
            </th>
            <td data-title="机构备案号" className="code">
              {filingNumber}
            </td>
            <td data-title="备案类型">{FILING_TYPES[filingType]}</td>
            <td data-title="状态">
              {DOSSIER_STATUSES[status]}
              {setAside && <span className="warned">（数据问题）</span>}
            </td>
            <td data-title="预警">{flags > 0 ? `${flags} 条` : '无'}</td>
            <td data-title="得分">{score ? `${score.total}（${score.result}）` : '未计分'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
