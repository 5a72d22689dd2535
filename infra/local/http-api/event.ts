import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { JWTPayload } from 'jose';
import { decode, type Match } from './routes.ts';

export type HttpApiEvent = APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithJWTAuthorizer;

export interface Target {
  /** Still percent-encoded. */
  readonly encodedPath: string;
  readonly path: string;
  readonly query: string;
}

/**
 * Splits the request target as it was sent: `new URL` would resolve `..` before routing.
 * @throws MalformedEncoding
 */
export function readTarget(req: IncomingMessage): Target {
  const [encodedPath = '/', ...query] = (req.url ?? '/').split('?');
  return { encodedPath, path: decode(encodedPath), query: query.join('?') };
}

/** The request as a function receives it: payload format 2.0. @throws MalformedEncoding. */
export function toEvent(
  req: IncomingMessage,
  target: Target,
  body: Buffer,
  { route, pathParameters }: Match,
  context: { now: Date; requestId: string; claims: JWTPayload | undefined },
): HttpApiEvent {
  const { now, requestId, claims } = context;
  const { cookie, ...rest } = req.headers;
  const headers = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
  const query = readQuery(target.query);
  const isBase64Encoded =
    body.length > 0 && !isText(req.headers['content-type'], req.headers['content-encoding']);
  const { path } = target;
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: path,
    rawQueryString: target.query,
    ...(cookie ? { cookies: cookie.split(/; */) } : {}),
    headers,
    ...(target.query === '' ? {} : { queryStringParameters: query }),
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters: { ...pathParameters } }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      ...(claims ? { authorizer: authorizerContext(claims) } : {}),
      domainName: (req.headers.host ?? 'localhost').replace(/:\d+$/, ''),
      domainPrefix: 'local',
      http: {
        method: req.method ?? 'GET',
        path,
        protocol: `HTTP/${req.httpVersion}`,
        sourceIp: req.socket.remoteAddress ?? '127.0.0.1',
        userAgent: req.headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: route.routeKey,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length === 0 ? {} : { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
}

/** Repeated parameters are joined with a comma. */
function readQuery(text: string): Record<string, string> {
  const joined = new Map<string, string>();
  for (const pair of text.split('&').filter(Boolean)) {
    const [name, value] = [pair.split('=')[0] ?? '', pair.split('=').slice(1).join('=')].map((part) =>
      decode(part.replaceAll('+', ' ')),
    );
    if (name === undefined || value === undefined) continue;
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  // `fromEntries` defines own properties: a parameter called __proto__ is only a parameter.
  return Object.fromEntries(joined);
}

const isText = (type = '', encoding = '') =>
  encoding === '' &&
  /^(text\/|application\/(.+\+)?(json|xml|javascript|x-www-form-urlencoded)\b)/i.test(type);

/** The service hands every claim over as a string; lists become `[a b]`. */
function authorizerContext(claims: JWTPayload) {
  const text = (value: unknown) => {
    if (Array.isArray(value)) return `[${value.join(' ')}]`;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  const strings = Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, text(value)]));
  // Our routes ask for no scopes: the list holds those that a route asked for and the token has.
  return { principalId: '', integrationLatency: 0, jwt: { claims: strings, scopes: [] as string[] } };
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `12/Mar/2026:19:03:58 +0000` */
function commonLogTime(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
