export interface Route {
  /** As in API Gateway: `POST /cycles/{year}/dossiers/{filingNumber}`, `ANY /files/{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly functionName: string;
  readonly authorization: 'JWT' | 'NONE';
  /** So many calls a second, and so many at once after a quiet time; no limit if absent. */
  readonly limit?: { readonly perSecond: number; readonly atOnce: number } | undefined;
}

export interface Match {
  readonly route: Route;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** A path or query that is not valid percent-encoding. */
export class MalformedEncoding extends Error {}

interface Pattern {
  readonly route: Route;
  readonly method: string;
  readonly segments: readonly Segment[];
}

type Segment =
  | { readonly kind: 'exact'; readonly text: string }
  | { readonly kind: 'variable' | 'greedy'; readonly name: string };

const RANK = { exact: 0, variable: 1, greedy: 2 } as const;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'ANY'];

/** Chooses a route as the service does: exact before variable before greedy, method before ANY, then `$default`. */
export function router(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  const patterns = routes.filter((route) => route !== fallback).map(parse);
  patterns.sort(byPrecedence);
  refuseTwins(patterns);
  return (method, path) => {
    const parts = path.split('/').slice(1);
    for (const { route, method: wanted, segments } of patterns) {
      if (wanted !== 'ANY' && wanted !== method) continue;
      const pathParameters = matchPath(segments, parts);
      if (pathParameters) return { route, pathParameters };
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
}

function parse(route: Route): Pattern {
  const [method = '', path = '', ...rest] = route.routeKey.split(' ');
  if (!METHODS.includes(method) || !path.startsWith('/') || rest.length > 0) {
    throw new Error(`route key "${route.routeKey}" is not METHOD /path`);
  }
  const texts = path.split('/').slice(1);
  const segments = texts.map((text, i): Segment => {
    const [, name, plus] = /^\{(\w+)(\+?)\}$/.exec(text) ?? [];
    if (name === undefined && /[{}]/.test(text))
      throw new Error(`route key "${route.routeKey}": bad ${text}`);
    if (name === undefined) return { kind: 'exact', text };
    if (plus && i < texts.length - 1)
      throw new Error(`route key "${route.routeKey}": {${name}+} must be last`);
    return { kind: plus ? 'greedy' : 'variable', name };
  });
  return { route, method, segments };
}

function byPrecedence(a: Pattern, b: Pattern): number {
  for (const [i, segment] of a.segments.entries()) {
    const other = b.segments[i];
    if (!other) break;
    if (segment.kind !== other.kind) return RANK[segment.kind] - RANK[other.kind];
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

function refuseTwins(patterns: readonly Pattern[]) {
  const shapes = patterns.map(({ method, segments }) =>
    [method, ...segments.map((s) => (s.kind === 'exact' ? s.text : `{${s.kind}}`))].join('/'),
  );
  const twin = patterns.find((_, i) => shapes.indexOf(shapes[i] ?? '') < i);
  if (twin) throw new Error(`route key "${twin.route.routeKey}" is there twice`);
}

function matchPath(
  segments: readonly Segment[],
  parts: readonly string[],
): Record<string, string> | undefined {
  const greedy = segments.at(-1)?.kind === 'greedy';
  if (greedy ? parts.length < segments.length : parts.length !== segments.length) return undefined;
  const found: [string, string][] = [];
  for (const [i, segment] of segments.entries()) {
    const part = decode(parts[i] ?? '');
    if (segment.kind === 'exact' ? part !== segment.text : part === '') return undefined;
    if (segment.kind === 'variable') found.push([segment.name, part]);
    if (segment.kind === 'greedy') found.push([segment.name, decode(parts.slice(i).join('/'))]);
  }
  return Object.fromEntries(found);
}

/** @throws MalformedEncoding */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new MalformedEncoding(text);
  }
}
