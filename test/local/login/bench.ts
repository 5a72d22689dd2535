import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { movableClock } from '../../../infra/local/clock.ts';
import { openLogin } from '../../../infra/local/login/login.ts';

export const clientId = 'portal';
export const redirectUri = 'http://127.0.0.1:5173/callback';
export const audience = 'https://xingping.local/api';
export const password = 'correct horse battery';

export function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'xingping-login-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'login.sqlite');
}

/** A served issuer, under a path or at the root, on a free port. */
export async function anIssuer({ file = temporaryFile(), path = '', port = 0 } = {}) {
  const server = createServer((req, res) => login.callback(req, res));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const bound = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const issuer = `http://127.0.0.1:${bound}${path}`;
  const clock = movableClock(new Date('2026-03-01T01:00:00Z'));
  const clients = [
    { clientId, redirectUris: [redirectUri], postLogoutRedirectUris: ['http://127.0.0.1:5173/'] },
  ];
  const login = openLogin({ file, clock, issuerUrl: issuer, clients, audience });
  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    login.close();
  };
  onTestFinished(close);
  const credentials = { issuer, clientId, redirectUri, password };
  return { ...login, issuer, clock, file, port: bound, close, credentials };
}

/** The login page of a fresh interaction: where its form goes and the cookies it needs. */
export async function openForm(issuer: string, more: Record<string, string> = {}) {
  const authorize = new URL(`${issuer}/auth`);
  authorize.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...more,
  }).toString();
  const response = await fetch(authorize, { redirect: 'manual' });
  const { href } = authorize;
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  return {
    response,
    authorize: href,
    url: new URL(response.headers.get('location') ?? '', issuer).href,
    cookie: cookie.join('; '),
    setCookie: response.headers.getSetCookie(),
  };
}

/** A browser that keeps its cookies and has just signed in. */
export async function signedInBrowser(issuer: string, username: string) {
  const { authorize, url, setCookie } = await openForm(issuer);
  const cookies = new Map<string, string>();
  const keep = (lines: readonly string[]) => {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
  };
  keep(setCookie);
  const visit = async (address: string, form?: URLSearchParams) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const post = form ? { method: 'POST', body: form } : {};
    const response = await fetch(address, { ...post, headers: { cookie }, redirect: 'manual' });
    keep(response.headers.getSetCookie());
    return response;
  };
  const accepted = await visit(url, new URLSearchParams({ username, password }));
  await visit(accepted.headers.get('location') ?? '');
  return { authorize, visit };
}
