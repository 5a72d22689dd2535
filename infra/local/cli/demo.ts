/** `npm run demo`: the years 2021 and 2022 of Huainan, from the sample folders, to `out/2021/` and `out/2022/`. */
import { runFolders } from './run-folder.ts';
import { SAMPLES } from './samples.ts';
import { say } from './terminal.ts';

say('星评演示：淮南市 2021、2022 年度技能人才评价机构评估（样例数据）');
say('时钟由程序推进，全部操作经真实接口完成：登录、上传、提交、审批、抽签、检查、计分、公示、签发。');
say();
const started = Date.now();
process.exitCode = await runFolders(SAMPLES, 'out', false);
say();
say(`用时 ${((Date.now() - started) / 1000).toFixed(1)} 秒`);
