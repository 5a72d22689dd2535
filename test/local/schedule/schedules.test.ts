import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { movableClock } from '../../../infra/local/clock.ts';
import { openLedger } from '../../../infra/local/schedule/ledger.ts';
import { openSchedules, type SchedulesOptions } from '../../../infra/local/schedule/schedules.ts';

const timezone = 'Asia/Shanghai';
const YEARLY = { name: 'start-of-the-year', expression: 'cron(0 9 1 3 ? *)', timezone };
const HOURLY = { name: 'sweep', expression: 'rate(1 hour)', timezone };

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'xingping-schedule-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'schedules.sqlite');
}

/** Schedules whose one target notes its calls and does what `act` says. */
function planned(
  schedule: { name: string; expression: string; timezone: string },
  start = '2026-01-10T03:20:30Z',
  {
    file = temporaryFile(),
    act = async () => {},
    ...more
  }: Partial<SchedulesOptions> & { act?: () => Promise<void> } = {},
) {
  const clock = movableClock(new Date(start));
  const calls: string[] = [];
  const target = async ({ scheduledTime }: { scheduledTime: string }) => {
    calls.push(scheduledTime);
    await act();
  };
  const schedules = openSchedules({ file, clock, schedules: [{ ...schedule, target }], ...more });
  let open = true;
  const close = () => {
    if (open) schedules.close();
    open = false;
  };
  onTestFinished(close);
  const moveTo = async (instant: string) => {
    clock.moveTo(new Date(instant));
    await schedules.settled();
  };
  return { ...schedules, close, calls, clock, file, moveTo };
}

test('the year starts on 1 March at nine in Shanghai, and the time is UTC in whole seconds', async () => {
  const { next, moveTo, calls } = planned(YEARLY);
  expect(next(YEARLY.name)).toEqual(new Date('2026-03-01T01:00:00Z'));
  await moveTo('2026-03-01T00:59:59Z');
  expect(calls).toEqual([]);
  await moveTo('2026-03-01T01:00:00Z');
  expect(calls).toEqual(['2026-03-01T01:00:00Z']);
  expect(next(YEARLY.name)).toEqual(new Date('2027-03-01T01:00:00Z'));
});

test.each([
  ['cron(0 9 1 3 ? *)', '2027-03-01 09:00'],
  ['cron(0 9 ? * 2 *)', '2026-05-11 09:00'], // 1 is Sunday, so 2 is Monday
  ['cron(0 9 ? * MON-FRI *)', '2026-05-11 09:00'],
  ['cron(0 9 ? * 6L *)', '2026-05-29 09:00'],
  ['cron(0 9 ? * 3#2 *)', '2026-05-12 09:00'],
  ['cron(0 9 L * ? *)', '2026-05-31 09:00'],
  ['cron(0 9 LW * ? *)', '2026-05-29 09:00'],
  ['cron(0 9 16W * ? *)', '2026-05-15 09:00'], // 16 May 2026 is a Saturday
  ['cron(0/15 * * * ? *)', '2026-05-10 08:15'],
  ['cron(30 8,17 * * ? *)', '2026-05-10 08:30'],
  ['cron(0 9 1 1/3 ? *)', '2026-07-01 09:00'],
  ['cron(0 0 1 JAN ? 2030-2040/5)', '2030-01-01 00:00'],
  ['rate(1 hour)', '2026-05-10 09:00'],
  ['rate(7 days)', '2026-05-17 08:00'],
])('%s runs next at %s', (expression, local) => {
  const { next } = planned({ ...YEARLY, expression }, '2026-05-10T00:00:00Z');
  expect(next(YEARLY.name)).toEqual(new Date(`${local.replace(' ', 'T')}:00+08:00`));
});

test.each([
  'cron(0 9 1 3 *)',
  'cron(0 9 1 3 * *)',
  'cron(0 9 ? 3 ? *)',
  'cron(0 0 9 1 3 ? *)',
  'cron(0 25 1 3 ? *)',
  'cron(0 9 32 3 ? *)',
  'cron(0 9 ? * 0 *)',
  'cron(0 9 ? * 8 *)',
  'cron(0 9 ? * FRI-MON *)',
  'cron(0 9 L-3 * ? *)',
  'cron(@yearly)',
  'rate(1 hours)',
  'rate(2 hour)',
  'rate(0 minutes)',
  'at(2026-03-01T09:00:00)',
  '0 9 1 3 *',
])('%s is refused by the name of its schedule', (expression) => {
  expect(() => planned({ ...YEARLY, expression })).toThrow(/^schedule start-of-the-year: /);
});

test('an unknown time zone is refused', () => {
  expect(() => planned({ ...YEARLY, timezone: 'Asia/Peking' })).toThrow(/^schedule start-of-the-year: /);
});

test('a clock that jumps over several runs causes one, the latest', async () => {
  const { moveTo, calls, next } = planned(HOURLY);
  await moveTo('2026-04-01T00:00:00Z');
  expect(calls).toEqual(['2026-03-31T23:20:30Z']);
  expect(next('sweep')).toEqual(new Date('2026-04-01T00:20:30Z'));
  await moveTo('2026-04-01T00:20:30Z');
  expect(calls).toHaveLength(2);
});

test('what was missed while stopped runs once at the next start', async () => {
  const before = planned(YEARLY);
  before.close();
  const after = planned(YEARLY, '2028-06-01T00:00:00Z', { file: before.file });
  await expect.poll(() => after.calls).toEqual(['2028-03-01T01:00:00Z']);
  expect(after.next(YEARLY.name)).toEqual(new Date('2029-03-01T01:00:00Z'));
});

test('a changed expression takes effect, an unchanged one keeps its rhythm', () => {
  const before = planned(HOURLY, '2026-01-10T03:20:30Z');
  before.close();
  const same = planned(HOURLY, '2026-01-10T03:50:00Z', { file: before.file });
  expect(same.next('sweep')).toEqual(new Date('2026-01-10T04:20:30Z'));
  same.close();
  const changed = planned({ ...HOURLY, expression: 'rate(2 hours)' }, '2026-01-10T03:50:00Z', {
    file: before.file,
  });
  expect(changed.next('sweep')).toEqual(new Date('2026-01-10T05:50:00Z'));
});

test('a target that fails is tried again, later each time', async () => {
  let failures = 2;
  const act = async () => {
    if (failures-- > 0) throw new Error('busy');
  };
  const { moveTo, calls, deadLetters } = planned(YEARLY, undefined, { act });
  await moveTo('2026-03-01T01:00:00Z');
  await moveTo('2026-03-01T01:00:01Z');
  expect(calls).toHaveLength(1);
  await moveTo('2026-03-01T01:00:02Z');
  expect(calls).toHaveLength(2);
  await moveTo('2026-03-01T01:00:06Z');
  expect(calls).toEqual(Array.from({ length: 3 }, () => '2026-03-01T01:00:00Z'));
  await moveTo('2026-04-01T00:00:00Z');
  expect(calls).toHaveLength(3);
  expect(deadLetters()).toEqual([]);
});

test('a target that keeps failing ends as a dead letter, also after a restart', async () => {
  const act = () => Promise.reject(new Error('gone'));
  const retry = { attempts: 3, firstDelayMs: 1000 };
  const before = planned(YEARLY, undefined, { act, retry });
  await before.moveTo('2026-03-01T01:00:00Z');
  before.close();
  const after = planned(YEARLY, '2026-03-01T02:00:00Z', { file: before.file, act, retry });
  await expect.poll(() => after.calls).toHaveLength(1);
  await after.moveTo('2026-03-01T03:00:00Z');
  const letter = {
    name: YEARLY.name,
    scheduledAt: new Date('2026-03-01T01:00:00Z'),
    attempts: 3,
    error: 'Error: gone',
  };
  expect(after.deadLetters()).toEqual([letter]);
  expect(after.next(YEARLY.name)).toEqual(new Date('2027-03-01T01:00:00Z'));
});

test('a process killed while its target runs owes that run to the next one', async () => {
  const file = temporaryFile();
  const program = `
    import { movableClock } from './infra/local/clock.ts';
    import { openSchedules } from './infra/local/schedule/schedules.ts';
    const clock = movableClock(new Date('2026-01-10T00:00:00Z'));
    const target = () => new Promise(() => { process.stdout.write('called'); setInterval(() => {}, 1000); });
    openSchedules({ file: ${JSON.stringify(file)}, clock, schedules: [{ ...${JSON.stringify(YEARLY)}, target }] });
    clock.moveTo(new Date('2026-03-01T05:00:00Z'));`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program]);
  child.stderr.pipe(process.stderr);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  const after = planned(YEARLY, '2026-03-02T00:00:00Z', { file });
  await expect.poll(() => after.calls).toEqual(['2026-03-01T01:00:00Z']);
  await after.settled();
  after.close();
  const ledger = openLedger(file);
  expect(ledger.owed()).toEqual([]);
  ledger.close();
});
