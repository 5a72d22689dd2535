import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useLoaded } from '../ui/loading.ts';
import { Empty, SampleMark } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { readYears, type YearView } from './cycle.ts';

interface YearChoiceProps {
  /** Years that have something to show here; all of them if absent. */
  among?: (year: YearView) => boolean;
  none: string;
  children: (year: number) => ReactNode;
}

/** A page of one year: the newest, or the one that the address names. */
export function YearChoice({ among = () => true, none, children }: YearChoiceProps) {
  const years = useLoaded('years', readYears);
  const [params, setParams] = useSearchParams();
  return (
    <Show of={years}>
      {(all) => {
        const possible = all.filter(among);
        const chosen = possible.find(({ year }) => year === Number(params.get('year'))) ?? possible[0];
        if (!chosen) return <Empty>{none}</Empty>;
        return (
          <>
            <div className="filters">
              <label>
                年度
                <select value={chosen.year} onChange={({ target }) => setParams({ year: target.value })}>
                  {possible.map(({ year }) => (
                    <option key={year} value={year}>
                      {year} 年度
                    </option>
                  ))}
                </select>
              </label>
            </div>
            {chosen.sampleData && <SampleMark />}
            {children(chosen.year)}
          </>
        );
      }}
    </Show>
  );
}
