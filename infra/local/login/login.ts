import type { IncomingMessage, ServerResponse } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import type Provider from 'oidc-provider';
import type { Clock } from '../../../shared/app/clock.ts';
import { type Accounts, type Attempt, openAccounts } from './accounts.ts';
import { openArtifacts } from './artifacts.ts';
import { loginPage, messagePage, securityHeaders } from './pages.ts';
import { type Client, createProvider, pathOf } from './provider.ts';

export interface LoginOptions {
  /** The SQLite file of accounts, sessions, grants and keys. */
  readonly file: string;
  /** Lockouts go by it. Everything that the library expires goes by the machine's clock: see README.md. */
  readonly clock: Clock;
  /** The issuer as browsers reach it; a path is allowed. */
  readonly issuerUrl: string;
  readonly clients: readonly Client[];
  readonly audience: string;
  /** The heading of the login page. */
  readonly title?: string;
}

export interface Login {
  /** Answers everything under the issuer's URL. */
  callback(req: IncomingMessage, res: ServerResponse): Promise<void>;
  readonly accounts: Omit<Accounts, 'attempt' | 'find'>;
  close(): void;
}

/** An OpenID Connect issuer with local accounts. */
export function openLogin(options: LoginOptions): Login {
  const { file, clock, issuerUrl, clients, title = '登录星评' } = options;
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  const artifacts = openArtifacts(db);
  const accounts = openAccounts(db, clock, artifacts.revokeAccount);
  const provider = createProvider({ ...options, artifacts, findAccount: accounts.find });
  const library = provider.callback();
  const base = pathOf(issuerUrl);
  const headers = securityHeaders(
    clients.flatMap(({ redirectUris }) => redirectUris.map((uri) => new URL(uri).origin)),
  );

  return {
    accounts,
    async callback(req, res) {
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
      const path = (req.url ?? '/').slice(base.length).split('?')[0] ?? '';
      const uid = /^\/interaction\/([\w-]+)$/.exec(path)?.[1];
      if (uid === undefined) {
        // The library finds its mount point from the difference of the two.
        Object.assign(req, { originalUrl: req.url, url: req.url?.slice(base.length) });
        await library(req, res);
      } else {
        const action = `${base}/interaction/${uid}`;
        await interact(
          { provider, accounts, uid, title, action, origin: new URL(issuerUrl).origin },
          req,
          res,
        );
      }
    },
    close: () => db.close(),
  };
}

interface Interaction {
  readonly provider: Provider;
  readonly accounts: Accounts;
  readonly uid: string;
  readonly title: string;
  readonly action: string;
  readonly origin: string;
}

async function interact(interaction: Interaction, req: IncomingMessage, res: ServerResponse) {
  const { provider, accounts, uid, title, action, origin } = interaction;
  // The cookie of this very interaction, signed and SameSite=Lax, is what makes a forged form worthless.
  const details = await provider.interactionDetails(req, res).catch(() => undefined);
  if (details?.uid !== uid) return answer(res, 400, messagePage('登录已超时', '请返回平台重新登录。'));
  if (req.method === 'GET') return answer(res, 200, loginPage(title, action));
  if (req.method !== 'POST' || (req.headers.origin ?? origin) !== origin) {
    return answer(res, 403, messagePage('无法登录', '请返回平台重新登录。'));
  }
  const form = await readForm(req);
  const username = form.get('username')?.trim() ?? '';
  const attempt = await accounts.attempt(username.slice(0, 64), form.get('password')?.slice(0, 200) ?? '');
  if (attempt.outcome !== 'accepted') {
    const page = loginPage(title, action, username, explain(attempt));
    return answer(res, attempt.outcome === 'locked' ? 429 : 401, page);
  }
  const login = { accountId: attempt.account.id, amr: ['pwd'] };
  await provider.interactionFinished(req, res, { login }, { mergeWithLastSubmission: false });
}

const CLOCK_FACE = new Intl.DateTimeFormat('zh-CN', { timeStyle: 'short', timeZone: 'Asia/Shanghai' });

function explain(attempt: Exclude<Attempt, { outcome: 'accepted' }>): string {
  if (attempt.outcome === 'refused') return '用户名或密码不正确。';
  // Rounded up: at the minute we name, it must work.
  return `登录失败次数过多，请于 ${CLOCK_FACE.format(attempt.until.getTime() + 59_999)} 后再试。`;
}

function answer(res: ServerResponse, status: number, html: string) {
  res
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(html);
}

const MAX_FORM_BYTES = 4096;

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of req) {
    text += String(chunk);
    if (text.length > MAX_FORM_BYTES) return new URLSearchParams();
  }
  return new URLSearchParams(text);
}
