import { type ReactNode, useCallback, useId } from 'react';
import { Link } from 'react-router';
import { FILING_TYPES } from '../../../shared/domain/filing-types.ts';
import { printedDay } from '../ui/dates.ts';
import { isSought, useFilters } from '../ui/filters.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page, SampleMark } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { type Published, readCircular, readPublished, type StarRow, yearsWith } from './snapshots.ts';
import { StarChanges } from './star-changes.tsx';
import { StarTable } from './star-table.tsx';

type Chosen = ReturnType<typeof useFilters>['chosen'];

/** The stars of a year's circular, searched and filtered; what is chosen stands in the address. */
export function StarsPage() {
  const published = useLoaded('published', readPublished);
  return (
    <Page title="星级名单" lead="评估通报公布的三星级及以上机构。">
      <Show of={published}>{(all) => <Years published={all} />}</Show>
    </Page>
  );
}

function Years({ published }: { published: Published }) {
  const { chosen, choose } = useFilters();
  const search = useId();
  const years = yearsWith(published, 'circular');
  const [newest] = years;
  if (newest === undefined) return <Empty>还没有公布星级名单。通报签发后会在这里公布。</Empty>;
  const asked = Number(chosen('year'));
  const year = years.includes(asked) ? asked : newest;
  return (
    <>
      <search className="filters">
        <Choice label="年度" value={String(year)} onChange={(value) => choose('year', value)}>
          {years.map((one) => (
            <option key={one} value={one}>
              {one} 年度
            </option>
          ))}
        </Choice>
        <Choice label="星级" value={chosen('stars')} onChange={(value) => choose('stars', value)}>
          <option value="">全部</option>
          <option value="5">五星级</option>
          <option value="4">四星级</option>
          <option value="3">三星级</option>
        </Choice>
        <Choice label="备案类型" value={chosen('type')} onChange={(value) => choose('type', value)}>
          <option value="">全部</option>
          {Object.entries(FILING_TYPES).map(([type, title]) => (
            <option key={type} value={type}>
              {title}
            </option>
          ))}
        </Choice>
        <label htmlFor={search}>
          名称或备案号
          <input
            id={search}
            type="search"
            value={chosen('q')}
            onChange={({ target }) => choose('q', target.value)}
          />
        </label>
      </search>
      <StarsOf year={year} chosen={chosen} />
      <StarChanges matches={(agency) => isAmong(agency, chosen)} />
    </>
  );
}

function Choice(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  return (
    <label>
      {props.label}
      <select value={props.value} onChange={({ target }) => props.onChange(target.value)}>
        {props.children}
      </select>
    </label>
  );
}

function StarsOf({ year, chosen }: { year: number; chosen: Chosen }) {
  const load = useCallback(() => readCircular(year), [year]);
  const circular = useLoaded(`circular ${year}`, load);
  return (
    <Show of={circular}>
      {({ circular: { annex, sampleData, number }, correction }) => {
        const rows = annex.filter((row) => matches(row, chosen));
        const caption = `${year} 年度，共 ${annex.length} 家${rows.length < annex.length ? `，符合条件 ${rows.length} 家` : ''}`;
        return (
          <>
            {sampleData && <SampleMark />}
            {correction && (
              <p>
                本名单已于{printedDay(correction.publishedOn)}更正，
                <Link to={`/years/${year}/circular`}>查看更正内容</Link>。
              </p>
            )}
            {rows.length === 0 ? (
              <Empty>没有符合条件的机构。请放宽筛选条件后再试。</Empty>
            ) : (
              <StarTable caption={number ? `${caption}（${number}）` : caption} rows={rows} />
            )}
          </>
        );
      }}
    </Show>
  );
}

const matches = (row: StarRow, chosen: Chosen) =>
  (!chosen('stars') || Number(chosen('stars')) === row.stars) && isAmong(row, chosen);

/** By type, name or number, whatever the stars. */
const isAmong = (agency: Pick<StarRow, 'name' | 'filingNumber' | 'filingType'>, chosen: Chosen) =>
  (!chosen('type') || chosen('type') === agency.filingType) && isSought(agency, chosen('q'));
