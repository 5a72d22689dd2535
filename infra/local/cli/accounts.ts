/** `npm run accounts -- list | add | password | disable | enable`: local accounts, while the server runs or not. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../../shared/app/clock.ts';
import { ROLES } from '../../../shared/domain/history.ts';
import { NewAccount } from '../login/accounts.ts';
import { type Login, openLogin } from '../login/login.ts';
import { complain, EXIT, say, table } from './terminal.ts';

const USAGE = `用法：
  npm run accounts -- list
  npm run accounts -- add --username 用户名 --role 角色 --name 姓名 [--agency 备案号]
  npm run accounts -- password --username 用户名
  npm run accounts -- disable --username 用户名
  npm run accounts -- enable --username 用户名
角色：agency 评价机构、handler 经办人、inspector 督导员、approver 负责人、director 主任、auditor 监督`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: 'data' },
    username: { type: 'string', default: '' },
    role: { type: 'string' },
    name: { type: 'string' },
    agency: { type: 'string' },
  },
});

type Accounts = Login['accounts'];

const COMMANDS: Record<string, (accounts: Accounts) => Promise<void> | void> = {
  list(accounts) {
    const rows = accounts
      .list()
      .map(({ username, role, name, agency = '', disabled }) => [
        username,
        ROLES[role],
        name,
        agency,
        disabled ? '已停用' : '正常',
      ]);
    say(table([['用户名', '角色', '姓名', '备案号', '状态'], ...rows]));
  },
  async add(accounts) {
    const { username, role, name, agency } = values;
    const parsed = NewAccount.safeParse({ id: username, username, role, name, ...(agency && { agency }) });
    if (!parsed.success) throw new Error(parsed.error.issues.map(({ message }) => message).join('；'));
    const { password } = await accounts.add(parsed.data);
    say(`已创建账号 ${username}，密码（只显示这一次）：${password}`);
  },
  async password(accounts) {
    say(`${values.username} 的新密码（只显示这一次）：${await accounts.setPassword(values.username)}`);
  },
  disable: (accounts) => accounts.setDisabled(values.username, true),
  enable: (accounts) => accounts.setDisabled(values.username, false),
};

async function run(): Promise<number> {
  const command = COMMANDS[positionals[0] ?? ''];
  if (!command) {
    complain(USAGE);
    return EXIT.badInput;
  }
  const login = openLogin({
    file: join(resolve(values.data), 'login.sqlite'),
    clock: systemClock,
    issuerUrl: 'http://127.0.0.1/oidc',
    clients: [],
    audience: 'urn:xingping:api',
  });
  try {
    await command(login.accounts);
    return EXIT.published;
  } catch (error) {
    complain(`操作失败：${error instanceof Error ? error.message : String(error)}`);
    return EXIT.failure;
  } finally {
    login.close();
  }
}

process.exitCode = await run();
