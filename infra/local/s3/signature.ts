import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Clock } from '../../../shared/app/clock.ts';
import { S3Error } from './errors.ts';
import type { S3Request } from './request.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What the signature says of the body: its SHA-256 in hex, or one of S3's words for an unsigned body. */
export type SignedPayload = string;

interface Claim {
  readonly credential: string;
  readonly date: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Seconds; only in a presigned URL. */
  readonly expires?: number;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SKEW_MS = 15 * 60_000;
const WEEK_S = 7 * 24 * 3600;
const SIGNATURE_PARAMETERS = new Set([
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
]);

class Sha256 {
  private readonly secret: string | Uint8Array | undefined;
  private hash;
  constructor(secret?: string | Uint8Array | ArrayBuffer | ArrayBufferView) {
    this.secret = typeof secret === 'string' || secret === undefined ? secret : bytes(secret);
    this.hash = this.start();
  }
  private start() {
    return this.secret === undefined ? createHash('sha256') : createHmac('sha256', this.secret);
  }
  update(data: Uint8Array) {
    this.hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.hash.digest());
  }
  reset() {
    this.hash = this.start();
  }
}

const bytes = (data: ArrayBuffer | ArrayBufferView) =>
  ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);

/**
 * Verifies requests by signing them anew with AWS's own signer and comparing.
 * Resolves to what the signature promises of the body; throws `S3Error` for every refusal.
 */
export function signatureVerifier(options: { credentials: Credentials; region: string; clock: Clock }) {
  const { credentials, region, clock } = options;
  // S3, alone among the services, signs the path as sent.
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });

  return async function verify(request: S3Request): Promise<SignedPayload> {
    const claim = readClaim(request);
    checkScope(claim.credential, credentials.accessKeyId, region);
    const date = checkTime(claim, clock.now());
    checkCoverage(request, claim.signedHeaders);
    const headers: Record<string, string> = {};
    for (const name of claim.signedHeaders) headers[name] = request.headers[name] ?? '';
    const unsigned = { ...signable(request), headers };
    const signableHeaders = new Set(claim.signedHeaders);
    let expected: string;
    if (claim.expires === undefined) {
      const signed = await signer.sign(unsigned, { signingDate: date, signableHeaders });
      expected = /Signature=(\w+)$/.exec(signed.headers.authorization ?? '')?.[1] ?? '';
    } else {
      const signed = await signer.presign(unsigned, {
        signingDate: date,
        expiresIn: claim.expires,
        signableHeaders,
        unhoistableHeaders: signableHeaders,
      });
      expected = String(signed.query?.['X-Amz-Signature']);
    }
    if (!equal(expected, claim.signature)) {
      throw new S3Error(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided.',
      );
    }
    return request.header('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD';
  };
}

function signable(request: S3Request) {
  const query = Object.entries(request.query).filter(([name]) => !SIGNATURE_PARAMETERS.has(name));
  return {
    method: request.method,
    protocol: 'http:',
    hostname: '127.0.0.1',
    path: request.rawPath,
    query: Object.fromEntries(query),
    // Neither a string nor bytes: the signer takes it for a stream, whose hash is UNSIGNED-PAYLOAD.
    body: {},
  };
}

function readClaim(request: S3Request): Claim {
  const { authorization } = request.headers;
  const presigned = request.query['X-Amz-Signature'] !== undefined;
  if (authorization === undefined && !presigned) throw new S3Error('AccessDenied', 'Access Denied');
  if (authorization !== undefined && presigned) {
    throw new S3Error('InvalidArgument', 'Only one auth mechanism allowed');
  }
  return authorization === undefined ? presignedClaim(request.query) : headerClaim(request, authorization);
}

function headerClaim(request: S3Request, authorization: string): Claim {
  const form = /^AWS4-HMAC-SHA256 Credential=(\S+?), ?SignedHeaders=(\S+?), ?Signature=([0-9a-f]{64})$/;
  const [, credential, signedHeaders, signature] = form.exec(authorization) ?? [];
  if (!credential || !signedHeaders || !signature) {
    throw new S3Error('AuthorizationHeaderMalformed', 'The authorization header is malformed');
  }
  if (!request.headers['x-amz-content-sha256']) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  const date = request.headers['x-amz-date'] ?? '';
  return { credential, date, signature, signedHeaders: signedHeaders.split(';') };
}

function presignedClaim(query: S3Request['query']): Claim {
  const expires = Number(query['X-Amz-Expires']);
  if (query['X-Amz-Algorithm'] !== ALGORITHM || !(expires >= 1 && expires <= WEEK_S)) {
    throw new S3Error('AccessDenied', 'The query-string authentication parameters are malformed');
  }
  return {
    credential: query['X-Amz-Credential'] ?? '',
    date: query['X-Amz-Date'] ?? '',
    signedHeaders: (query['X-Amz-SignedHeaders'] ?? '').split(';'),
    signature: query['X-Amz-Signature'] ?? '',
    expires,
  };
}

function checkScope(credential: string, accessKeyId: string, region: string) {
  const [keyId, , scopeRegion, service, end] = credential.split('/');
  if (keyId !== accessKeyId) {
    throw new S3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist.');
  }
  if (scopeRegion !== region || service !== 's3' || end !== 'aws4_request') {
    throw new S3Error('AuthorizationHeaderMalformed', `The credential must be scoped to ${region}/s3`);
  }
}

function checkTime(claim: Claim, now: Date): Date {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(claim.date) ?? [];
  const date = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
  if (Number.isNaN(date.getTime())) throw new S3Error('AccessDenied', 'A valid x-amz-date is required');
  const age = now.getTime() - date.getTime();
  if (claim.expires !== undefined) {
    if (age > claim.expires * 1000) throw new S3Error('AccessDenied', 'Request has expired');
    if (age < -SKEW_MS) throw new S3Error('AccessDenied', 'Request is not yet valid');
  } else if (Math.abs(age) > SKEW_MS) {
    throw new S3Error(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      { fields: { RequestTime: claim.date, ServerTime: now.toISOString() } },
    );
  }
  return date;
}

/** An x-amz header that is not signed could be slipped in by whoever holds the URL. */
function checkCoverage(request: S3Request, signedHeaders: readonly string[]) {
  const sent = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'));
  const open = ['host', ...sent].filter((name) => !signedHeaders.includes(name));
  if (open.length > 0) {
    throw new S3Error('AccessDenied', 'There were headers present in the request which were not signed', {
      fields: { HeadersNotSigned: open.join(', ') },
    });
  }
}

const equal = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
