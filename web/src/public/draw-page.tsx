import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { DrawRecord } from '../../../shared/domain/draw-record.ts';
import { type DrawVerdict, verifyDraw } from '../../../shared/domain/verify-draw.ts';
import { useLoaded } from '../ui/loading.ts';
import { Notice } from '../ui/notice.tsx';
import { Empty, Page, SampleMark } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { readPublished, readSnapshot, yearsWith } from './snapshots.ts';
import { filingTypeTitle } from './star-table.tsx';

/** The draw of a year, made again on the reader's own machine from the published record. */
export function DrawPage() {
  const published = useLoaded('published', readPublished);
  const [params, setParams] = useSearchParams();
  return (
    <Page
      title="抽签复核"
      lead="抽签种子的摘要在机构自评开始前随通知公布，种子随抽查方案公布。任何人都可以用公布的记录重新抽签，结果应当完全相同。"
    >
      <Show of={published}>
        {(all) => {
          const years = yearsWith(all, 'draw');
          const [newest] = years;
          if (newest === undefined) return <Empty>还没有公布抽查方案。</Empty>;
          const asked = Number(params.get('year'));
          const year = years.includes(asked) ? asked : newest;
          return (
            <>
              <div className="filters">
                <label>
                  年度
                  <select value={year} onChange={({ target }) => setParams({ year: target.value })}>
                    {years.map((one) => (
                      <option key={one} value={one}>
                        {one} 年度
                      </option>
                    ))}
                  </select>
                </label>
              </div>
              <Draw key={year} year={year} />
            </>
          );
        }}
      </Show>
    </Page>
  );
}

async function readDraw(year: number) {
  const [record, notice] = await Promise.all([readSnapshot(year, 'draw'), readSnapshot(year, 'notice')]);
  return { record, sampleData: record.sampleData, committed: notice.commitment };
}

function Draw({ year }: { year: number }) {
  const load = useCallback(() => readDraw(year), [year]);
  return (
    <Show of={useLoaded(`draw ${year}`, load)}>
      {({ record, committed, sampleData }) => (
        <>
          {sampleData && <SampleMark />}
          <Recomputation record={record} committed={committed} />
          <Visits record={record} />
        </>
      )}
    </Show>
  );
}

export function Recomputation({ record, committed }: { record: DrawRecord; committed: string }) {
  const [verdict, setVerdict] = useState<DrawVerdict>();
  return (
    <section aria-labelledby="recompute">
      <h2 id="recompute">重新抽签</h2>
      <dl className="facts">
        <div>
          <dt>通知公布的摘要</dt>
          <dd className="code">{committed}</dd>
        </div>
        <div>
          <dt>方案公布的种子</dt>
          <dd className="code">{record.seed}</dd>
        </div>
      </dl>
      <button type="button" className="push main" onClick={() => setVerdict(verifyDraw(record, committed))}>
        在本机重新计算
      </button>
      <div aria-live="polite" className="outcome">
        {verdict && (
          <Notice
            tone={verdict.outcome === 'holds' ? 'success' : 'error'}
            title={verdict.outcome === 'holds' ? '复核一致' : '复核不一致'}
          >
            {verdict.message}
          </Notice>
        )}
      </div>
    </section>
  );
}

export function Visits({ record }: { record: DrawRecord }) {
  const names = new Map(record.inspectors.map(({ id, name }) => [id, name]));
  return (
    <section aria-labelledby="visits">
      <h2 id="visits">抽中的机构</h2>
      <table className="cards">
        <caption>
          参加抽签 {record.agencies.length} 家，抽中 {record.visits.length} 家，按签号排列
        </caption>
        <thead>
          <tr>
            <th scope="col">机构备案号</th>
            <th scope="col">备案类型</th>
            <th scope="col">抽中方式</th>
            <th scope="col">检查人员</th>
            <th scope="col">签号</th>
          </tr>
        </thead>
        <tbody>
          {record.visits.map(({ filingNumber, filingType, reasons, inspectors, lot }) => (
            <tr key={filingNumber}>
              <th scope="row" className="code">
                {filingNumber}
              </th>
              <td data-title="备案类型">{filingTypeTitle(filingType)}</td>
              <td data-title="抽中方式">{reasons.join('、')}</td>
              <td data-title="检查人员">{inspectors.map((id) => names.get(id) ?? id).join('、')}</td>
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
