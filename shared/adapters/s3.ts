/** Objects in S3: evidence in quarantine and kept, reports written once. */
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
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Clock } from '../app/clock.ts';
import type { BucketName, ObjectStore } from '../app/ports.ts';

/** Headers that an upload must carry exactly as signed. */
const BOUND_HEADERS = ['content-length', 'content-type', 'if-none-match', 'x-amz-checksum-sha256'];

const absent = (error: unknown) => error instanceof NoSuchKey || error instanceof NotFound;

export function s3Objects(client: S3Client, buckets: Record<BucketName, string>, clock: Clock): ObjectStore {
  const at = (bucket: BucketName, key: string) => ({ Bucket: buckets[bucket], Key: key });
  return {
    async put(bucket, key, body, { contentType, ifAbsent = false }) {
      try {
        const condition = ifAbsent ? { IfNoneMatch: '*' } : {};
        const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
        // A bucket under Object Lock takes nothing without a checksum.
        const ChecksumSHA256 = Buffer.from(sha256(bytes)).toString('base64');
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
        const { ContentLength = 0, ContentType = '', ChecksumSHA256 } = await client.send(command);
        return {
          size: ContentLength,
          contentType: ContentType,
          ...(ChecksumSHA256 && { sha256: Buffer.from(ChecksumSHA256, 'base64').toString('hex') }),
        };
      } catch (error) {
        if (absent(error)) return undefined;
        throw error;
      }
    },
    async copy(from, to) {
      const CopySource = `${buckets[from.bucket]}/${encodeURIComponent(from.key)}`;
      await client.send(new CopyObjectCommand({ ...at(to.bucket, to.key), CopySource }));
    },
    async remove(bucket, key) {
      await client.send(new DeleteObjectCommand(at(bucket, key)));
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
    async presignUpload(key, { size, contentType, sha256: digest }, seconds) {
      const checksum = Buffer.from(digest, 'hex').toString('base64');
      const command = new PutObjectCommand({
        ...at('quarantine', key),
        ContentLength: size,
        ContentType: contentType,
        ChecksumSHA256: checksum,
        IfNoneMatch: '*',
      });
      const bound = new Set(BOUND_HEADERS);
      const signingDate = clock.now();
      const url = await getSignedUrl(client, command, {
        expiresIn: seconds,
        signingDate,
        signableHeaders: new Set([...bound, 'host']),
        unhoistableHeaders: bound,
      });
      return {
        url,
        headers: {
          'content-type': contentType,
          'if-none-match': '*',
          'x-amz-checksum-sha256': checksum,
        },
        expiresAt: new Date(signingDate.getTime() + seconds * 1000).toISOString(),
      };
    },
  };
}
