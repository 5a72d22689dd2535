import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';

export interface SignIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly username: string;
  readonly password: string;
}

export const Tokens = z.object({
  access_token: z.string(),
  id_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
});
export type Tokens = z.infer<typeof Tokens>;

const Discovery = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() });

/**
 * Signs in as a browser does, over HTTP: discovery, redirects with cookies, the form, the code, the exchange.
 * @throws Error with the page's message when the issuer refuses.
 */
export async function signIn({ issuer, clientId, redirectUri, username, password }: SignIn): Promise<Tokens> {
  const endpoints = Discovery.parse(await (await fetch(`${issuer}/.well-known/openid-configuration`)).json());
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const authorize = new URL(endpoints.authorization_endpoint);
  authorize.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile portal',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();

  const visit = browser();
  const form = await visit(authorize.href, redirectUri);
  const back = await visit(form.url, redirectUri, new URLSearchParams({ username, password }));
  const answered = back.url.startsWith(redirectUri) ? new URL(back.url).searchParams : new URLSearchParams();
  const code = answered.get('code');
  if (!code || answered.get('state') !== state)
    throw new Error(`signing in ${username} failed: ${back.alert}`);
  return exchange(endpoints.token_endpoint, {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  });
}

/** Exchanges a refresh token for a new set; the old one is spent. */
export async function refresh(issuer: string, clientId: string, refreshToken: string): Promise<Tokens> {
  const endpoints = Discovery.parse(await (await fetch(`${issuer}/.well-known/openid-configuration`)).json());
  const body = { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken };
  return exchange(endpoints.token_endpoint, body);
}

async function exchange(endpoint: string, body: Record<string, string>): Promise<Tokens> {
  const response = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(body) });
  if (!response.ok) throw new Error(`no tokens: ${response.status} ${await response.text()}`);
  return Tokens.parse(await response.json());
}

/** Follows redirects, with cookies, until there is a page or the way leads back to the client. */
function browser() {
  const cookies = new Map<string, string>();
  return async function visit(start: string, redirectUri: string, form?: URLSearchParams) {
    let url = start;
    let body = form;
    for (let hops = 0; hops < 10; hops++) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const post = body ? { method: 'POST', body } : {};
      const response = await fetch(url, { ...post, headers: { cookie }, redirect: 'manual' });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null) {
        const html = await response.text();
        return { url, alert: /role="alert"[^>]*>([^<]*)/.exec(html)?.[1] ?? `status ${response.status}` };
      }
      await response.body?.cancel();
      url = new URL(location, url).href;
      body = undefined;
      if (url.startsWith(redirectUri)) return { url, alert: new URL(url).searchParams.get('error') };
    }
    throw new Error('too many redirects');
  };
}
