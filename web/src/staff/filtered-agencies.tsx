import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
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

/** A list of agencies with its filters. What is filtered by stands in the address, so that it can be kept, shared and gone back to. */
export function FilteredAgencies<L extends { name: string; filingNumber: string }>(props: FilteredProps<L>) {
  const { lines, filters, children } = props;
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
  const text = (params.get('q') ?? '').trim();
  const shown = lines.filter(
    (line) =>
      (line.name.includes(text) || line.filingNumber.includes(text.toUpperCase())) &&
      filters.every(({ name, read }) => !params.get(name) || params.get(name) === read(line)),
  );
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
        {filters.map(({ name, title, options }) => (
          <label key={name}>
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
        ))}
      </search>
      <p role="status">
        共 {lines.length} 家，符合条件 {shown.length} 家
      </p>
      {shown.length === 0 ? <Empty>没有符合条件的机构，请调整筛选条件。</Empty> : children(shown)}
    </>
  );
}
