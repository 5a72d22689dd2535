import { createServer, request } from 'node:http';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';
import { movableClock } from '../../../infra/local/clock.ts';
import type { HttpApiEvent } from '../../../infra/local/http-api/event.ts';
import { type HttpApiOptions, openHttpApi } from '../../../infra/local/http-api/http-api.ts';

export const issuer = 'http://127.0.0.1:4000/login';
export const audience = 'https://xingping.local/api';
export const portal = 'http://127.0.0.1:5173';

const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
export const signingKey = privateKey;
export const publicJwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' };
const keys = createLocalJWKSet({ keys: [publicJwk] });

/** A token as the issuer mints it, by the machine's clock. */
export const token = (
  claims: JWTPayload = {},
  key: Parameters<SignJWT['sign']>[0] = privateKey,
  alg = 'RS256',
) => {
  const now = Math.floor(Date.now() / 1000);
  const usual = { iss: issuer, aud: audience, sub: 'somebody', iat: now, exp: now + 60 };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg, kid: 'one' }).sign(key);
};

export const bearer = async (claims?: JWTPayload) => ({ authorization: `Bearer ${await token(claims)}` });

/** An API whose functions answer with `respond`; every invocation is noted. */
export async function anApi(
  options: Partial<HttpApiOptions> & { respond?: (event: HttpApiEvent) => unknown } = {},
) {
  const { respond = () => ({ ok: true }), ...more } = options;
  const invoked: { functionName: string; event: HttpApiEvent }[] = [];
  const clock = movableClock(new Date('2026-03-12T19:03:58.123Z'));
  const api = openHttpApi({
    routes: [],
    authorizer: { issuer, audience, keys },
    clock,
    allowedOrigins: [portal],
    invoke: async (functionName, event) => {
      invoked.push({ functionName, event });
      return respond(event);
    },
    ...more,
  });
  const server = createServer(api.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  /** Sends a path untouched, as `fetch` would not. */
  const send = (method: string, path: string, { headers = {}, body = '' }: Sent = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, method, path, headers }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
        const bytes = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text: bytes.toString(),
        });
      });
      outgoing.on('error', reject).end(body);
    });
  return { send, invoked, clock, origin: `http://127.0.0.1:${port}` };
}

interface Sent {
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
}

export const route = (routeKey: string, authorization: 'JWT' | 'NONE' = 'NONE') => ({
  routeKey,
  functionName: routeKey,
  authorization,
});
