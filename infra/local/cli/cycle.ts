/** `npm run cycle -- --input DIR --out DIR [--check]` */
import { parseArgs } from 'node:util';
import { runFolders } from './run-folder.ts';
import { complain, EXIT } from './terminal.ts';

const USAGE = `用法：npm run cycle -- --input 输入文件夹 [--out 输出文件夹] [--check]
  --input  输入文件夹，内容见 docs/input-folder.md
  --out    输出文件夹，缺省为 out
  --check  只检查输入，列出全部问题，不运行`;

function options() {
  try {
    const { values } = parseArgs({
      options: {
        input: { type: 'string' },
        out: { type: 'string', default: 'out' },
        check: { type: 'boolean', default: false },
      },
    });
    return values.input ? { input: values.input, out: values.out, check: values.check } : undefined;
  } catch {
    return undefined;
  }
}

const asked = options();
if (asked) {
  process.exitCode = await runFolders([asked.input], asked.out, asked.check);
} else {
  complain(USAGE);
  process.exitCode = EXIT.badInput;
}
