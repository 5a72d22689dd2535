import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect, test } from 'vitest';
import { clockedS3Client } from '../../../infra/local/s3/clocked-client.ts';
import { aStore, credentials, errorCode, portal, presignedPut, region, sha256 } from './bench.ts';

const PDF = '%PDF-1.7 星评';

test('a presigned upload lands once, with its type and checksum', async () => {
  const store = await aStore();
  const upload = await presignedPut(store, PDF);
  expect((await upload.put(PDF)).status).toBe(200);
  const head = { Bucket: 'plain', Key: '隔离/自评报告.pdf', ChecksumMode: 'ENABLED' as const };
  const stored = await store.s3.send(new HeadObjectCommand(head));
  expect(stored).toMatchObject({ ContentType: 'application/pdf', ChecksumSHA256: sha256(PDF) });
  expect(stored.ContentLength).toBe(Buffer.byteLength(PDF));
  expect(await errorCode(await upload.put(PDF))).toBe('412 PreconditionFailed');
});

test.each([
  ['other bytes of the same length', PDF.replace('星', '差'), {}, '400 BadDigest'],
  ['another length', `${PDF}!`, {}, '403 SignatureDoesNotMatch'],
  ['another type', PDF, { 'content-type': 'text/html' }, '403 SignatureDoesNotMatch'],
  ['another checksum', PDF, { 'x-amz-checksum-sha256': sha256('x') }, '403 SignatureDoesNotMatch'],
  ['without if-none-match', PDF, { 'if-none-match': '' }, '403 SignatureDoesNotMatch'],
  ['a header slipped in', PDF, { 'x-amz-meta-reviewed': 'yes' }, '403 AccessDenied'],
])('a presigned upload refuses %s and keeps nothing', async (_, bytes, headers, refusal) => {
  const store = await aStore();
  const upload = await presignedPut(store, PDF);
  expect(await errorCode(await upload.put(bytes, headers))).toBe(refusal);
  expect((await upload.put(PDF)).status).toBe(200);
});

test.each([
  ['key', (url: string) => url.replace('.pdf', '.exe'), '403 SignatureDoesNotMatch'],
  ['bucket', (url: string) => url.replace('/plain/', '/locked/'), '403 SignatureDoesNotMatch'],
  ['expiry', (url: string) => url.replace('Expires=600', 'Expires=6000'), '403 SignatureDoesNotMatch'],
  ['signature', (url: string) => url.replace(/Signature=./, 'Signature=f0'), '403 SignatureDoesNotMatch'],
  ['access key', (url: string) => url.replace('AKLOCAL', 'AKOTHER'), '403 InvalidAccessKeyId'],
  ['region', (url: string) => url.replace('cn-north-1', 'us-east-1'), '400 AuthorizationHeaderMalformed'],
  [
    'list of signed headers',
    (url: string) => url.replace('%3Bif-none-match', ''),
    '403 SignatureDoesNotMatch',
  ],
])('a presigned URL with another %s is refused', async (_, tamper, refusal) => {
  const store = await aStore();
  const { url } = await presignedPut(store, PDF);
  expect(tamper(url)).not.toBe(url);
  const headers = {
    'content-type': 'application/pdf',
    'if-none-match': '*',
    'x-amz-checksum-sha256': sha256(PDF),
  };
  expect(await errorCode(await fetch(tamper(url), { method: 'PUT', body: PDF, headers }))).toBe(refusal);
});

test('a presigned URL expires by the injected clock', async () => {
  const store = await aStore();
  const upload = await presignedPut(store, PDF);
  store.clock.moveTo(new Date('2026-03-01T01:10:00Z'));
  expect((await upload.put(PDF)).status).toBe(200);
  store.clock.moveTo(new Date('2026-03-01T01:10:01Z'));
  expect(await errorCode(await upload.put(PDF))).toBe('403 AccessDenied');
});

test('clients follow a clock that is moved by months', async () => {
  const { s3, clock } = await aStore();
  for (const month of ['2026-05', '2026-09', '2027-01']) {
    clock.moveTo(new Date(`${month}-01T00:00:00Z`));
    await s3.send(new PutObjectCommand({ Bucket: 'plain', Key: month, Body: 'x' }));
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'plain', Key: month }));
    expect(head.LastModified).toEqual(clock.now());
  }
});

test('a signed request is refused when its date is over 15 minutes off', async () => {
  const { clock, endpoint } = await aStore();
  // Without correction the SDK signs with the machine's time, far from the store's.
  const config = { endpoint, region, credentials, forcePathStyle: true, disableClockSkewCorrection: true };
  const s3 = new S3Client({ ...config, maxAttempts: 1 });
  const read = () => s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'x' }));
  await expect(read()).rejects.toMatchObject({ name: 'RequestTimeTooSkewed' });
  clock.moveTo(new Date(Date.now() + 14 * 60_000));
  await expect(read()).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('the body of a header-signed request is what was signed', async () => {
  const { s3, endpoint } = await aStore();
  s3.middlewareStack.add(
    (next) => async (args) => {
      (args.request as { body: unknown }).body = 'forged';
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  const put = new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body: 'signed' });
  await expect(s3.send(put)).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
  expect(await errorCode(await fetch(`${endpoint}/plain/k`))).toBe('403 AccessDenied');
});

test('streams and default checksums of the SDK arrive unwrapped', async () => {
  const { clock, endpoint } = await aStore();
  const config = { endpoint, credentials, region };
  const client = clockedS3Client(clock, { ...config, requestChecksumCalculation: 'WHEN_SUPPORTED' });
  const bytes = Buffer.alloc(300_000, '星级');
  const Body = Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]);
  await client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body, ContentLength: bytes.length }));
  const got = await client.send(new GetObjectCommand({ Bucket: 'plain', Key: 'k', ChecksumMode: 'ENABLED' }));
  expect(got.ChecksumCRC32).toBeDefined();
  expect(Buffer.compare(Buffer.from((await got.Body?.transformToByteArray()) ?? []), bytes)).toBe(0);
});

test('a stream that is shorter than it promised is refused', async () => {
  const { s3 } = await aStore();
  s3.middlewareStack.add(
    (next) => async (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers['x-amz-decoded-content-length'] = '7';
      return next(args);
    },
    // Before the request is signed.
    { step: 'build', priority: 'low' },
  );
  const stream = { Body: Readable.from([Buffer.from('short')]), ContentLength: 5 };
  const put = new PutObjectCommand({ Bucket: 'plain', Key: 'k', ...stream, ChecksumAlgorithm: 'SHA256' });
  await expect(s3.send(put)).rejects.toMatchObject({ name: 'IncompleteBody' });
});

test('only the portal may call from a browser', async () => {
  const { endpoint, s3, clock } = await aStore();
  const ask = (origin: string) =>
    fetch(`${endpoint}/plain/k`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type,if-none-match',
      },
    });
  const allowed = await ask(portal);
  expect(allowed.status).toBe(200);
  expect(allowed.headers.get('access-control-allow-origin')).toBe(portal);
  expect(allowed.headers.get('access-control-allow-headers')).toContain('if-none-match');
  const refused = await ask('http://evil.example');
  expect(refused.status).toBe(403);
  expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: 'plain', Key: 'none' }), {
    signingDate: clock.now(),
  });
  const missing = await fetch(url, { headers: { origin: portal } });
  expect(missing.headers.get('access-control-allow-origin')).toBe(portal);
  expect(await errorCode(missing)).toBe('404 NoSuchKey');
});
