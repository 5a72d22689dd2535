import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { resultsOf } from '../../../shared/app/results.ts';
import { FILING_TYPES } from '../../../shared/domain/agency.ts';
import { type Output, writeOutput } from '../drive/output.ts';
import { runYears } from '../drive/run.ts';
import { type InputFolder, printProblems, readFolder } from '../folder/index.ts';
import { complain, EXIT, say, table } from './terminal.ts';

/** Checks input folders and, unless only that is asked, runs their years one after another. Returns the exit code. */
export async function runFolders(
  inputs: readonly string[],
  out: string,
  checkOnly: boolean,
): Promise<number> {
  try {
    return await checkAndRun(inputs, out, checkOnly);
  } catch (error) {
    complain(`处理失败：${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return EXIT.failure;
  }
}

async function checkAndRun(inputs: readonly string[], out: string, checkOnly: boolean): Promise<number> {
  const folders: InputFolder[] = [];
  for (const input of inputs) {
    const { folder, problems } = await readFolder(input);
    if (problems.length > 0) say(printProblems(problems));
    if (folder) folders.push(folder);
  }
  const [first, ...later] = folders;
  if (!first || folders.length < inputs.length) {
    complain('输入有误，没有运行任何步骤。请按上面的提示改正后重试。');
    return EXIT.badInput;
  }
  if (checkOnly) {
    say('检查通过，可以运行。');
    return EXIT.published;
  }
  const unusable = await mkdir(out, { recursive: true }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  if (unusable) {
    complain(`输出文件夹 ${out} 不能使用，请用 --out 另行指定（${unusable}）`);
    return EXIT.failure;
  }
  const dir = await mkdtemp(join(tmpdir(), 'xingping-'));
  try {
    const publish = (output: Output) => summarise(output, out);
    const folders = [first, ...later] as const;
    const { outcome } = await runYears({ folders, dir, volatile: true, report: say, publish });
    switch (outcome.end) {
      case 'published':
        return EXIT.published;
      case 'cancelled':
        complain(`本年度评估已取消：${outcome.reason}`);
        return EXIT.refused;
      case 'unanswered':
        complain(`运行停在此处，没有输出文件：${outcome.message}`);
        return EXIT.badInput;
      case 'failed':
        complain(`处理失败：${outcome.error}`);
        return EXIT.failure;
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function basisOf(claimed: string | null, visitedBy: readonly string[]): string {
  if (claimed === null) return '未提交';
  return visitedBy.length > 0 ? '现场检查' : '材料复核';
}

type Results = ReturnType<typeof resultsOf>;

async function summarise(output: Output, out: string): Promise<void> {
  const { target, written } = await writeOutput(out, output);
  const results = JSON.parse(await readFile(join(target, 'results.json'), 'utf8')) as Results;
  say();
  if (results.sampleData) say('※ 样例数据：机构得分等事实均为虚构，不代表真实评估。');
  const rows = results.agencies.map(({ name, filingNumber, filingType, score, claimed, visitedBy }) => [
    score?.stars ? '★'.repeat(score.stars) : (score?.result ?? ''),
    score?.total ?? '',
    filingNumber,
    FILING_TYPES[filingType],
    basisOf(claimed, visitedBy),
    name,
  ]);
  say(table([['星级', '得分', '备案号', '备案类型', '计分依据', '机构名称'], ...rows]));
  say();
  const bands = results.bands
    .map(({ name, count, percent }) => `${name} ${count} 家（${percent}%）`)
    .join('，');
  say(
    `${results.year}年度：参评 ${results.population.assessed} 家，未参评 ${results.exclusions.length} 家；${bands}`,
  );
  if (results.percentNote) say(`${results.percentNote}。`);
  if (results.statistics.averageExecutionRate) {
    say(`三星级及以上机构年度计划平均执行率 ${results.statistics.averageExecutionRate}%`);
  }
  say();
  say(`输出文件（${relative('.', target) || target}/）：`);
  for (const { path, bytes } of written) say(`  ${path}（${bytes.toLocaleString('zh-CN')} 字节）`);
}
