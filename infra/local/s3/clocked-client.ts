import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { Clock } from '../../../shared/app/clock.ts';

/**
 * An S3 client that signs with `clock` instead of the machine's, so that it keeps up with a clock that is moved.
 * `getSignedUrl` takes its time apart from the client: pass `signingDate: clock.now()` there.
 */
export function clockedS3Client(clock: Clock, config: S3ClientConfig): S3Client {
  const client = new S3Client({
    forcePathStyle: true,
    // A presigned URL would otherwise carry the checksum of an empty body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    ...config,
  });
  Object.defineProperty(client.config, 'systemClockOffset', {
    get: () => clock.now().getTime() - Date.now(),
    // The SDK estimates the offset from responses; ours is exact.
    set: () => undefined,
  });
  return client;
}
