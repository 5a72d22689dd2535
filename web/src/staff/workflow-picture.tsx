import { printedDay } from '../ui/dates.ts';
import type { RunView } from './cycle.ts';
import { type Step, stepsOf } from './progress.ts';

const STATES: Record<Step['state'], string> = { done: '已完成', current: '正在办理', ahead: '未到' };

/** The year as a row of steps: what is done and when, what is under way and until when, what is ahead. */
export function WorkflowPicture({ run }: { run: RunView }) {
  return (
    <ol className="workflow" aria-label={`${run.year} 年度评估流程`}>
      {stepsOf(run).map(({ gate, title, state, at, deadline, openings }) => (
        <li key={gate} className={state} aria-current={state === 'current' ? 'step' : undefined}>
          <span className="hidden">{STATES[state]}：</span>
          <b>{title}</b>
          {at && <time dateTime={at}>{printedDay(at)}</time>}
          {deadline && <time dateTime={deadline}>{printedDay(deadline)}截止</time>}
          {state === 'current' && !deadline && <small>正在办理</small>}
          {openings > 1 && <small>第 {openings} 次</small>}
        </li>
      ))}
    </ol>
  );
}
