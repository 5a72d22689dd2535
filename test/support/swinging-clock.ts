import type { MovableClock } from '../../infra/local/clock.ts';

/** A clock that somebody sets back and forth, as an administrator or a time service does. */
export interface SwingingClock extends MovableClock {
  /** Sets it by so many hours. Timers do not notice: they were told how long to wait, not until when. */
  swing(hours: number): void;
}

export function swingingClock(start: Date): SwingingClock {
  const HOUR = 3_600_000;
  /** What has really passed, and what the clock shows beyond it. */
  let [passed, shown] = [0, start.getTime()];
  let sequence = 0;
  const timers = new Map<number, { due: number; fire: () => void }>();
  const now = () => new Date(shown + passed);
  const fireDue = () => {
    const due = [...timers].filter(([, timer]) => timer.due <= passed);
    due.sort(([a, x], [b, y]) => x.due - y.due || a - b);
    for (const [id, timer] of due) if (timers.delete(id)) timer.fire();
  };
  return {
    now,
    at(at, fire) {
      const id = sequence++;
      const wait = Math.max(0, at.getTime() - now().getTime());
      timers.set(id, { due: passed + wait, fire });
      if (wait === 0) setImmediate(fireDue);
      return () => timers.delete(id);
    },
    moveTo(to) {
      passed += Math.max(0, to.getTime() - now().getTime());
      fireDue();
    },
    swing(hours) {
      shown += hours * HOUR;
    },
  };
}
