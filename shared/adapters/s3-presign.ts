/** Presigned URLs: an upload bound to exactly one file, a download bound to exactly one version. */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Clock } from '../app/clock.ts';
import type { BucketName, ObjectStore } from '../app/ports.ts';

/** Headers that an upload must carry exactly as signed. `host` is signed in any case. */
const BOUND_HEADERS = ['content-length', 'content-type', 'if-none-match', 'x-amz-checksum-sha256'];

export function presigner(
  client: S3Client,
  buckets: Record<BucketName, string>,
  clock: Clock,
): Pick<ObjectStore, 'presignUpload' | 'presignDownload'> {
  const until = (signingDate: Date, seconds: number) =>
    new Date(signingDate.getTime() + seconds * 1000).toISOString();
  return {
    async presignUpload(key, { size, contentType, sha256 }, seconds) {
      const checksum = Buffer.from(sha256, 'hex').toString('base64');
      const command = new PutObjectCommand({
        Bucket: buckets.quarantine,
        Key: key,
        ContentLength: size,
        ContentType: contentType,
        ChecksumSHA256: checksum,
        IfNoneMatch: '*',
      });
      const bound = new Set(BOUND_HEADERS);
      const signingDate = clock.now();
      // Kept as headers: what is moved into the query is a promise that nobody has to keep.
      const url = await getSignedUrl(client, command, {
        expiresIn: seconds,
        signingDate,
        signableHeaders: new Set([...bound, 'host']),
        unhoistableHeaders: bound,
      });
      const headers = {
        'content-type': contentType,
        'if-none-match': '*',
        'x-amz-checksum-sha256': checksum,
      };
      return { url, headers, expiresAt: until(signingDate, seconds) };
    },
    async presignDownload({ bucket, key, version }, { fileName, contentType }, seconds) {
      const command = new GetObjectCommand({
        Bucket: buckets[bucket],
        Key: key,
        ...(version !== undefined && { VersionId: version }),
        ResponseContentType: contentType,
        ResponseContentDisposition: attachment(fileName),
        ResponseCacheControl: 'no-store',
      });
      const signingDate = clock.now();
      const url = await getSignedUrl(client, command, { expiresIn: seconds, signingDate });
      return { url, expiresAt: until(signingDate, seconds) };
    },
  };
}

/** RFC 6266: the name in UTF-8, never shown in the browser's own window. */
function attachment(fileName: string): string {
  const name = encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `attachment; filename*=UTF-8''${name}`;
}
