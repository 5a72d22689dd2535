/** Objects in S3: evidence in quarantine and kept, reports written once. */
import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Clock } from '../app/clock.ts';
import type { BucketName, ObjectPlace, ObjectStore } from '../app/ports.ts';
import { presigner } from './s3-presign.ts';

const absent = (error: unknown) => error instanceof NoSuchKey || error instanceof NotFound;

export function s3Objects(client: S3Client, buckets: Record<BucketName, string>, clock: Clock): ObjectStore {
  const at = (bucket: BucketName, key: string) => ({ Bucket: buckets[bucket], Key: key });
  const versionAt = ({ bucket, key, version }: ObjectPlace) => ({
    ...at(bucket, key),
    ...(version !== undefined && { VersionId: version }),
  });
  return {
    ...presigner(client, buckets, clock),
    async put(bucket, key, body, { contentType, ifAbsent = false }) {
      try {
        const condition = ifAbsent ? { IfNoneMatch: '*' } : {};
        const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
        // A bucket under Object Lock takes nothing without a checksum.
        const ChecksumSHA256 = createHash('sha256').update(bytes).digest('base64');
        const input = { ...at(bucket, key), Body: bytes, ContentType: contentType, ChecksumSHA256 };
        await client.send(new PutObjectCommand({ ...input, ...condition }));
      } catch (error) {
        const exists = error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412;
        if (!(ifAbsent && exists)) throw error;
      }
    },
    async get(bucket, key) {
      try {
        const { Body } = await client.send(new GetObjectCommand(at(bucket, key)));
        return Body?.transformToByteArray();
      } catch (error) {
        if (absent(error)) return undefined;
        throw error;
      }
    },
    async head(bucket, key) {
      try {
        const command = new HeadObjectCommand({ ...at(bucket, key), ChecksumMode: 'ENABLED' });
        const head = await client.send(command);
        const { ContentLength = 0, ContentType = '', ETag = '', VersionId, ChecksumSHA256 } = head;
        return {
          size: ContentLength,
          contentType: ContentType,
          etag: ETag,
          ...(VersionId && { version: VersionId }),
          ...(ChecksumSHA256 && { sha256: Buffer.from(ChecksumSHA256, 'base64').toString('hex') }),
        };
      } catch (error) {
        if (absent(error)) return undefined;
        throw error;
      }
    },
    async readPart(place, etag, start, length) {
      const Range = `bytes=${start}-${start + length - 1}`;
      const { Body } = await client.send(new GetObjectCommand({ ...versionAt(place), Range, IfMatch: etag }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    },
    async *stream(place, etag) {
      const { Body } = await client.send(new GetObjectCommand({ ...versionAt(place), IfMatch: etag }));
      if (Body) yield* Body.transformToWebStream();
    },
    async copy(from, to) {
      const version = from.version === undefined ? '' : `?versionId=${encodeURIComponent(from.version)}`;
      const { CopyObjectResult, VersionId } = await client.send(
        new CopyObjectCommand({
          ...at(to.bucket, to.key),
          CopySource: `${buckets[from.bucket]}/${encodeURIComponent(from.key)}${version}`,
          CopySourceIfMatch: from.etag,
          ChecksumAlgorithm: 'SHA256',
        }),
      );
      const sha256 = Buffer.from(CopyObjectResult?.ChecksumSHA256 ?? '', 'base64').toString('hex');
      return { sha256, ...(VersionId && { version: VersionId }) };
    },
    async remove(place) {
      await client.send(new DeleteObjectCommand(versionAt(place)));
    },
    async list(bucket, prefix) {
      const keys: string[] = [];
      let token: string | undefined;
      do {
        const page: { Contents?: { Key?: string }[]; NextContinuationToken?: string } = await client.send(
          new ListObjectsV2Command({ Bucket: buckets[bucket], Prefix: prefix, ContinuationToken: token }),
        );
        keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
        token = page.NextContinuationToken;
      } while (token);
      return keys.sort();
    },
  };
}
