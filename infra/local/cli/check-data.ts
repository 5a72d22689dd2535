/** `npm run check-data [-- --data DIR]`: every rule that the stored data must satisfy, read without changing anything. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Check, Finding } from '../../../shared/app/archive/check.ts';
import { checkData } from '../../../shared/app/invariants/check-data.ts';
import { readStoredData } from '../stored-data.ts';
import { lockFolder } from './lock-folder.ts';
import { complain, EXIT, say } from './terminal.ts';

const USAGE = `用法：npm run check-data -- [--data 数据目录]
  检查停止运行的系统的全部数据，或备份的数据目录；只读取，不修改`;

function folder(): string | undefined {
  try {
    return resolve(parseArgs({ options: { data: { type: 'string', default: 'data' } } }).values.data);
  } catch {
    return undefined;
  }
}

const printCheck = ({ title, scope, findings }: Check) =>
  say(`${findings.length === 0 ? '✓' : '✗'} ${title}（${scope}）`);

function printFinding({ place, problem, recorded, derived }: Finding): void {
  complain(`  位置：${place}`);
  complain(`  问题：${problem}`);
  if (recorded !== undefined) complain(`  存储：${recorded}`);
  if (derived !== undefined) complain(`  应为：${derived}`);
}

async function check(dir: string): Promise<number> {
  const unlock = lockFolder(dir, 'existing');
  try {
    const checks = await checkData(await readStoredData(dir));
    say(`检查数据目录 ${dir}`);
    for (const one of checks) printCheck(one);
    const findings = checks.flatMap((one) => one.findings);
    const [first] = findings;
    if (!first) {
      say('\n全部成立。');
      return EXIT.published;
    }
    complain(`\n检查不通过，共 ${findings.length} 处。第一处：`);
    printFinding(first);
    complain('请保留数据目录原样，不要继续运行；从备份恢复，或联系维护人员。');
    return EXIT.refused;
  } finally {
    unlock();
  }
}

const dir = folder();
if (dir) {
  process.exitCode = await check(dir).catch((error: Error) => {
    complain(`不能检查 ${dir}：${error.message}`);
    return EXIT.badInput;
  });
} else {
  complain(USAGE);
  process.exitCode = EXIT.badInput;
}
