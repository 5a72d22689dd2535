import { useState } from 'react';
import * as z from 'zod/mini';
import { chinaDate, endOfDay } from '../../../shared/domain/calendar.ts';
import type { GateName } from '../../../shared/domain/gates.ts';
import { api } from '../session/api.ts';
import { printedInstant } from '../ui/dates.ts';
import type { RunView } from './cycle.ts';
import { Deliberate } from './deliberate.tsx';

interface MoveDeadlineProps {
  gate: GateName;
  run: RunView;
  onDone: (said: string) => void;
}

/** Moves the deadline of the gate that waits, to the end of another day. */
export function MoveDeadline({ gate, run, onDone }: MoveDeadlineProps) {
  const now = run.gate?.deadline ?? '';
  const [day, setDay] = useState<string>(chinaDate(new Date(now)));
  const move = async (_choice: 'move', reason: string) => {
    const deadline = endOfDay(day).toISOString();
    await api.put(`/cycles/${run.year}/gates/${gate}/deadline`, { deadline, reason }, z.unknown());
    onDone(`截止时间已调整为 ${printedInstant(deadline)}。`);
  };
  return (
    <Deliberate
      title="调整截止时间"
      choices={[{ value: 'move', label: '调整截止时间', what: '按新的截止时间办理，并通知有关人员' }]}
      missing={() => (/^\d{4}-\d{2}-\d{2}$/.test(day) ? undefined : '请填写新的截止日期')}
      send={move}
    >
      {() => (
        <label className="field">
          <span>新的截止日期（当日 24 时截止）</span>
          <input type="date" value={day} onChange={({ target }) => setDay(target.value)} />
        </label>
      )}
    </Deliberate>
  );
}
