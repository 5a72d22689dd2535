/** `npm run demo`: the year 2021 of Huainan, from the sample folder, to `out/2021/`. */
import { fileURLToPath } from 'node:url';
import { runFolder } from './run-folder.ts';
import { say } from './terminal.ts';

const SAMPLE = fileURLToPath(new URL('../../../docs/sample/huainan-2021', import.meta.url));

say('星评演示：淮南市 2021 年度技能人才评价机构评估（样例数据）');
say('时钟由程序推进，全部操作经真实接口完成：登录、上传、提交、审批、抽签、检查、计分、公示、签发。');
say();
const started = Date.now();
process.exitCode = await runFolder(SAMPLE, 'out', false);
say();
say(`用时 ${((Date.now() - started) / 1000).toFixed(1)} 秒`);
