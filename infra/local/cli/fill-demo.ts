/** The data of `npm start -- --demo`: two sample years run to their end and a third one under way, in a folder that stays. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type CivilDate, chinaDate, type DeclaredDays, daysAfter } from '../../../shared/domain/calendar.ts';
import type { Receipt } from '../../../shared/domain/complaint-forms.ts';
import { statutoryHolidays } from '../../../shared/domain/working-days.ts';
import { correctDefects, correctResults, rectify, startRectification } from '../drive/afterwards.ts';
import { complain } from '../drive/complaints.ts';
import { openYear, runYears } from '../drive/run.ts';
import { openStage } from '../drive/stage.ts';
import { beginYear } from '../drive/under-way.ts';
import { moveTo } from '../drive/year.ts';
import type { InputFolder } from '../folder/index.ts';
import { readFolder } from '../folder/index.ts';
import { CORRECTED, RECTIFIED, STANDING } from './demo-story.ts';
import { SAMPLE_UNDER_WAY, SAMPLES } from './samples.ts';
import { say, table } from './terminal.ts';

type Passwords = ReadonlyMap<string, string>;
type Ended = readonly [InputFolder, ...InputFolder[]];

/**
 * Fills a data folder with the sample years and shows the accounts' passwords. A folder that is there already stays as it
 * is. The years are run beside it and put in place in one move: whoever stops half-way starts anew. Throws, in Chinese,
 * when the samples do not publish.
 */
export async function fillDemo(dir: string): Promise<void> {
  if (existsSync(dir)) return;
  await mkdir(dirname(dir), { recursive: true });
  const fresh = await mkdtemp(join(dirname(dir), `.${basename(dir)}-`));
  try {
    say('正在办理样例年度 2021、2022，启动 2023 年度（需一两分钟，只在首次启动时进行）……');
    const { people, passwords, receipts } = await liveDemo(fresh, new Date());
    await rename(fresh, dir);
    say('※ 样例数据：各项事实均为虚构。下列账号可以登录，密码只显示这一次：');
    const accounts = [...people].flatMap(([id, name]) => {
      const password = passwords.get(id);
      return password === undefined ? [] : [[name, id, password]];
    });
    say(table([['姓名', '用户名', '密码'], ...accounts]));
    say();
    say('样例投诉可以在“投诉”页面查询：');
    say(table([['受理编号', '查询码'], ...receipts.map(({ number, code }) => [number, code])]));
    say();
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

export interface Demo {
  /** Names by id: staff first, then agencies, each once. */
  people: ReadonlyMap<string, string>;
  passwords: Passwords;
  receipts: Receipt[];
}

/** Lives the sample years in an empty folder: two to their end, rectification included, and a third one that stands at `now`. */
export async function liveDemo(dir: string, now: Date): Promise<Demo> {
  const folders = (await Promise.all(SAMPLES.map(readSample))) as [InputFolder, ...InputFolder[]];
  const { outcome, passwords } = await runYears({
    folders,
    dir,
    volatile: false,
    report: () => undefined,
    afterwards: (year) => rectify(year, RECTIFIED[year.folder.year] ?? []),
  });
  if (outcome.end !== 'published') throw new Error('样例年度没有办完');
  const open = await readSample(SAMPLE_UNDER_WAY);
  const receipts = await liveToday(dir, now, folders, open, passwords);
  return { people: peopleOf([...folders, open]), passwords, receipts };
}

async function readSample(dir: string): Promise<InputFolder> {
  const { folder } = await readFolder(dir);
  if (!folder) throw new Error('样例文件夹有误');
  return folder;
}

/** How long the third year has been under way. */
const DAYS = 4;
const HOUR_MS = 3_600_000;

/** The last days: a correction of the year before and what follows it, the third year, complaints. */
async function liveToday(
  dir: string,
  now: Date,
  ended: Ended,
  { settings, ...open }: InputFolder,
  passwords: Map<string, string>,
): Promise<Receipt[]> {
  const startsOn = daysAfter(chinaDate(now), -DAYS);
  const declaredDays = holidaysFrom(startsOn);
  const folder = { ...open, startsOn, settings: { ...settings, declaredDays } };
  const at = new Date(`${startsOn}T04:00:00Z`);
  const stage = await openStage({ first: folder, dir, volatile: false, passwords, at });
  try {
    const year = await openYear(stage, folder, () => undefined);
    const before = { ...year, folder: ended.at(-1) ?? ended[0] };
    await correctResults(before, CORRECTED.changes, CORRECTED.reason);
    await startRectification(before);
    await correctDefects(before, CORRECTED.failed, true);
    await beginYear(year, STANDING, new Date(now.getTime() - HOUR_MS));
    const receipts = await complain(year);
    await moveTo(year, now);
    return receipts;
  } finally {
    await stage.runtime.close();
  }
}

/** The demo does not wait for the State Council: where a year's holidays are not announced yet, those fixed by law stand for them. */
function holidaysFrom(day: CivilDate): DeclaredDays {
  const year = Number(day.slice(0, 4));
  const holidays = [year, year + 1].flatMap(statutoryHolidays);
  return Object.fromEntries(holidays.map((holiday) => [holiday, false]));
}

function peopleOf(folders: readonly InputFolder[]): Map<string, string> {
  const staff = folders.flatMap(({ staff }) => Object.values(staff).flat());
  const agencies = folders.flatMap(({ registry }) =>
    registry.agencies.map(({ filingNumber, name }) => ({ id: filingNumber, name })),
  );
  return new Map([...staff, ...agencies].map(({ id, name }) => [id, name]));
}
