import type { Received } from './content.ts';
import { S3Error } from './errors.ts';
import type { S3Request } from './request.ts';
import type { SignedPayload } from './signature.ts';

/** S3's limit for a single PUT. */
const MAX_BYTES = 5 * 1024 ** 3;
const MAX_LINE = 4096;

/** The object's bytes, unwrapped from the SDK's chunks where it sent any, and the check of what was received. */
export interface ObjectBody {
  readonly bytes: AsyncIterable<Buffer>;
  /** Throws when length, payload hash or a checksum is not what the request promised. */
  check(received: Received): void;
  /** The checksum header to keep with the object, once `check` has passed. */
  checksum(): Record<string, string>;
}

export function objectBody(request: S3Request, payload: SignedPayload): ObjectBody {
  const chunked = payload === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  if (payload.startsWith('STREAMING-') && !chunked) {
    throw new S3Error('NotImplemented', 'Bodies whose chunks are signed are not implemented');
  }
  const length = request.headers[chunked ? 'x-amz-decoded-content-length' : 'content-length'];
  if (length === undefined) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (!(Number(length) <= MAX_BYTES)) throw new S3Error('EntityTooLarge', 'The object is too large');
  const trailers = new Map<string, string>();
  const declared = (name: string) => request.header(name) ?? trailers.get(name);
  const declaredName = () =>
    [...request.names, ...trailers.keys()].find((name) => /^x-amz-checksum-(sha256|crc32)$/.test(name));
  return {
    bytes: chunked ? unwrap(request.body, trailers) : request.body,
    check(received) {
      if (received.size !== Number(length)) {
        throw new S3Error('IncompleteBody', 'The number of bytes is not the one promised');
      }
      if (/^[0-9a-f]{64}$/.test(payload) && payload !== received.sha256.toString('hex')) {
        throw new S3Error('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' does not match");
      }
      const trailer = request.header('x-amz-trailer');
      if (trailer !== undefined && !trailers.has(trailer)) {
        throw new S3Error('InvalidRequest', `The trailer ${trailer} is missing`);
      }
      compare(declared('content-md5'), received.md5, 'Content-MD5');
      compare(declared('x-amz-checksum-sha256'), received.sha256, 'SHA256');
      compare(declared('x-amz-checksum-crc32'), received.crc32, 'CRC32');
    },
    checksum() {
      const name = declaredName();
      const value = name && declared(name);
      return name && value ? { [name]: value } : {};
    },
  };
}

function compare(declared: string | undefined, actual: Buffer, name: string) {
  if (declared === undefined) return;
  if (Buffer.from(declared, 'base64').length !== actual.length) {
    throw new S3Error('InvalidDigest', `The ${name} you specified is not valid.`);
  }
  if (declared !== actual.toString('base64')) {
    throw new S3Error('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
  }
}

/** Decodes `aws-chunked`: hex length, bytes, …, zero, trailers. */
async function* unwrap(body: AsyncIterable<Buffer>, trailers: Map<string, string>): AsyncGenerator<Buffer> {
  const source = body[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const broken = () => new S3Error('IncompleteBody', 'The chunked body is malformed or cut off');
  const more = async () => {
    const next = await source.next();
    if (next.done) throw broken();
    rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
  };
  const line = async () => {
    let end = rest.indexOf('\r\n');
    while (end < 0) {
      if (rest.length > MAX_LINE) throw broken();
      await more();
      end = rest.indexOf('\r\n');
    }
    const text = rest.toString('latin1', 0, end);
    rest = rest.subarray(end + 2);
    return text;
  };
  for (;;) {
    const head = await line();
    if (!/^[0-9a-f]{1,8}$/i.test(head)) throw broken();
    let left = Number.parseInt(head, 16);
    if (left === 0) break;
    while (left > 0) {
      if (rest.length === 0) await more();
      const piece = rest.subarray(0, left);
      rest = rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
    if ((await line()) !== '') throw broken();
  }
  for (let text = await line(); text !== ''; text = await line()) {
    const colon = text.indexOf(':');
    trailers.set(text.slice(0, colon).toLowerCase(), text.slice(colon + 1).trim());
  }
}
