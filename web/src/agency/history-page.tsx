/** The agency's stars and points through the published years. */
import { useCallback } from 'react';
import { Link } from 'react-router';
import * as z from 'zod/mini';
import { api } from '../session/api.ts';
import { usePerson } from '../session/person.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { Stars } from '../ui/stars.tsx';
import './agency.css';

const Item = z.object({
  code: z.string(),
  title: z.string(),
  outcome: z.enum(['scored', 'notScored', 'notApplicable']),
  earned: z.string(),
  possible: z.string(),
});
const Year = z.looseObject({
  year: z.int(),
  statusTitle: z.string(),
  leftOut: z.nullable(z.string()),
  stars: z.nullable(z.int()),
  result: z.nullable(z.string()),
  total: z.nullable(z.string()),
  revoked: z.nullable(z.string()),
  items: z.array(Item),
});
type Year = z.infer<typeof Year>;
const Years = z.looseObject({ years: z.array(Year) });

export function HistoryPage() {
  const { agency = '' } = usePerson();
  const load = useCallback(() => api.get(`/agencies/${agency}/years`, Years), [agency]);
  const loaded = useLoaded(`history ${agency}`, load);
  return (
    <Page title="历年星级" lead="已公布年度的结果和各项得分，可以对照各项的变化。">
      <Show of={loaded}>
        {({ years }) =>
          years.length === 0 ? (
            <Empty>还没有已公布的年度结果。通报公布后会在这里显示。</Empty>
          ) : (
            <>
              <Results years={years.toReversed()} />
              <Items years={years.filter(({ items }) => items.length > 0)} />
            </>
          )
        }
      </Show>
    </Page>
  );
}

function Results({ years }: { years: readonly Year[] }) {
  return (
    <table className="cards">
      <caption>各年度结果</caption>
      <thead>
        <tr>
          <th scope="col">年度</th>
          <th scope="col">结果</th>
          <th scope="col" className="amount">
            总分
          </th>
          <th scope="col">说明</th>
        </tr>
      </thead>
      <tbody>
        {years.map(({ year, stars, result, total, revoked, leftOut, statusTitle }) => (
          <tr key={year}>
            <th scope="row">
              <Link to={`/work/years/${year}`}>{year} 年度</Link>
            </th>
            <td data-title="结果">
              {stars !== null && result !== null ? <Stars stars={stars} result={result} /> : statusTitle}
            </td>
            <td data-title="总分" className="amount">
              {total ?? '无'}
            </td>
            <td data-title="说明">{revoked ? `星级已撤销：${revoked}` : (leftOut ?? '无')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Items by their titles: a code may stand for another item in another year's rubric. */
function Items({ years }: { years: readonly Year[] }) {
  if (years.length === 0) return null;
  const rows = new Map<string, Map<number, string>>();
  for (const { year, items } of years) {
    for (const { title, outcome, earned, possible } of items) {
      const row = rows.get(title) ?? new Map<number, string>();
      row.set(year, outcome === 'notApplicable' ? '不适用' : `${earned} / ${possible}`);
      rows.set(title, row);
    }
  }
  return (
    // A table wider than the page is moved inside its own frame, with the keyboard as well.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable
    <section className="wide" aria-label="各项得分的变化" tabIndex={0}>
      <table>
        <caption>各项得分的变化</caption>
        <thead>
          <tr>
            <th scope="col">项目</th>
            {years.map(({ year }) => (
              <th key={year} scope="col" className="amount">
                {year} 年度
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows].map(([title, points]) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              {years.map(({ year }) => (
                <td key={year} className="amount">
                  {points.get(year) ?? '未设该项'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
