import { type Clock, systemClock } from '../../shared/app/clock.ts';

/** A clock that can also wake somebody up. Timers live in memory; whoever owns one re-arms it after a restart. */
export interface TimerClock extends Clock {
  /** Calls `fire` once, when `now()` has reached `at` (soon, if it already has). Returns the cancellation. */
  at(at: Date, fire: () => void): () => void;
}

/** Node fires a timer at once when its delay exceeds 2^31 − 1 ms, so long waits are taken in legs. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

export function realTimerClock(): TimerClock {
  return {
    now: systemClock.now,
    at(at, fire) {
      let timer: NodeJS.Timeout;
      const arm = () => {
        const left = at.getTime() - Date.now();
        timer = setTimeout(
          left > LONGEST_DELAY_MS ? arm : fire,
          Math.min(Math.max(left, 0), LONGEST_DELAY_MS),
        );
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}

/** A clock that stands still until it is moved: a year passes in a test in seconds. */
export interface MovableClock extends TimerClock {
  /** Sets `now()` (never backwards) and fires, in order, every timer that has come due. */
  moveTo(to: Date): void;
}

export function movableClock(start: Date): MovableClock {
  let now = start.getTime();
  let sequence = 0;
  const timers = new Map<number, { at: number; fire: () => void }>();
  const fireDue = () => {
    const due = [...timers].filter(([, timer]) => timer.at <= now);
    due.sort(([a, x], [b, y]) => x.at - y.at || a - b);
    for (const [id, timer] of due) {
      if (timers.delete(id)) timer.fire();
    }
  };
  return {
    now: () => new Date(now),
    at(at, fire) {
      const id = sequence++;
      timers.set(id, { at: at.getTime(), fire });
      if (at.getTime() <= now) setImmediate(fireDue);
      return () => timers.delete(id);
    },
    moveTo(to) {
      now = Math.max(now, to.getTime());
      fireDue();
    },
  };
}
