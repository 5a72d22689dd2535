/** The data of `npm start -- --demo`: the sample years, run to their end with a clock of their own, in a folder that stays. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Receipt } from '../../../shared/domain/complaint-forms.ts';
import { complain } from '../drive/complaints.ts';
import { runYears } from '../drive/run.ts';
import type { InputFolder } from '../folder/index.ts';
import { readFolder } from '../folder/index.ts';
import { SAMPLES } from './samples.ts';
import { say, table } from './terminal.ts';

/**
 * Fills a data folder with the sample years and shows the accounts' passwords. A folder that is there already stays as it
 * is. The years are run beside it and put in place in one move: whoever stops half-way starts anew. Throws, in Chinese,
 * when the samples do not publish.
 */
export async function fillDemo(dir: string): Promise<void> {
  if (existsSync(dir)) return;
  const folders = await sampleFolders();
  await mkdir(dirname(dir), { recursive: true });
  const fresh = await mkdtemp(join(dirname(dir), `.${basename(dir)}-`));
  try {
    say('正在办理样例年度 2021、2022（需一两分钟，只在首次启动时进行）……');
    const publish = async () => undefined;
    const receipts: Receipt[] = [];
    const { outcome, passwords } = await runYears({
      folders,
      dir: fresh,
      volatile: false,
      report: () => undefined,
      publish,
      afterwards: async (year) => void receipts.push(...(await complain(year))),
    });
    if (outcome.end !== 'published') throw new Error('样例年度没有办完');
    await rename(fresh, dir);
    say('※ 样例数据：各项事实均为虚构。下列账号可以登录，密码只显示这一次：');
    say(table([['姓名', '用户名', '密码'], ...accountsOf(folders, passwords)]));
    say();
    say('样例投诉可以在“投诉”页面查询：');
    say(table([['受理编号', '查询码'], ...receipts.map(({ number, code }) => [number, code])]));
    say();
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function sampleFolders(): Promise<[InputFolder, ...InputFolder[]]> {
  const read = await Promise.all(SAMPLES.map(readFolder));
  const [first, ...later] = read.flatMap(({ folder }) => folder ?? []);
  if (!first || later.length + 1 < SAMPLES.length) throw new Error('样例文件夹有误');
  return [first, ...later];
}

/** Staff first, then agencies, each once. */
function accountsOf(folders: readonly InputFolder[], passwords: ReadonlyMap<string, string>): string[][] {
  const staff = folders.flatMap(({ staff }) => Object.values(staff).flat());
  const agencies = folders.flatMap(({ registry }) =>
    registry.agencies.map(({ filingNumber, name }) => ({ id: filingNumber, name })),
  );
  const people = new Map([...staff, ...agencies].map(({ id, name }) => [id, name]));
  return [...people].flatMap(([id, name]) => {
    const password = passwords.get(id);
    return password === undefined ? [] : [[name, id, password]];
  });
}
