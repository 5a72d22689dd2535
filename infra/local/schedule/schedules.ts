import type { TimerClock } from '../clock.ts';
import { type Recurrence, readExpression } from './expression.ts';
import { type DeadLetter, type Delivery, openLedger } from './ledger.ts';

export interface Schedule {
  readonly name: string;
  /** `cron(0 9 1 3 ? *)` or `rate(1 hour)`. */
  readonly expression: string;
  /** IANA name, for example Asia/Shanghai. */
  readonly timezone: string;
  /** `scheduledTime` is UTC in whole seconds, as Scheduler's `<aws.scheduler.scheduled-time>`. */
  target(event: { readonly scheduledTime: string }): Promise<void>;
}

export interface SchedulesOptions {
  /** The SQLite file of next runs, deliveries and dead letters. */
  readonly file: string;
  readonly clock: TimerClock;
  readonly schedules: readonly Schedule[];
  /** How often a target is tried, and the wait after its first failure, which doubles each time. */
  readonly retry?: { readonly attempts: number; readonly firstDelayMs: number };
}

export interface Schedules {
  /** @throws Error when there is no such schedule, or no run ahead of it */
  next(name: string): Date;
  /** Resolves once no target is running. What waits for another try is not waited for. */
  settled(): Promise<void>;
  deadLetters(): DeadLetter[];
  /** A target that is still running counts as failed: it runs again at the next start. */
  close(): void;
}

/** Ten tries over some 17 minutes. */
const RETRY = { attempts: 10, firstDelayMs: 2000 };

/**
 * EventBridge Scheduler in one process. A run is on disk before its target is called and until it has succeeded, so
 * it happens at least once. Whatever came due while nobody looked (a stop, a clock that was moved) runs once.
 */
export function openSchedules({ file, clock, schedules, retry = RETRY }: SchedulesOptions): Schedules {
  const planned = new Map<
    string,
    { schedule: Schedule; recurrence: Recurrence; definition: string; createdAt: Date }
  >();
  const ledger = openLedger(file);
  try {
    for (const schedule of schedules) {
      const { name, expression, timezone } = schedule;
      if (planned.has(name)) throw new Error(`schedule ${name} is there twice`);
      const definition = `${expression} ${timezone}`;
      const stored = ledger.schedule(name);
      const createdAt = stored?.definition === definition ? stored.createdAt : clock.now();
      const recurrence = readExpression(name, expression, timezone, createdAt);
      planned.set(name, { schedule, recurrence, definition, createdAt });
    }
  } catch (cause) {
    ledger.close();
    throw cause;
  }
  const timers = new Set<() => void>();
  const running = new Set<Promise<void>>();
  let closed = false;

  const wake = (at: Date, fire: () => void) => {
    const cancel = clock.at(at, () => {
      timers.delete(cancel);
      if (!closed) fire();
    });
    timers.add(cancel);
  };

  const arm = (name: string) => {
    const nextAt = ledger.schedule(name)?.nextAt;
    if (nextAt) wake(nextAt, () => fall(name, nextAt));
  };

  /** A schedule has come due: owe its latest run, move on. */
  const fall = (name: string, due: Date) => {
    const recurrence = planned.get(name)?.recurrence;
    if (!recurrence) return;
    const now = clock.now();
    const delivery = { name, scheduledAt: recurrence.latest(due, now), attempts: 0, dueAt: now };
    ledger.begin(delivery, recurrence.next(now));
    arm(name);
    deliver(delivery);
  };

  const deliver = (delivery: Delivery) => {
    const run = attempt(delivery).finally(() => running.delete(run));
    running.add(run);
  };

  const attempt = async (delivery: Delivery) => {
    const { name, scheduledAt } = delivery;
    const attempts = delivery.attempts + 1;
    try {
      await planned
        .get(name)
        ?.schedule.target({ scheduledTime: scheduledAt.toISOString().replace('.000Z', 'Z') });
      if (!closed) ledger.finish(delivery);
    } catch (cause) {
      if (closed) return;
      if (attempts >= retry.attempts) {
        ledger.giveUp({ name, scheduledAt, attempts, error: String(cause) });
        return;
      }
      const dueAt = new Date(clock.now().getTime() + retry.firstDelayMs * 2 ** (attempts - 1));
      const again = { name, scheduledAt, attempts, dueAt };
      ledger.retry(again);
      wake(dueAt, () => deliver(again));
    }
  };

  for (const [name, { recurrence, definition, createdAt }] of planned) {
    if (ledger.schedule(name)?.definition !== definition) {
      ledger.define(name, { definition, createdAt, nextAt: recurrence.next(createdAt) });
    }
    arm(name);
  }
  for (const delivery of ledger.owed()) {
    if (planned.has(delivery.name)) wake(delivery.dueAt, () => deliver(delivery));
  }

  return {
    next(name) {
      const nextAt = planned.has(name) ? ledger.schedule(name)?.nextAt : undefined;
      if (!nextAt) throw new Error(`schedule ${name} has no run ahead`);
      return nextAt;
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
    deadLetters: ledger.deadLetters,
    close() {
      closed = true;
      for (const cancel of timers) cancel();
      ledger.close();
    },
  };
}
