import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JWTPayload } from 'jose';
import type { TimerClock } from '../clock.ts';
import { type Authorizer, tokenVerifier } from './authorizer.ts';
import { type HttpApiEvent, readTarget, toEvent } from './event.ts';
import { callLimits } from './limits.ts';
import { type HttpResult, message, toResult } from './result.ts';
import { MalformedEncoding, type Route, router } from './routes.ts';

export interface HttpApiOptions {
  readonly routes: readonly Route[];
  readonly authorizer: Authorizer;
  /** Runs a function and resolves to what it returns; a rejection is a failed invocation. */
  invoke(functionName: string, event: HttpApiEvent): Promise<unknown>;
  readonly clock: TimerClock;
  /** Web origins that browsers may call from. */
  readonly allowedOrigins: readonly string[];
  /** The service's limit, and our default, is 10 MB. */
  readonly maxBodyBytes?: number;
  /** How long to wait for a function, in real time. The service gives up at 30 s; by default we do at 29. */
  readonly timeoutMs?: number;
  /** Hears of failed invocations, of which a client learns nothing. */
  onFailure?(functionName: string, cause: unknown): void;
  readonly newId?: () => string;
  /** Milliseconds of real time, that never go back: limits hold however the clock is moved. */
  readonly elapsed?: () => number;
}

const MAX_BODY_BYTES = 10 * 1024 ** 2;
const TIMEOUT_MS = 29_000;

/** API Gateway's HTTP API in front of local functions, with its JWT authorizer. */
export function openHttpApi(options: HttpApiOptions) {
  const { clock, newId = randomUUID, maxBodyBytes = MAX_BODY_BYTES } = options;
  const route = router(options.routes);
  const verify = tokenVerifier(options.authorizer);
  const mayCall = callLimits(options.elapsed ?? (() => performance.now()));

  async function answer(req: IncomingMessage, requestId: string): Promise<HttpResult> {
    const target = readTarget(req);
    const match = route(req.method ?? 'GET', target.encodedPath);
    if (!match) return message(404, 'Not Found');
    if (!mayCall(match.route)) return message(429, 'Too Many Requests');
    let claims: JWTPayload | undefined;
    if (match.route.authorization === 'JWT') {
      claims = await verify(req.headers.authorization);
      if (!claims) return message(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
    }
    const body = await readBody(req, maxBodyBytes);
    if (!body) return message(413, 'Request Too Long', { connection: 'close' });
    const event = toEvent(req, target, body, match, { now: clock.now(), requestId, claims });
    return run(options, match.route.functionName, event);
  }

  return {
    async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
      const requestId = newId();
      const cors = corsHeaders(req, options.allowedOrigins);
      const result = isPreflight(req)
        ? { status: 204, headers: cors, cookies: [], body: Buffer.alloc(0) }
        : await answer(req, requestId).catch(refusal);
      send(res, { ...result, headers: { ...result.headers, ...cors, 'apigw-requestid': requestId } });
    },
  };
}

async function run(options: HttpApiOptions, functionName: string, event: HttpApiEvent): Promise<HttpResult> {
  const { invoke, onFailure, timeoutMs = TIMEOUT_MS } = options;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<HttpResult>((resolve) => {
    timer = setTimeout(() => resolve(message(503, 'Service Unavailable')), timeoutMs);
  });
  try {
    return await Promise.race([invoke(functionName, event).then(toResult), timeout]);
  } catch (cause) {
    onFailure?.(functionName, cause);
    return message(500, 'Internal Server Error');
  } finally {
    clearTimeout(timer);
  }
}

function refusal(cause: unknown): HttpResult {
  return cause instanceof MalformedEncoding
    ? message(400, 'Bad Request')
    : message(500, 'Internal Server Error');
}

/** @returns nothing when the body is longer than allowed */
async function readBody(req: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const isPreflight = (req: IncomingMessage) =>
  req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined;

function corsHeaders(req: IncomingMessage, allowedOrigins: readonly string[]): Record<string, string> {
  const { origin } = req.headers;
  if (origin === undefined || !allowedOrigins.includes(origin)) return {};
  const headers = { 'access-control-allow-origin': origin, vary: 'Origin' };
  if (!isPreflight(req)) return headers;
  return {
    ...headers,
    'access-control-allow-methods': 'GET,POST,PUT,PATCH,DELETE',
    'access-control-allow-headers': 'authorization,content-type,complaint-code',
    'access-control-max-age': '600',
  };
}

function send(res: ServerResponse, { status, headers, cookies, body }: HttpResult) {
  if (res.destroyed) return;
  try {
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    if (cookies.length > 0) res.setHeader('set-cookie', [...cookies]);
  } catch {
    // A function returned a header that HTTP does not allow.
    for (const name of [...Object.keys(headers), 'set-cookie']) res.removeHeader(name);
    send(res, message(500, 'Internal Server Error'));
    return;
  }
  const bodiless = status === 204 || status === 304;
  res.writeHead(status, bodiless ? {} : { 'content-length': body.length }).end(bodiless ? undefined : body);
}
