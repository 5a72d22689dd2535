import type { ReactNode } from 'react';
import { isSought, useFilters } from '../ui/filters.ts';
import { Empty } from '../ui/page.tsx';

/** One choice among the values that agencies have of something. */
export interface Filter<L> {
  /** In the address. */
  name: string;
  title: string;
  options: Readonly<Record<string, string>>;
  read: (line: L) => string;
}

interface FilteredProps<L> {
  lines: readonly L[];
  filters: readonly Filter<L>[];
  children: (shown: readonly L[]) => ReactNode;
}

/** A list of agencies with its filters. */
export function FilteredAgencies<L extends { name: string; filingNumber: string }>(props: FilteredProps<L>) {
  const { lines, filters, children } = props;
  const { chosen, choose } = useFilters();
  const shown = lines.filter(
    (line) =>
      isSought(line, chosen('q')) &&
      filters.every(({ name, read }) => !chosen(name) || chosen(name) === read(line)),
  );
  return (
    <>
      <search className="filters">
        <label>
          名称或备案号
          <input
            className="cell-input"
            value={chosen('q')}
            onChange={({ target }) => choose('q', target.value)}
          />
        </label>
        {filters.map(({ name, title, options }) => (
          <label key={name}>
            {title}
            <select value={chosen(name)} onChange={({ target }) => choose(name, target.value)}>
              <option value="">全部</option>
              {Object.entries(options).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        ))}
      </search>
      <p role="status">
        共 {lines.length} 家，符合条件 {shown.length} 家
      </p>
      {shown.length === 0 ? <Empty>没有符合条件的机构，请调整筛选条件。</Empty> : children(shown)}
    </>
  );
}
