/** `npm start [-- --demo]`: the system with the real clock and everything kept under `data/`, or the sample years' under `data-demo/`. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SCANNER_SETTING, scannerKind } from '../../../shared/adapters/scanners/index.ts';
import { smtpNotifier } from '../../../shared/adapters/smtp.ts';
import type { ScannerKind } from '../../../shared/app/ports.ts';
import { chinaDate, printedDate } from '../../../shared/domain/calendar.ts';
import { realTimerClock } from '../clock.ts';
import type { Login } from '../login/login.ts';
import { openRuntime } from '../runtime.ts';
import { failureText } from './failure-text.ts';
import { lockFolder } from './lock-folder.ts';
import { complain, EXIT, say, table } from './terminal.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.PORT ?? '4600' },
    data: { type: 'string' },
    demo: { type: 'boolean', default: false },
    'yearly-start': { type: 'string', default: 'cron(0 9 1 3 ? *)' },
    scanner: { type: 'string', default: process.env.SCANNER ?? 'none' },
  },
});

const SCANNING: Record<ScannerKind, string> = {
  none: '注意：没有设置病毒查杀，上传的文件不查毒（各页面会标明）。设置方法：--scanner clamd://127.0.0.1:3310',
  clamav: `上传的文件由 ClamAV 查毒（${values.scanner}）；查毒服务停止时，新文件不能使用`,
  guardDuty: '上传的文件由 GuardDuty 查毒',
};

/** One account of each role to begin with; more are added with `npm run accounts`. */
const FIRST_ACCOUNTS = [
  { id: 'handler-1', username: 'handler-1', role: 'handler', name: '经办人一' },
  { id: 'handler-2', username: 'handler-2', role: 'handler', name: '经办人二' },
  { id: 'approver-1', username: 'approver-1', role: 'approver', name: '负责人一' },
  { id: 'approver-2', username: 'approver-2', role: 'approver', name: '负责人二' },
  { id: 'director-1', username: 'director-1', role: 'director', name: '主任' },
  { id: 'inspector-1', username: 'inspector-1', role: 'inspector', name: '督导员一' },
  { id: 'inspector-2', username: 'inspector-2', role: 'inspector', name: '督导员二' },
  { id: 'auditor-1', username: 'auditor-1', role: 'auditor', name: '监督员' },
] as const;

async function createFirstAccounts(accounts: Login['accounts']): Promise<void> {
  if (accounts.list().length > 0) return;
  const rows: string[][] = [];
  for (const account of FIRST_ACCOUNTS) {
    const { password } = await accounts.add(account);
    rows.push([account.name, account.username, password]);
  }
  say('首次启动，已创建下列账号。密码只显示这一次，请立即记录并分发：');
  say(table([['角色', '用户名', '密码'], ...rows]));
  say();
}

/** Messages also go out by mail when a mail server is named; its password stands in the environment, not in a command line. */
function mail() {
  const { SMTP_SERVER, MAIL_FROM } = process.env;
  if (!SMTP_SERVER) return {};
  if (!MAIL_FROM) throw new Error('已设置 SMTP_SERVER，还须用 MAIL_FROM 设置发件邮箱');
  return { notifier: smtpNotifier(SMTP_SERVER, MAIL_FROM) };
}

/** Whatever nobody expected, a write that fails above all, ends the process: what is on disk is whole, what is in memory may not be. */
process.on('uncaughtException', (error) => {
  complain(`系统已停止：${failureText(error)}`);
  complain('已确认的内容都已保存；没有得到确认的操作请在重新启动后再做一次，系统会从停下的地方继续。');
  process.exit(EXIT.failure);
});

async function start(): Promise<void> {
  if (!SCANNER_SETTING.test(values.scanner)) {
    complain('--scanner 应为 none、clamd://127.0.0.1:3310 或 clamd:/run/clamav/clamd.ctl');
    process.exit(EXIT.badInput);
  }
  // Invented agencies never stand among real ones: the demo keeps to a folder of its own.
  const dir = resolve(values.data ?? (values.demo ? 'data-demo' : 'data'));
  if (values.demo) await (await import('./fill-demo.ts')).fillDemo(dir);
  const unlock = lockFolder(dir);
  const random = () => randomBytes(4).readUInt32BE() / 2 ** 32;
  const runtime = await openRuntime({
    dir,
    clock: realTimerClock(),
    random,
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
    yearlyStart: values['yearly-start'],
    port: Number(values.port),
    scanner: values.scanner,
    ...mail(),
  });
  await createFirstAccounts(runtime.accounts);
  say(`星评已启动：网站 ${runtime.origin}/ ，接口 ${runtime.origin}/api ，登录 ${runtime.signIn.issuer}`);
  say(`数据目录 ${dir} ；下次定时启动评估：${printedDate(chinaDate(runtime.nextStart()))}`);
  say(SCANNING[scannerKind(values.scanner)]);
  say('按 Ctrl-C 停止；再次启动会从停下的地方继续。');
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    say('正在停止……');
    runtime
      .close()
      .then(unlock, unlock)
      .finally(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

start().catch((error: NodeJS.ErrnoException) => {
  const inUse =
    error.code === 'EADDRINUSE' ? `端口 ${values.port} 已被占用，请用 --port 指定其他端口` : undefined;
  complain(inUse ?? `启动失败：${failureText(error)}`);
  process.exit(EXIT.failure);
});
