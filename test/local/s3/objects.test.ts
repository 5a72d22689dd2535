import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aStore, sha256 } from './bench.ts';

const put = (
  s3: S3Client,
  Bucket: string,
  Key: string,
  Body: string,
  more: Partial<PutObjectCommandInput> = {},
) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (
  s3: S3Client,
  Bucket: string,
  Key: string,
  more: { VersionId?: string; Range?: string } = {},
) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return Body?.transformToString();
};
const contentFiles = (root: string) => readdirSync(join(root, 'content'));

test.each([
  '../../x',
  '%2e%2e/x',
  'a/../../b',
  'nul\0inside',
  '星评/机构 (一)+&=?#.pdf',
  '/leading',
  'trailing/',
  '__proto__',
  '🌟'.repeat(256),
])('key %j stays a key', async (key) => {
  const { s3, root } = await aStore();
  await put(s3, 'plain', key, 'content');
  expect(await get(s3, 'plain', key)).toBe('content');
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: 'plain', EncodingType: 'url' }));
  expect(listed.Contents?.map((object) => decodeURIComponent(object.Key ?? ''))).toEqual([key]);
  expect(contentFiles(root)).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  expect(existsSync(join(root, '..', 'x'))).toBe(false);
});

test('what is written again at the same time of another life has the same version ids, and each version its own', async () => {
  const life = async () => {
    const { s3 } = await aStore();
    const written = [];
    for (const body of ['one', 'one', 'two']) written.push(await put(s3, 'versioned', 'k', body));
    written.push(await s3.send(new DeleteObjectCommand({ Bucket: 'versioned', Key: 'k' })));
    return written.map(({ VersionId }) => VersionId);
  };
  const [once, again] = [await life(), await life()];
  expect(again).toEqual(once);
  expect(new Set(once).size).toBe(4);
});

test('a key over 1024 bytes is refused', async () => {
  const { s3 } = await aStore();
  await expect(put(s3, 'plain', '星'.repeat(342), 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' });
});

test.each([
  ['bytes=0-3', '0123'],
  ['bytes=4-', '456789'],
  ['bytes=-2', '89'],
  ['bytes=8-99', '89'],
])('range %s', async (Range, expected) => {
  const { s3 } = await aStore();
  await put(s3, 'plain', 'k', '0123456789');
  const part = await s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'k', Range }));
  expect(part.$metadata.httpStatusCode).toBe(206);
  expect(part.ContentLength).toBe(expected.length);
  expect(await part.Body?.transformToString()).toBe(expected);
});

test('a range beyond the end is refused; an empty object is read whole', async () => {
  const { s3 } = await aStore();
  await put(s3, 'plain', 'k', '0123');
  await put(s3, 'plain', 'empty', '', { ContentLength: 0 });
  await expect(get(s3, 'plain', 'k', { Range: 'bytes=4-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  expect(await get(s3, 'plain', 'empty')).toBe('');
});

test('reads and writes hold to their conditions', async () => {
  const { s3 } = await aStore();
  const { ETag = '' } = await put(s3, 'plain', 'k', 'one');
  const read = (more: object) => s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'k', ...more }));
  await expect(read({ IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  await expect(read({ IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await expect(put(s3, 'plain', 'k', 'two', { IfMatch: '"other"' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  await put(s3, 'plain', 'k', 'two', { IfMatch: ETag });
  expect(await get(s3, 'plain', 'k')).toBe('two');
});

test('of many racers with If-None-Match: * one wins, and the losers leave no file', async () => {
  const { s3, root } = await aStore();
  const racers = Array.from({ length: 12 }, (_, i) =>
    put(s3, 'plain', 'k', `racer ${i}`, { IfNoneMatch: '*' }),
  );
  const results = await Promise.allSettled(racers);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(contentFiles(root)).toHaveLength(1);
});

test('headers come back, and a presigned GET may override them', async () => {
  const { s3, clock } = await aStore();
  await put(s3, 'plain', 'k', 'x', {
    ContentType: 'application/pdf',
    CacheControl: 'no-store',
    Metadata: { 'filing-number': '1100000000001' },
  });
  const ResponseContentDisposition = `attachment; filename*=UTF-8''${encodeURIComponent('报告.pdf')}`;
  const command = new GetObjectCommand({ Bucket: 'plain', Key: 'k', ResponseContentDisposition });
  const response = await fetch(await getSignedUrl(s3, command, { signingDate: clock.now() }));
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'cache-control': 'no-store',
    'x-amz-meta-filing-number': '1100000000001',
    'content-disposition': ResponseContentDisposition,
    date: clock.now().toUTCString(),
  });
});

test('listing folds at the delimiter and goes on from page to page', async () => {
  const { s3 } = await aStore();
  const keys = ['2026/甲/a', '2026/甲/b', '2026/乙/a', '2026/index', '2026/z', '2027/x'];
  for (const key of keys) await put(s3, 'plain', key, key);
  const names = [];
  const query = { Bucket: 'plain', Prefix: '2026/', Delimiter: '/', MaxKeys: 1 };
  for await (const page of paginateListObjectsV2({ client: s3 }, query)) {
    expect(page.KeyCount).toBe(1);
    names.push(page.Contents?.[0]?.Key ?? page.CommonPrefixes?.[0]?.Prefix);
  }
  expect(names).toEqual(['2026/index', '2026/z', '2026/乙/', '2026/甲/']);
  const after = await s3.send(new ListObjectsV2Command({ Bucket: 'plain', StartAfter: '2026/z' }));
  expect(after.Contents?.map(({ Key }) => Key)).toEqual(['2026/乙/a', '2026/甲/a', '2026/甲/b', '2027/x']);
});

test('pages of any size together list every key once, in byte order', async () => {
  const { s3 } = await aStore();
  const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(keys, fc.integer({ min: 1, max: 5 }), fc.uuid(), async (names, MaxKeys, folder) => {
      const wanted = names.map((name) => `${folder}/${name}`);
      await Promise.all(wanted.map((key) => put(s3, 'plain', key, 'x')));
      const listed: (string | undefined)[] = [];
      const query = { Bucket: 'plain', Prefix: `${folder}/`, MaxKeys, EncodingType: 'url' as const };
      for await (const page of paginateListObjectsV2({ client: s3 }, query)) {
        listed.push(...(page.Contents ?? []).map(({ Key }) => decodeURIComponent(Key ?? '')));
      }
      const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(listed).toEqual(wanted.sort(byBytes));
    }),
    { numRuns: 10 },
  );
});

test('overwritten and deleted versions stay readable', async () => {
  const { s3 } = await aStore();
  const first = await put(s3, 'versioned', 'k', 'one');
  const second = await put(s3, 'versioned', 'k', 'two');
  const version = (VersionId = '') => get(s3, 'versioned', 'k', { VersionId });
  expect(await get(s3, 'versioned', 'k')).toBe('two');
  expect(await version(first.VersionId)).toBe('one');
  const marker = await s3.send(new DeleteObjectCommand({ Bucket: 'versioned', Key: 'k' }));
  expect(marker.DeleteMarker).toBe(true);
  await expect(get(s3, 'versioned', 'k')).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect(await version(second.VersionId)).toBe('two');
  await s3.send(
    new DeleteObjectCommand({ Bucket: 'versioned', Key: 'k', VersionId: marker.VersionId ?? '' }),
  );
  expect(await get(s3, 'versioned', 'k')).toBe('two');
  await expect(version('no-such-version')).rejects.toMatchObject({ name: 'NoSuchVersion' });
});

test('without versions an overwrite and a deletion free the disk', async () => {
  const { s3, root } = await aStore();
  await put(s3, 'plain', 'k', 'one');
  await put(s3, 'plain', 'k', 'two');
  expect(contentFiles(root)).toHaveLength(1);
  await s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'k' }));
  await s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'k' }));
  expect(contentFiles(root)).toEqual([]);
});

test('a bucket with Object Lock gives up no version', async () => {
  const { s3 } = await aStore();
  await expect(put(s3, 'locked', 'k', 'no checksum')).rejects.toMatchObject({ name: 'InvalidRequest' });
  const ObjectLockRetainUntilDate = new Date('2036-01-01T00:00:00Z');
  const lock = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate } as const;
  const { VersionId = '' } = await put(s3, 'locked', 'k', 'one', { ...lock, ChecksumSHA256: sha256('one') });
  const remove = s3.send(new DeleteObjectCommand({ Bucket: 'locked', Key: 'k', VersionId }));
  await expect(remove).rejects.toMatchObject({ name: 'AccessDenied' });
  await s3.send(new DeleteObjectCommand({ Bucket: 'locked', Key: 'k' }));
  expect(await get(s3, 'locked', 'k', { VersionId })).toBe('one');
  const head = await s3.send(new HeadObjectCommand({ Bucket: 'locked', Key: 'k', VersionId }));
  expect(head).toMatchObject(lock);
  await expect(put(s3, 'plain', 'k', 'x', lock)).rejects.toMatchObject({ name: 'InvalidRequest' });
});

test('a copy takes exactly the version that was checked', async () => {
  const { s3 } = await aStore();
  const Metadata = { scanned: 'no' };
  const { VersionId } = await put(s3, 'versioned', '隔离/报告 1.pdf', 'clean', { Metadata });
  await put(s3, 'versioned', '隔离/报告 1.pdf', 'swapped after the scan');
  const source = `versioned/${encodeURIComponent('隔离/报告 1.pdf')}?versionId=${VersionId}`;
  const copy = (more: object) =>
    s3.send(new CopyObjectCommand({ Bucket: 'plain', Key: 'ok', CopySource: source, ...more }));
  await expect(copy({ CopySourceIfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  const copied = await copy({
    ChecksumAlgorithm: 'SHA256',
    MetadataDirective: 'REPLACE',
    Metadata: { scanned: 'yes' },
  });
  expect(copied.CopyObjectResult?.ChecksumSHA256).toBe(sha256('clean'));
  expect(copied.CopySourceVersionId).toBe(VersionId);
  await s3.send(new DeleteObjectCommand({ Bucket: 'versioned', Key: '隔离/报告 1.pdf', VersionId }));
  expect(await get(s3, 'plain', 'ok')).toBe('clean');
  const head = await s3.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'ok' }));
  expect(head.Metadata).toEqual({ scanned: 'yes' });
});

test('what is not implemented is refused, not ignored', async () => {
  const { s3 } = await aStore();
  const refused = { name: 'NotImplemented' };
  await expect(put(s3, 'plain', 'k', 'x', { Tagging: 'a=b' })).rejects.toMatchObject(refused);
  const tags = s3.send(new GetObjectTaggingCommand({ Bucket: 'plain', Key: 'k' }));
  await expect(tags).rejects.toMatchObject(refused);
  await expect(s3.send(new ListObjectsCommand({ Bucket: 'plain' }))).rejects.toMatchObject(refused);
  await expect(put(s3, 'nowhere', 'k', 'x')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  expect(Buckets?.map(({ Name }) => Name)).toEqual(['locked', 'plain', 'versioned']);
});
