import { roleTitle } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import type { HistoryLine } from './cycle.ts';

interface HistoryListProps {
  lines: readonly HistoryLine[];
  titles: Readonly<Record<string, string>>;
}

/** Signed actions, the latest first: who, in which role, when, what and why. */
export function HistoryList({ lines, titles }: HistoryListProps) {
  return (
    <ol className="history" reversed>
      {lines.toReversed().map(({ seq, at, by, type, reason, hash }) => (
        <li key={seq} value={seq}>
          <b>{titles[type] ?? type}</b>
          <span>
            {by.name}（{roleTitle(by.role)}）
          </span>
          <time dateTime={at}>{printedInstant(at)}</time>
          {reason && <p>{reason}</p>}
          <small className="code">{hash.slice(0, 16)}…</small>
        </li>
      ))}
    </ol>
  );
}
