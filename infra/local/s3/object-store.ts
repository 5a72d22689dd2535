import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../../shared/app/clock.ts';
import { openCatalogue } from './catalogue.ts';
import { openContent } from './content.ts';
import { S3Error } from './errors.ts';
import { newBucket, operation, type S3Response, type Store } from './operations.ts';
import { readRequest, type S3Request } from './request.ts';
import { type Credentials, signatureVerifier } from './signature.ts';
import { xmlDocument } from './xml.ts';

export interface ObjectStoreOptions {
  /** The folder that holds everything: created if it is missing, used by one process at a time. */
  readonly root: string;
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly region: string;
  /** Web origins that browsers may call from. */
  readonly allowedOrigins: readonly string[];
  /** What is acknowledged outlives a loss of power; by default. Without it, writes are not synced. */
  readonly durable?: boolean;
}

export interface ObjectStore {
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Does nothing if the bucket exists. Object Lock implies versions. */
  createBucket(name: string, kind?: { versioned?: boolean; objectLock?: boolean }): void;
  close(): void;
}

/** The part of S3 this project uses, on one folder. See README.md for what it refuses. */
export function openObjectStore(options: ObjectStoreOptions): ObjectStore {
  const { root, clock, durable = true } = options;
  mkdirSync(root, { recursive: true });
  const catalogue = openCatalogue(join(root, 'catalogue.sqlite'), durable);
  const content = openContent(join(root, 'content'), catalogue.contents(), durable);
  const store: Store = { catalogue, content, now: clock.now };
  const verify = signatureVerifier(options);

  async function answer(message: IncomingMessage): Promise<S3Response> {
    const request = readRequest(message);
    const payload = await verify(request);
    const { run, query } = operation(request);
    refuseUnknown(request, query);
    if (request.bucket !== '' && !(request.method === 'PUT' && request.key === '')) {
      catalogue.bucket(request.bucket);
    }
    return run(store, request, payload);
  }

  return {
    async handle(req, res) {
      res.setHeader('date', clock.now().toUTCString());
      res.setHeader('x-amz-request-id', randomUUID());
      const allowed = allowOrigin(req, res, options.allowedOrigins);
      try {
        await send(res, req.method === 'OPTIONS' ? preflight(req, allowed) : await answer(req));
      } catch (cause) {
        // The headers are out or the client is gone: cutting the connection is all that can still be said.
        if (res.headersSent || res.destroyed) res.destroy();
        else await send(res, refusal(cause, req));
      }
    },
    createBucket(name, kind = {}) {
      if (!catalogue.hasBucket(name)) catalogue.addBucket(newBucket(name, kind, clock.now()));
    },
    close: catalogue.close,
  };
}

/** Serves a store on loopback. Port 0, the default, takes a free one. */
export async function serveObjectStore(options: ObjectStoreOptions & { port?: number }) {
  const store = openObjectStore(options);
  const server = createServer(store.handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    ...store,
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      store.close();
    },
  };
}

const KNOWN_HEADERS = new RegExp(
  `^x-amz-(${[
    '(algorithm|credential|date|expires|signedheaders|signature|content-sha256|user-agent)',
    '(meta-.+|checksum-(mode|algorithm|type|sha256|crc32)|sdk-checksum-algorithm)',
    '(trailer|decoded-content-length|metadata-directive|server-side-encryption)',
    '(copy-source(-if-.+)?|object-lock-(mode|retain-until-date)|bucket-object-lock-enabled)',
  ].join('|')})$`,
);

/** What we would silently ignore, S3 might act upon: better refused. */
function refuseUnknown(request: S3Request, query: readonly string[]) {
  const parameter = Object.keys(request.query).find(
    (name) => name !== 'x-id' && !/^x-amz-/i.test(name) && !query.includes(name),
  );
  const header = request.names.find((name) => name.startsWith('x-amz-') && !KNOWN_HEADERS.test(name));
  const unknown = parameter ?? header;
  if (unknown !== undefined) {
    throw new S3Error('NotImplemented', `${unknown} implies functionality that is not implemented.`);
  }
}

function allowOrigin(req: IncomingMessage, res: ServerResponse, allowedOrigins: readonly string[]): boolean {
  const { origin } = req.headers;
  if (origin === undefined || !allowedOrigins.includes(origin)) return false;
  res.setHeader('access-control-allow-origin', origin);
  res.setHeader(
    'access-control-expose-headers',
    'ETag, x-amz-version-id, x-amz-checksum-sha256, x-amz-request-id',
  );
  res.setHeader('vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method');
  return true;
}

function preflight(req: IncomingMessage, allowed: boolean): S3Response {
  const method = req.headers['access-control-request-method'] ?? '';
  if (!allowed || !['GET', 'HEAD', 'PUT'].includes(method)) {
    throw new S3Error('AccessForbidden', 'CORSResponse: This CORS request is not allowed.');
  }
  const headers: Record<string, string> = {
    'access-control-allow-methods': 'GET, HEAD, PUT',
    'access-control-max-age': '600',
  };
  const wanted = req.headers['access-control-request-headers'];
  if (wanted) headers['access-control-allow-headers'] = wanted;
  return { status: 200, headers };
}

function refusal(cause: unknown, req: IncomingMessage): S3Response {
  const error =
    cause instanceof S3Error ? cause : new S3Error('InternalError', 'We encountered an internal error.');
  const fields = { Code: error.code, Message: error.message, ...error.fields };
  const headers = { 'content-type': 'application/xml', ...error.headers };
  return {
    status: error.status,
    headers,
    ...(req.method === 'HEAD' ? {} : { body: xmlDocument('Error', fields) }),
  };
}

async function send(res: ServerResponse, { status, headers = {}, body }: S3Response) {
  if (typeof body === 'string' && headers['content-type'] === undefined) {
    res.setHeader('content-type', 'application/xml');
  }
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.writeHead(status);
  if (body instanceof Readable) await pipeline(body, res);
  else res.end(body);
}
