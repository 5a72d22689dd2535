/** What a presigned URL is bound to, with the client as the functions on AWS make it: the signature covers it there too. */
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { presigner } from '../../shared/adapters/s3-presign.ts';

const credentials = { accessKeyId: 'AKEXAMPLE', secretAccessKey: 'secret', sessionToken: 'of the role' };
const file = { size: 1234, contentType: 'application/pdf', sha256: 'ab'.repeat(32) };
const now = new Date('2022-03-01T02:03:04Z');

describe.each(['cn-north-1', 'eu-central-1'])('in %s', (region) => {
  const client = new S3Client({ region, credentials, requestChecksumCalculation: 'WHEN_REQUIRED' });
  const buckets = { quarantine: 'q', evidence: 'e', reports: 'r' };
  const urls = presigner(client, buckets, { now: () => now });

  it('an upload is bound to host, length, type, checksum and absence, for its time', async () => {
    const { url, headers, expiresAt } = await urls.presignUpload('2021/abc', file, 600);
    const { searchParams, pathname, host } = new URL(url);
    const bound = 'content-length;content-type;host;if-none-match;x-amz-checksum-sha256';
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe(bound);
    expect(searchParams.get('X-Amz-Expires')).toBe('600');
    expect(searchParams.get('X-Amz-Date')).toBe('20220301T020304Z');
    expect(`${host}${pathname}`).toContain('2021/abc');
    expect(headers).toEqual({
      'content-type': 'application/pdf',
      'if-none-match': '*',
      'x-amz-checksum-sha256': Buffer.from(file.sha256, 'hex').toString('base64'),
    });
    expect(expiresAt).toBe('2022-03-01T02:13:04.000Z');
    // A promise in the query is one that the uploader need not keep.
    const promises = [...searchParams.keys()].filter((name) =>
      /checksum|content-(type|length)|none-match/i.test(name),
    );
    expect(promises).toEqual([]);
  });

  it.each([
    ['length', { size: 1235 }],
    ['type', { contentType: 'image/png' }],
    ['digest', { sha256: 'ba'.repeat(32) }],
  ])('another %s is another signature', async (_what, change) => {
    const signatureOf = async (of: typeof file) =>
      new URL((await urls.presignUpload('2021/abc', of, 600)).url).searchParams.get('X-Amz-Signature');
    expect(await signatureOf({ ...file, ...change })).not.toBe(await signatureOf(file));
    expect(await signatureOf(file)).toBe(await signatureOf(file));
  });

  it('a download is bound to one version, as an attachment under its own name', async () => {
    const place = { bucket: 'evidence' as const, key: '2021/abc', version: 'v1' };
    const named = { fileName: '年度“计划”(1).pdf', contentType: 'application/pdf' };
    const { searchParams } = new URL((await urls.presignDownload(place, named, 120)).url);
    expect(searchParams.get('versionId')).toBe('v1');
    expect(searchParams.get('response-content-type')).toBe('application/pdf');
    const disposition = searchParams.get('response-content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename\*=UTF-8''[\w%.~-]+$/);
    expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe(named.fileName);
    expect(searchParams.get('X-Amz-Expires')).toBe('120');
  });
});
