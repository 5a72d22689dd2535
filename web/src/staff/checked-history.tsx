import { Alert } from 'antd';
import { useMemo } from 'react';
import { brokenAt } from '../../../shared/domain/history.ts';
import type { SealedLine } from './cycle.ts';
import { HistoryList } from './history-list.tsx';

interface CheckedHistoryProps {
  /** What the first entry is chained to: the record's key. */
  chain: string;
  lines: readonly SealedLine[];
  titles: Readonly<Record<string, string>>;
}

/** A record's entries, with whether each follows on the one before it: found out in this browser. */
export function CheckedHistory({ chain, lines, titles }: CheckedHistoryProps) {
  const broken = useMemo(() => brokenAt(lines, chain), [lines, chain]);
  return (
    <section aria-labelledby="history">
      <h2 id="history">办理记录（{lines.length} 条）</h2>
      {broken === undefined ? (
        <p>本机已逐条核对：每条记录都与前一条衔接，未被改动。</p>
      ) : (
        <Alert type="error" showIcon title={`第 ${broken} 条记录与前一条不衔接，可能被改动，请报告管理员`} />
      )}
      <HistoryList lines={lines} titles={titles} />
    </section>
  );
}
