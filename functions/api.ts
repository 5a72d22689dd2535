/** What every route of the API has in common: who may call it, what it accepts, and how refusals are answered. */
import { gzipSync } from 'node:zlib';
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2WithJWTAuthorizer as ApiEvent,
  APIGatewayProxyStructuredResultV2 as ApiResult,
  Context,
} from 'aws-lambda';
import * as z from 'zod/mini';
import zhCN from 'zod/v4/locales/zh-CN.js';
import { type Deps, RecordFull } from '../shared/app/ports.ts';
import { Refusal, refuse } from '../shared/app/refusal.ts';
import { FilingNumber } from '../shared/domain/agency.ts';
import { type Actor, PUBLIC, ROLES, type Role } from '../shared/domain/history.ts';
import { NOTHING, Words } from '../shared/domain/schemas.ts';
import type { LambdaHandler } from './step.ts';

export interface Caller extends Actor {
  /** The filing number of an agency's account. */
  agency?: string;
}

export interface ApiRequest<P, B, Q, H = unknown> {
  path: P;
  body: B;
  query: Q;
  /** Those that the route declares, by their names in small letters. */
  headers: H;
  caller: Caller;
}

/**
 * One route. Deny by default: nobody may call it whose role it does not name; `public` needs no account.
 * The same schemas check a request and describe it in the OpenAPI document.
 */
export interface Route {
  key: string;
  roles: readonly Role[] | 'public';
  /** What it does, in Chinese: the summary of its description. */
  title: string;
  path: z.ZodMiniType;
  /** Strict: a parameter that it does not name is refused. */
  query: z.ZodMiniType;
  headers: z.ZodMiniType;
  body: z.ZodMiniType | undefined;
  /** How long a body may be, in characters. */
  maxBody: number;
  answer: Answer | undefined;
  /** Calls of everybody together: more are turned away at the door. Where anybody may call, it says so. */
  limit: CallLimit | undefined;
  handle: (deps: Deps, request: ApiRequest<unknown, unknown, unknown>) => Promise<unknown>;
}

export interface CallLimit {
  perSecond: number;
  atOnce: number;
}

/** What a route answers with when it does not refuse: JSON of this schema, or a file. Not declared: some JSON. */
export type Answer = z.ZodMiniType | { contentType: string };

const ANY_HEADERS = z.object({});

/** Declares a route; the request is typed by its schemas. What is not declared is not accepted. */
export function route<P, B, Q, H>(definition: {
  key: string;
  roles: readonly Role[] | 'public';
  title: string;
  path?: z.ZodMiniType<P>;
  query?: z.ZodMiniType<Q>;
  headers?: z.ZodMiniType<H>;
  body?: z.ZodMiniType<B>;
  maxBody?: number;
  answer?: Answer;
  limit?: CallLimit;
  handle: (deps: Deps, request: ApiRequest<P, B, Q, H>) => Promise<unknown>;
}): Route {
  const { path = NOTHING, query = NOTHING, ...given } = definition;
  const { headers = ANY_HEADERS, body, maxBody = MAX_BODY, answer, limit, handle, ...rest } = given;
  const accepted = { path, query, headers, body, maxBody };
  return { ...rest, ...accepted, answer, limit, handle: handle as Route['handle'] };
}

/** A whole self-evaluation with every remark at its longest; a record holds 400 KB in all. */
const MAX_BODY = 150_000;
/** What is taken apart into many records, or read and not kept: as much as the gateway lets through. */
export const MAX_FILE_BODY = 10_000_000;

/** An answer that depends on who asks: an object whose fields are not described one by one. */
export const View = z.looseObject({});

/** The query of a list that comes in pages: go on after the page whose cursor this is. */
export const PageQuery = z.strictObject({
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
});

/** A workbook or CSV file that staff upload to be read. */
export const UploadedTable = z.strictObject({
  fileName: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Base64. */
  content: z.base64().check(z.maxLength(9_000_000)),
});

export const YearPath = z.object({ year: z.coerce.number().check(z.int(), z.gte(2000), z.lte(2100)) });
export const DossierPath = z.extend(YearPath, { filingNumber: FilingNumber });

/** A body that is not JSON, a file for instance, with the headers it is served with. */
export class FileAnswer {
  readonly content: Uint8Array;
  readonly contentType: string;
  /** What the file is called where it is kept. */
  readonly fileName: string | undefined;
  constructor(content: Uint8Array, contentType: string, fileName?: string) {
    this.content = content;
    this.contentType = contentType;
    this.fileName = fileName;
  }
}

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

const isPage = (contentType: string) => contentType.startsWith('text/html');

/** Pages and PDF are shown, anything else is kept; the name in Chinese as RFC 6266 writes it. */
function disposition(contentType: string, fileName: string): string {
  const shown = isPage(contentType) || contentType === 'application/pdf';
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
  return `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded}`;
}

export function apiHandler(routes: readonly Route[], deps: Deps): LambdaHandler {
  const byKey = new Map(routes.map((entry) => [entry.key, entry]));
  const serve = async (event: ApiEvent, _context: Context): Promise<ApiResult> => {
    const found = byKey.get(event.routeKey);
    const outcome = found ? await answer(found, deps, event) : refuse('notFound', { what: '该地址' });
    if (outcome instanceof Refusal) {
      const { code, message, data } = outcome;
      deps.log.info('API_REFUSED', { route: event.routeKey, code });
      return json(outcome.status, { code, message, data });
    }
    return outcome instanceof FileAnswer ? file(outcome, event) : json(200, outcome ?? null);
  };
  const handler = middy(serve).use({
    onError: (request) => {
      deps.log.error('API_FAILED', { route: request.event.routeKey }, request.error);
      request.response = json(500, { code: 'internal', message: BROKEN });
    },
  });
  return (event, context) => Promise.resolve(handler(event as ApiEvent, context));
}

const BROKEN = '系统出现问题，请稍后重试；如仍不成功，请联系管理员';

async function answer(found: Route, deps: Deps, event: ApiEvent): Promise<unknown> {
  const caller = callerOf(event);
  if (found.roles !== 'public' && !found.roles.includes(caller.role)) {
    return refuse('notAllowed', { role: ROLES[caller.role] });
  }
  const path = found.path.safeParse(event.pathParameters ?? {});
  if (!path.success) return refuse('notFound', { what: '该地址' });
  if (foreignDossier(caller, path.data)) return refuse('notYours');
  const query = found.query.safeParse(event.queryStringParameters ?? {}, IN_CHINESE);
  if (!query.success) return refuse('invalidRequest', { detail: issues(query.error) });
  const headers = found.headers.safeParse(event.headers ?? {}, IN_CHINESE);
  if (!headers.success) return refuse('invalidRequest', { detail: issues(headers.error) });
  const body = readBody(found, event);
  if (body instanceof Refusal) return body;
  try {
    const request = { path: path.data, body, query: query.data, headers: headers.data, caller };
    return await found.handle(deps, request);
  } catch (error) {
    if (error instanceof RecordFull) return refuse('recordFull');
    throw error;
  }
}

function readBody({ body, maxBody }: Route, event: ApiEvent): unknown {
  if (!body) return undefined;
  if ((event.body?.length ?? 0) > maxBody)
    return refuse('bodyTooLarge', { limit: Math.floor(maxBody / 1000) });
  const content = parseJson(event);
  if (content instanceof Refusal) return content;
  const parsed = body.safeParse(content, IN_CHINESE);
  return parsed.success ? parsed.data : refuse('invalidRequest', { detail: issues(parsed.error) });
}

/** An agency's account reaches its own dossier only; a foreign one answers as if it did not exist. */
function foreignDossier(caller: Caller, path: unknown): boolean {
  const named = z.object({ filingNumber: z.string() }).safeParse(path);
  return caller.role === 'agency' && named.success && named.data.filingNumber !== caller.agency;
}

const Person = { sub: Words, name: Words };
const Staff = z.enum(['handler', 'inspector', 'approver', 'director', 'auditor']);
/** A token never makes somebody the system itself, and an agency's account is always that of one agency. */
const Claims = z.union([
  z.object({ ...Person, role: Staff }),
  z.object({ ...Person, role: z.literal('agency'), agency: FilingNumber }),
]);
function callerOf(event: ApiEvent): Caller {
  const claims = Claims.safeParse(event.requestContext.authorizer?.jwt.claims);
  if (!claims.success) return PUBLIC;
  const { sub: id, ...person } = claims.data;
  return { id, ...person };
}

function parseJson(event: ApiEvent): unknown {
  if (!event.body) return undefined;
  try {
    const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body;
    return JSON.parse(text, wholeCharacters);
  } catch {
    return refuse('invalidRequest', { detail: '不是有效的 JSON' });
  }
}

/** Half a character could neither be sealed nor written into a document. */
function wholeCharacters(key: string, value: unknown): unknown {
  const texts = typeof value === 'string' ? [key, value] : [key];
  if (!texts.every((text) => text.isWellFormed())) throw new SyntaxError('half a character');
  return value;
}

/** The schemas' own words, where they bring none of ours. */
const IN_CHINESE = { error: zhCN().localeError };

/** The place and what is wrong there, for the first few; what was sent is not sent back at length. */
function issues(error: z.core.$ZodError): string {
  return error.issues
    .slice(0, 20)
    .map(({ path, message }) => (path.length > 0 ? `${path.map(String).join('.')}：${message}` : message))
    .map((line) => (line.length > 200 ? `${line.slice(0, 200).toWellFormed()}…` : line))
    .join('；');
}

function json(statusCode: number, body: unknown): ApiResult {
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', ...SECURITY_HEADERS },
    body: JSON.stringify(body),
  };
}

/** Text is a third as long on its way to whoever takes it compressed. */
function file({ content, contentType, fileName }: FileAnswer, { headers }: ApiEvent): ApiResult {
  const isText = /^(text\/|application\/json)/.test(contentType);
  const zips = isText && /\bgzip\b/.test(headers?.['accept-encoding'] ?? '');
  return {
    statusCode: 200,
    headers: {
      'content-type': contentType,
      ...SECURITY_HEADERS,
      // A published page brings its own style and nothing else: no script, no file from elsewhere.
      ...(isPage(contentType) && { 'content-security-policy': PAGE_POLICY }),
      ...(fileName && { 'content-disposition': disposition(contentType, fileName) }),
      ...(isText && { vary: 'accept-encoding' }),
      ...(zips && { 'content-encoding': 'gzip' }),
    },
    body: Buffer.from(zips ? gzipSync(content) : content).toString('base64'),
    isBase64Encoded: true,
  };
}
