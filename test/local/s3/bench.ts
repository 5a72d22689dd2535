import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, type PutObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { onTestFinished } from 'vitest';
import { type MovableClock, movableClock } from '../../../infra/local/clock.ts';
import { clockedS3Client } from '../../../infra/local/s3/clocked-client.ts';
import { serveObjectStore } from '../../../infra/local/s3/object-store.ts';

export const credentials = { accessKeyId: 'AKLOCAL', secretAccessKey: 'local-secret' };
export const region = 'cn-north-1';
export const portal = 'http://127.0.0.1:5173';
export const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('base64');

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'xingping-s3-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A served store with the buckets `plain`, `versioned` and `locked`, its client and its clock. */
export async function aStore(
  root = temporaryFolder(),
  clock = movableClock(new Date('2026-03-01T01:00:00Z')),
) {
  const store = await serveObjectStore({ root, clock, credentials, region, allowedOrigins: [portal] });
  store.createBucket('plain');
  store.createBucket('versioned', { versioned: true });
  store.createBucket('locked', { objectLock: true });
  const s3 = clockedS3Client(clock, { endpoint: store.endpoint, region, credentials, maxAttempts: 1 });
  onTestFinished(async () => {
    s3.destroy();
    await store.close();
  });
  return { ...store, s3, clock, root };
}

const SIGNED = ['host', 'content-length', 'content-type', 'if-none-match', 'x-amz-checksum-sha256'];

/** A presigned PUT as the project issues it, every promise of the upload signed as a header. */
export async function presignedPut(
  { s3, clock }: { s3: S3Client; clock: MovableClock },
  bytes: string,
  more: Partial<PutObjectCommandInput> = {},
) {
  const promise = {
    'content-length': String(Buffer.byteLength(bytes)),
    'content-type': 'application/pdf',
    'if-none-match': '*',
    'x-amz-checksum-sha256': sha256(bytes),
  };
  const command = new PutObjectCommand({
    Bucket: 'plain',
    Key: '隔离/自评报告.pdf',
    ContentLength: Buffer.byteLength(bytes),
    ContentType: 'application/pdf',
    IfNoneMatch: '*',
    ChecksumSHA256: sha256(bytes),
    ...more,
  });
  const url = await getSignedUrl(s3, command, {
    signingDate: clock.now(),
    expiresIn: 600,
    signableHeaders: new Set(SIGNED),
    unhoistableHeaders: new Set(SIGNED),
  });
  return {
    url,
    put: (body: string, headers: Record<string, string> = {}) =>
      fetch(url, { method: 'PUT', body, headers: { ...withoutLength(promise), ...headers } }),
  };
}

/** `fetch` computes the length itself. */
const withoutLength = ({ 'content-length': _, ...headers }: Record<string, string>) => headers;

/** The code in an XML error body. */
export const errorCode = async (response: Response) =>
  `${response.status} ${/<Code>(\w+)<\/Code>/.exec(await response.text())?.[1]}`;
