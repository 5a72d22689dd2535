import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { refresh, signIn } from '../../../infra/local/login/sign-in.ts';
import { anIssuer, audience, clientId, openForm, password, redirectUri, signedInBrowser } from './bench.ts';

const AGENCY = {
  username: '甲机构',
  role: 'agency',
  agency: 'Y000003000001',
  name: '甲公司',
  password,
} as const;
const DIRECTOR = { username: 'director', role: 'director', name: '主任', password } as const;

test.each(['', '/login'])(
  'the browser flow ends in verifiable tokens with role and agency (issuer at "%s")',
  async (path) => {
    const { issuer, accounts, credentials } = await anIssuer({ path });
    const { id } = await accounts.add(AGENCY);
    const tokens = await signIn({ ...credentials, username: AGENCY.username });
    const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
    const { payload } = await jwtVerify(tokens.access_token, keys, {
      issuer,
      audience,
      algorithms: ['RS256'],
    });
    expect(payload).toMatchObject({
      sub: id,
      role: 'agency',
      agency: 'Y000003000001',
      name: '甲公司',
      scope: 'portal',
    });
    expect(decodeJwt(tokens.id_token)).toMatchObject({
      sub: id,
      aud: clientId,
      role: 'agency',
      name: '甲公司',
    });
  },
);

test('only an agency has a filing number, and its tokens alone carry one', async () => {
  const { accounts, credentials } = await anIssuer();
  await accounts.add(DIRECTOR);
  const tokens = await signIn({ ...credentials, username: 'director' });
  expect(decodeJwt(tokens.access_token)).not.toHaveProperty('agency');
  const { agency: _, ...unnumbered } = AGENCY;
  await expect(accounts.add(unnumbered)).rejects.toThrow('备案号');
  await expect(accounts.add({ ...DIRECTOR, username: 'other', agency: AGENCY.agency })).rejects.toThrow(
    '备案号',
  );
  await expect(accounts.add(DIRECTOR)).rejects.toThrow('exists');
});

test('a generated password works and is not in the file', async () => {
  const { accounts, credentials, file, close } = await anIssuer();
  const generated = await accounts.add({ username: 'director', role: 'director', name: '主任' });
  expect(generated.password).toMatch(/^\w{16}$/);
  await signIn({ ...credentials, ...generated, username: 'director' });
  await close();
  expect(readFileSync(file).includes(generated.password)).toBe(false);
});

test('a refresh token works once; its reuse ends them all', async () => {
  const { issuer, accounts, credentials } = await anIssuer();
  await accounts.add(DIRECTOR);
  const first = await signIn({ ...credentials, username: 'director' });
  const second = await refresh(issuer, clientId, first.refresh_token);
  expect(decodeJwt(second.access_token)).toMatchObject({ aud: audience, role: 'director' });
  expect(second.refresh_token).not.toBe(first.refresh_token);
  await expect(refresh(issuer, clientId, first.refresh_token)).rejects.toThrow('invalid_grant');
  await expect(refresh(issuer, clientId, second.refresh_token)).rejects.toThrow('invalid_grant');
});

test.each([
  ['setPassword', '用户名或密码不正确'],
  ['disable', '用户名或密码不正确'],
  ['remove', '用户名或密码不正确'],
] as const)('%s ends sessions and the old password', async (change, message) => {
  const { issuer, accounts, credentials } = await anIssuer();
  await accounts.add(DIRECTOR);
  const { refresh_token } = await signIn({ ...credentials, username: 'director' });
  if (change === 'setPassword') await accounts.setPassword('director');
  if (change === 'disable') accounts.setDisabled('director', true);
  if (change === 'remove') accounts.remove('director');
  await expect(refresh(issuer, clientId, refresh_token)).rejects.toThrow('invalid_grant');
  await expect(signIn({ ...credentials, username: 'director' })).rejects.toThrow(message);
});

test.each([['director'], ['nobody']])(
  'five failures close the name %s for 15 minutes, known or not',
  async (username) => {
    const { accounts, credentials, clock } = await anIssuer();
    await accounts.add(DIRECTOR);
    const attempt = (given: string) =>
      signIn({ ...credentials, username, password: given }).catch((e: Error) => e.message);
    const guesses = await Promise.all(Array.from({ length: 8 }, (_, i) => attempt(`guess number ${i}`)));
    expect(guesses.filter((message) => String(message).includes('用户名或密码不正确'))).toHaveLength(5);
    expect(guesses.filter((message) => String(message).includes('请于 09:15 后再试'))).toHaveLength(3);
    expect(await attempt(password)).toContain('请于 09:15 后再试');
    clock.moveTo(new Date('2026-03-01T01:15:00Z'));
    const after = await attempt(password);
    if (username === 'director') expect(after).toHaveProperty('access_token');
    else expect(after).toContain('用户名或密码不正确');
  },
);

test('an unknown name takes as long as a known one', async () => {
  const { accounts, credentials } = await anIssuer();
  await accounts.add(DIRECTOR);
  const time = async (username: string) => {
    const times = [];
    for (let i = 0; i < 3; i++) {
      const start = performance.now();
      await signIn({ ...credentials, username, password: 'wrong password' }).catch(() => undefined);
      times.push(performance.now() - start);
    }
    return Math.min(...times);
  };
  const [known, unknown] = [await time('director'), await time('nobody')];
  expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(2);
});

test('sessions, grants and keys outlive the process', async () => {
  const before = await anIssuer();
  await before.accounts.add(DIRECTOR);
  const { refresh_token, access_token } = await signIn({ ...before.credentials, username: 'director' });
  await before.close();
  // `fetch` needs a moment to see that its pooled connection is gone.
  await sleep(50);
  const { issuer } = await anIssuer({ file: before.file, port: before.port });
  await jwtVerify(access_token, createRemoteJWKSet(new URL(`${issuer}/jwks`)), { issuer, audience });
  expect(await refresh(issuer, clientId, refresh_token)).toHaveProperty('access_token');
});

test('tokens verify by the wall clock after the platform moved on by months', async () => {
  const { issuer, accounts, credentials, clock } = await anIssuer();
  await accounts.add(DIRECTOR);
  clock.moveTo(new Date('2027-03-01T00:00:00Z'));
  const { access_token } = await signIn({ ...credentials, username: 'director' });
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  await jwtVerify(access_token, keys, { issuer, audience });
  expect(Math.abs((decodeJwt(access_token).iat ?? 0) * 1000 - Date.now())).toBeLessThan(60_000);
});

test.each([
  ['another resource', { resource: 'https://elsewhere.example' }, 'error=invalid_target'],
  ['no PKCE', { code_challenge: '', code_challenge_method: '' }, 'error=invalid_request'],
  ['plain PKCE', { code_challenge_method: 'plain' }, 'error=invalid_request'],
  ['an implicit token', { response_type: 'id_token', nonce: 'n' }, 'error=unsupported_response_type'],
])('%s is refused', async (_, parameters, error) => {
  const { issuer } = await anIssuer();
  const { response } = await openForm(issuer, parameters);
  expect(response.headers.get('location')).toContain(error);
});

test('an unregistered redirect is not followed', async () => {
  const { issuer } = await anIssuer();
  const { response } = await openForm(issuer, { redirect_uri: 'http://evil.example/' });
  expect(response.status).toBe(400);
  expect(response.headers.get('location')).toBeNull();
});

test('the page is Chinese, labelled, without scripts, and its cookies are closed to them', async () => {
  const { issuer } = await anIssuer();
  const { url, cookie, setCookie } = await openForm(issuer);
  const response = await fetch(url, { headers: { cookie } });
  const html = await response.text();
  expect(html).toContain('lang="zh-CN"');
  expect(html).toContain('<label for="username">用户名</label>');
  expect(html).not.toMatch(/<script/i);
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`form-action 'self' ${new URL(redirectUri).origin}`);
  expect(policy).toContain("frame-ancestors 'none'");
  for (const line of setCookie) expect(line).toMatch(/httponly.*samesite=lax|samesite=lax.*httponly/i);
});

test('the form is worthless without its own cookie, or from another origin', async () => {
  const { issuer, accounts } = await anIssuer();
  await accounts.add(DIRECTOR);
  const [own, other] = [await openForm(issuer), await openForm(issuer)];
  const body = () => new URLSearchParams({ username: 'director', password });
  const post = (headers: Record<string, string>) =>
    fetch(own.url, { method: 'POST', body: body(), headers, redirect: 'manual' }).then(
      ({ status }) => status,
    );
  expect(await post({})).toBe(400);
  expect(await post({ cookie: other.cookie })).toBe(400);
  expect(await post({ cookie: own.cookie.replace(/sig=\w+/g, 'sig=forged') })).toBe(400);
  expect(await post({ cookie: own.cookie, origin: 'http://evil.example' })).toBe(403);
  expect(await post({ cookie: own.cookie, origin: new URL(issuer).origin })).toBe(303);
});

test('what was typed comes back escaped', async () => {
  const { issuer } = await anIssuer();
  const { url, cookie } = await openForm(issuer);
  const body = new URLSearchParams({ username: '"><script>alert(1)</script>', password: 'x' });
  const html = await (await fetch(url, { method: 'POST', body, headers: { cookie } })).text();
  expect(html).toContain('role="alert"');
  expect(html).not.toContain('<script>');
});

test('signing out asks first, in Chinese, then ends the session and its tokens', async () => {
  const { issuer, accounts } = await anIssuer();
  await accounts.add(DIRECTOR);
  const browser = await signedInBrowser(issuer, 'director');
  expect((await browser.visit(browser.authorize)).headers.get('location')).toContain('code=');
  const home = 'http://127.0.0.1:5173/';
  const end = `${issuer}/session/end?client_id=${clientId}&post_logout_redirect_uri=${encodeURIComponent(home)}`;
  const html = await (await browser.visit(end)).text();
  expect(html).toContain('退出登录');
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const confirm = `${issuer}/session/end/confirm`;
  const forged = await browser.visit(confirm, new URLSearchParams({ logout: 'yes', xsrf: 'forged' }));
  expect(forged.status).toBe(400);
  const done = await browser.visit(confirm, new URLSearchParams({ logout: 'yes', xsrf }));
  expect(done.headers.get('location')).toBe(home);
  expect((await browser.visit(browser.authorize)).headers.get('location')).toContain('/interaction/');
});

test('thirty people sign in within a few seconds', async () => {
  const { accounts, credentials } = await anIssuer();
  const people = Array.from({ length: 30 }, (_, i) => `handler${i}`);
  for (const username of people) await accounts.add({ username, role: 'handler', name: '经办', password });
  const start = performance.now();
  await Promise.all(people.map((username) => signIn({ ...credentials, username })));
  expect(performance.now() - start).toBeLessThan(12_000);
});
