import { useCallback } from 'react';
import { Link } from 'react-router';
import { DOSSIER_STATUSES } from '../../../shared/domain/dossier.ts';
import { FILING_TYPES } from '../../../shared/domain/filing-types.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { type DossierLine, readDossierLines } from './cycle.ts';
import { type Filter, FilteredAgencies } from './filtered-agencies.tsx';
import { YearChoice } from './year-choice.tsx';
import './staff.css';

/** All agencies of a year. */
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
  return (
    <Show of={lines}>
      {(all) =>
        all.length === 0 ? (
          <Empty>本年度还没有机构档案。</Empty>
        ) : (
          <FilteredAgencies lines={all} filters={FILTERS}>
            {(shown) => <Table year={year} lines={shown} />}
          </FilteredAgencies>
        )
      }
    </Show>
  );
}

const FILTERS: readonly Filter<DossierLine>[] = [
  { name: 'status', title: '状态', options: DOSSIER_STATUSES, read: ({ status }) => status },
  { name: 'type', title: '备案类型', options: FILING_TYPES, read: ({ filingType }) => filingType },
  {
    name: 'flagged',
    title: '预警',
    options: { yes: '有预警', no: '无预警' },
    read: ({ flags }) => (flags > 0 ? 'yes' : 'no'),
  },
];

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
            <td data-title="机构备案号" className="code whole">
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
