import { lazy, Suspense, useCallback, useMemo } from 'react';
import { Link } from 'react-router';
import { Moderation } from '../../../shared/domain/moderation.ts';
import { api } from '../session/api.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import type { BarChartProps } from './bar-chart.tsx';
import { readYear } from './cycle.ts';
import { YearChoice } from './year-choice.tsx';
import './staff.css';

/** How far apart inspectors are, and agencies' own scores from what was found: a picture and a table for each. */
export function ModerationPage() {
  return (
    <Page
      title="尺度分析"
      lead="督导员之间的差异和机构自评与检查的差异，供培训和统一尺度参考，不影响任何机构的得分。"
    >
      <YearChoice none="还没有启动过年度评估。">{(year) => <Figures key={year} year={year} />}</YearChoice>
    </Page>
  );
}

async function readFigures(year: number) {
  const [figures, { inspectors }] = await Promise.all([
    api.get(`/cycles/${year}/moderation`, Moderation),
    readYear(year),
  ]);
  return { figures, names: new Map(inspectors.map(({ id, name }) => [id, name])) };
}

function Figures({ year }: { year: number }) {
  const loaded = useLoaded(
    `moderation ${year}`,
    useCallback(() => readFigures(year), [year]),
  );
  return (
    <Show of={loaded}>
      {({ figures, names }) => (
        <>
          <Items figures={figures} />
          <Pairs figures={figures} nameOf={(id) => names.get(id) ?? id} />
          <Parts figures={figures} />
          <Agencies figures={figures} year={year} />
        </>
      )}
    </Show>
  );
}

const BarChart = lazy(() => import('./bar-chart.tsx'));

/** The library of pictures comes when there is something to draw; the table is there before it. */
function Chart({ title, unit, names, series }: BarChartProps) {
  // Drawn anew only when a figure changes.
  const key = JSON.stringify([names, series]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for both
  const drawn = useMemo(() => ({ names, series }), [key]);
  return (
    <Suspense fallback={<p className="same">正在绘图……</p>}>
      <BarChart title={title} unit={unit} {...drawn} />
    </Suspense>
  );
}

const COMPARED = ['比较项次', '不一致', '不一致比例', '平均相差'] as const;

function SpreadCells({
  of,
}: {
  of: Pick<Moderation['items'][number], 'compared' | 'differing' | 'percent' | 'points'>;
}) {
  return (
    <>
      <td data-title="比较项次">{of.compared}</td>
      <td data-title="不一致">{of.differing}</td>
      <td data-title="不一致比例">{of.percent}%</td>
      <td data-title="平均相差">{of.points} 分</td>
    </>
  );
}

const heads = (titles: readonly string[]) =>
  titles.map((title) => (
    <th key={title} scope="col">
      {title}
    </th>
  ));

function Items({ figures: { items, visits } }: { figures: Moderation }) {
  const seen = items.filter(({ compared }) => compared > 0);
  return (
    <section aria-labelledby="items">
      <h2 id="items">督导员之间：按项目</h2>
      {seen.length === 0 ? (
        <Empty>还没有双方记录都已提交的检查。两名督导员的记录齐备后，这里逐项显示差异。</Empty>
      ) : (
        <>
          <p>共 {visits} 次检查的记录已齐。任何差异都计入，不论是否在允许范围之内。</p>
          <Chart
            title="各项目督导员记录不一致的比例"
            unit="%"
            names={seen.map(({ code }) => code)}
            series={[{ name: '不一致比例', values: seen.map(({ percent }) => Number(percent)) }]}
          />
          <table className="cards">
            <caption>各项目督导员记录的差异</caption>
            <thead>
              <tr>{heads(['项目', ...COMPARED])}</tr>
            </thead>
            <tbody>
              {seen.map((item) => (
                <tr key={item.code}>
                  <th scope="row">
                    <b>{item.code}</b> {item.title}
                  </th>
                  <SpreadCells of={item} />
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

interface PairsProps {
  figures: Moderation;
  nameOf: (inspector: string) => string;
}

function Pairs({ figures: { pairs }, nameOf }: PairsProps) {
  const named = pairs.map((pair) => ({ ...pair, title: pair.inspectors.map(nameOf).join('、') }));
  return (
    <section aria-labelledby="pairs">
      <h2 id="pairs">督导员之间：按组合</h2>
      {named.length === 0 ? (
        <Empty>还没有可以比较的督导员组合。</Empty>
      ) : (
        <>
          <Chart
            title="各督导员组合记录不一致的比例"
            unit="%"
            names={named.map(({ title }) => title)}
            series={[{ name: '不一致比例', values: named.map(({ percent }) => Number(percent)) }]}
          />
          <table className="cards">
            <caption>各督导员组合记录的差异</caption>
            <thead>
              <tr>{heads(['督导员', '共同检查', ...COMPARED, '总分平均相差', '前者总分平均高出'])}</tr>
            </thead>
            <tbody>
              {named.map((pair) => (
                <tr key={pair.title}>
                  <th scope="row">{pair.title}</th>
                  <td data-title="共同检查">{pair.visits} 家次</td>
                  <SpreadCells of={pair} />
                  <td data-title="总分平均相差">{pair.totals} 分</td>
                  <td data-title="前者总分平均高出">{pair.leaning} 分</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function Parts({ figures: { parts, agencies } }: { figures: Moderation }) {
  return (
    <section aria-labelledby="parts">
      <h2 id="parts">自评与检查：按部分</h2>
      {agencies.length === 0 ? (
        <Empty>还没有检查办结的机构。检查办结后，这里比较自评和检查的得分率。</Empty>
      ) : (
        <>
          <Chart
            title="各部分自评和检查的得分率"
            unit="%"
            names={parts.map(({ code, title }) => `${code} ${title}`)}
            series={[
              { name: '自评', values: parts.map(({ selfPercent }) => Number(selfPercent)) },
              { name: '检查', values: parts.map(({ inspectedPercent }) => Number(inspectedPercent)) },
            ]}
          />
          <table className="cards">
            <caption>各部分自评和检查的得分率，共 {agencies.length} 家</caption>
            <thead>
              <tr>{heads(['部分', '自评', '检查'])}</tr>
            </thead>
            <tbody>
              {parts.map(({ code, title, selfPercent, inspectedPercent }) => (
                <tr key={code}>
                  <th scope="row">
                    <b>{code}</b> {title}
                  </th>
                  <td data-title="自评">{selfPercent}%</td>
                  <td data-title="检查">{inspectedPercent}%</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

/** In a picture, more lines than these are no help. */
const MOST_DRAWN = 20;

function Agencies({ figures: { agencies, parts }, year }: { figures: Moderation; year: number }) {
  if (agencies.length === 0) return null;
  const drawn = agencies.slice(0, MOST_DRAWN);
  return (
    <section aria-labelledby="agencies">
      <h2 id="agencies">自评与检查：按机构</h2>
      <Chart
        title={`自评高出检查最多的 ${drawn.length} 家机构`}
        unit="分"
        names={drawn.map(({ name }) => name)}
        series={[{ name: '自评高出检查', values: drawn.map(({ gap }) => Number(gap)) }]}
      />
      <table className="cards">
        <caption>各机构自评和检查的得分；各部分为自评 / 检查</caption>
        <thead>
          <tr>{heads(['机构', '自评', '检查', '自评高出', ...parts.map(({ code }) => code)])}</tr>
        </thead>
        <tbody>
          {agencies.map(({ filingNumber, name, self, inspected, gap, parts: own }) => (
            <tr key={filingNumber}>
              <th scope="row">
                <Link to={`/work/dossiers/${year}/${filingNumber}`}>{name}</Link>
              </th>
              <td data-title="自评">{self}</td>
              <td data-title="检查">{inspected}</td>
              <td data-title="自评高出">{gap}</td>
              {own.map((part) => (
                <td key={part.code} data-title={part.code}>
                  {part.self} / {part.inspected}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
