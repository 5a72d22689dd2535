import { useCallback } from 'react';
import { Link } from 'react-router';
import { useLoaded } from '../ui/loading.ts';
import { Show } from '../ui/show.tsx';
import type { CorrectionYear } from './correction.ts';
import { Changes, EffectTables } from './correction-effect.tsx';
import { readYear } from './cycle.ts';

/** What is approved or signed at a gate of a correction: the changes, why, and what they come to. */
export function CorrectionFacts({ run }: { run: CorrectionYear }) {
  const { year, changes, reason, outcomes } = run;
  const loaded = useLoaded(
    `corrected ${year}`,
    useCallback(() => readYear(year), [year]),
  );
  const nameOf = (filingNumber: string) =>
    outcomes.find((one) => one.filingNumber === filingNumber)?.name ?? filingNumber;
  return (
    <>
      <p>更正的原因：{reason}</p>
      <Show of={loaded}>{({ rubric }) => <Changes rubric={rubric} changes={changes} nameOf={nameOf} />}</Show>
      <EffectTables effect={run} />
      <p>
        <Link to={`/work/corrections?year=${year}`}>查看更正稿和各个版本</Link>
      </p>
    </>
  );
}
