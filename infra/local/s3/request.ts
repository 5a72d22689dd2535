import type { IncomingMessage } from 'node:http';
import { S3Error } from './errors.ts';

/** A request as S3 reads it: path style, still unauthenticated. */
export interface S3Request {
  readonly method: string;
  /** The path exactly as sent, which is what the client signed. */
  readonly rawPath: string;
  readonly bucket: string;
  /** Empty for operations on a bucket. */
  readonly key: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** One `x-amz-…` or plain header, also where a presigned URL carries it as a query parameter. */
  header(name: string): string | undefined;
  /** Every such name that is present, lower case. */
  readonly names: readonly string[];
  readonly body: AsyncIterable<Buffer>;
}

const MAX_KEY_BYTES = 1024;

export function readRequest(message: IncomingMessage): S3Request {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  // Never through `new URL`, which would resolve `..` and so change what was signed and named.
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  const query = readQuery(mark < 0 ? '' : url.slice(mark + 1));
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  const hoisted = new Map(
    Object.entries(query).flatMap(([name, value]) =>
      /^x-amz-/i.test(name) ? [[name.toLowerCase(), value] as const] : [],
    ),
  );
  const slash = rawPath.indexOf('/', 1);
  const bucket = decode(rawPath.slice(1, slash < 0 ? undefined : slash));
  const key = slash < 0 ? '' : decode(rawPath.slice(slash + 1));
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new S3Error('KeyTooLongError', 'Your key is too long');
  return {
    method: message.method ?? 'GET',
    rawPath,
    bucket,
    key,
    query,
    headers,
    header: (name) => (Object.hasOwn(headers, name) ? headers[name] : hoisted.get(name)),
    names: [...new Set([...Object.keys(headers), ...hoisted.keys()])],
    body: message as AsyncIterable<Buffer>,
  };
}

function readQuery(text: string): Record<string, string> {
  const pairs = text
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decode(name), decode(value.join('='))] as const;
    });
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) {
    throw new S3Error('InvalidArgument', 'A query parameter is given twice');
  }
  return Object.fromEntries(pairs);
}

/** Percent-decoding that refuses what is not UTF-8. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI.");
  }
}
