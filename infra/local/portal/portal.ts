/** The built portal over HTTP: a few files held in memory, each with its compressed form, and one page for all addresses. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompress, gzipSync } from 'node:zlib';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
};

interface PortalFile {
  type: string;
  body: Buffer;
  zipped: Buffer;
  etag: string;
  /** A seventh smaller, and a second's work for the largest file: made when somebody has asked for it, for those who ask next. */
  brotli?: Buffer | 'in the making';
}

export interface PortalOptions {
  /** Where the build wrote it. */
  dir: string;
  /** What pages must know of their surroundings, served as `/config.json`: the same build runs anywhere. */
  config: Readonly<Record<'api' | 'issuer' | 'clientId' | 'scope', string>>;
  /** Origins beside our own that pages may connect to: object storage, for uploads. */
  connectTo: readonly string[];
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Only what the build wrote can be served: an address is looked up, never made into a path. */
export function openPortal({ dir, config, connectTo }: PortalOptions): Listener {
  const built = existsSync(dir) ? filesIn(dir) : [];
  const files = new Map([...built, ['/config.json', fileOf('.json', Buffer.from(JSON.stringify(config)))]]);
  // What public pages begin with is on its way before their script has told the browser to ask for it.
  const published = `<${config.api}/public>; rel=preload; as=fetch; crossorigin`;
  const headers = {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      // The component library writes its styles into the page.
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      `connect-src ${["'self'", new URL(config.issuer).origin, ...connectTo].join(' ')}`,
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
  };
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, allow: 'GET, HEAD' }).end();
      return;
    }
    const [pathname = '/'] = (request.url ?? '/').split('?');
    const isPage = !files.has(pathname) && extname(pathname) === '';
    const found = files.get(isPage ? '/index.html' : pathname);
    if (!found) {
      const text = built.length === 0 ? '门户尚未构建，请运行 npm run build 后重新启动' : '没有这个文件';
      response.writeHead(404, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(text);
      return;
    }
    send(request, response, found, {
      ...headers,
      'cache-control': cachingOf(pathname),
      ...(isPage && isPublic(pathname) && { link: published }),
    });
  };
}

const isPublic = (pathname: string) => !/^\/(work|signed-in)(\/|$)/.test(pathname);

/** Built files carry their digest in the name; the page that names them must be asked for each time. */
const cachingOf = (pathname: string) =>
  pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';

function send(
  request: IncomingMessage,
  response: ServerResponse,
  file: PortalFile,
  headers: Record<string, string>,
): void {
  const { etag, type } = file;
  const about = { ...headers, etag, vary: 'accept-encoding' };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, about).end();
    return;
  }
  const [encoding, content] = encoded(file, request.headers['accept-encoding'] ?? '');
  response.writeHead(200, {
    ...about,
    'content-type': type,
    'content-length': content.length,
    ...(encoding && { 'content-encoding': encoding }),
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

function encoded(file: PortalFile, accepted: string): ['br' | 'gzip' | undefined, Buffer] {
  if (/\bbr\b/.test(accepted)) {
    if (file.brotli instanceof Buffer) return ['br', file.brotli];
    if (!file.brotli) {
      file.brotli = 'in the making';
      brotliCompress(file.body, (failed, smaller) => {
        if (!failed) file.brotli = smaller;
      });
    }
  }
  return /\bgzip\b/.test(accepted) ? ['gzip', file.zipped] : [undefined, file.body];
}

function filesIn(dir: string): [string, PortalFile][] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const location = join(entry.parentPath, entry.name);
      const path = `/${relative(dir, location).split(sep).join('/')}`;
      return [path, fileOf(extname(entry.name), readFileSync(location))];
    });
}

function fileOf(extension: string, body: Buffer): PortalFile {
  const type = TYPES[extension] ?? 'application/octet-stream';
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
  return { type, body, zipped: gzipSync(body), etag };
}
