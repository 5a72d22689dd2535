import { Cron } from 'croner';

/** When a schedule runs, as a pure function of instants. */
export interface Recurrence {
  /** The first run after `after`, or nothing if there is none. */
  next(after: Date): Date | undefined;
  /** The last run at or before `now`, given that `due` is one. */
  latest(due: Date, now: Date): Date;
}

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const MONTHS = 'JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC';
const DAYS = 'SUN|MON|TUE|WED|THU|FRI|SAT';

/** What each field may hold besides numbers, `*`, `,`, `-` and `/`. */
const FIELDS = [
  ['minute', list('\\d{1,2}')],
  ['hour', list('\\d{1,2}')],
  ['day of month', or(list('\\d{1,2}'), '\\?|L|LW|\\d{1,2}W')],
  ['month', list(`\\d{1,2}|${MONTHS}`)],
  ['day of week', or(list(`[1-7]|${DAYS}`), `\\?|([1-7]|${DAYS})(L|#[1-5])`)],
  ['year', list('\\d{4}')],
] as const;

function list(value: string): string {
  const item = `(\\*|(${value})(-(${value}))?)(/\\d{1,3})?`;
  return `${item}(,${item})*`;
}

function or(a: string, b: string): string {
  return `(${a})|${b}`;
}

/**
 * Reads `cron(…)` or `rate(…)` as EventBridge Scheduler does, in the given time zone.
 * @throws Error naming the schedule, for whatever is not understood: a misread date would only show months later.
 */
export function readExpression(
  name: string,
  expression: string,
  timezone: string,
  createdAt: Date,
): Recurrence {
  const refuse = (reason: string): never => {
    throw new Error(`schedule ${name}: ${expression} ${reason}`);
  };
  const [, kind, body = ''] = /^(cron|rate)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return cron(body, timezone, refuse);
  if (kind === 'rate') return rate(body, createdAt, refuse);
  return refuse('is neither cron(…) nor rate(…)');
}

function cron(body: string, timezone: string, refuse: (reason: string) => never): Recurrence {
  const fields = body.split(' ');
  if (fields.length !== FIELDS.length) refuse(`has ${fields.length} fields instead of 6`);
  for (const [i, [field, form]] of FIELDS.entries()) {
    const value = fields[i] ?? '';
    if (!new RegExp(`^(${form})$`).test(value)) refuse(`has an unsupported ${field}: ${value}`);
  }
  if ((fields[2] === '?') === (fields[4] === '?'))
    refuse('needs ? as the day of month or as the day of week');
  // Seconds first; weekdays from 1 = Sunday; `5/15` as a start with a step; `?` leaves the choice to the other field.
  const pattern = `0 ${fields.map((field) => (field === '?' ? '*' : field)).join(' ')}`;
  const options = {
    timezone,
    alternativeWeekdays: true,
    sloppyRanges: true,
    paused: true,
    mode: '7-part',
  } as const;
  const parsed = attempt(() => new Cron(pattern, options), refuse);
  attempt(() => parsed.nextRun(new Date(0)), refuse);
  return {
    next: (after) => parsed.nextRun(after) ?? undefined,
    // Runs fall on whole seconds, and the library's "previous" leaves the reference out.
    latest: (due, now) => parsed.previousRuns(1, new Date(now.getTime() + 1000))[0] ?? due,
  };
}

function rate(body: string, createdAt: Date, refuse: (reason: string) => never): Recurrence {
  const [, count, unit, plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(body) ?? [];
  if (unit !== 'minute' && unit !== 'hour' && unit !== 'day')
    return refuse('is not rate(n minutes|hours|days)');
  if (Number(count) < 1 || (count === '1') === (plural === 's')) refuse('needs a count, and s beyond one');
  const step = Number(count) * UNIT_MS[unit];
  const start = Math.floor(createdAt.getTime() / 1000) * 1000;
  const steps = (instant: Date) => Math.floor((instant.getTime() - start) / step);
  return {
    next: (after) => new Date(start + (Math.max(steps(after), 0) + 1) * step),
    latest: (_due, now) => new Date(start + steps(now) * step),
  };
}

function attempt<T>(work: () => T, refuse: (reason: string) => never): T {
  try {
    return work();
  } catch (cause) {
    return refuse(`is not understood: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
