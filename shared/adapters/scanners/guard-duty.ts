/** GuardDuty Malware Protection for S3: it scans what arrives in the bucket by itself and tags the object with its verdict. */
import { GetObjectTaggingCommand, type S3Client } from '@aws-sdk/client-s3';
import type { MalwareScanner, ScanOutcome } from '../../app/ports.ts';

const TAG = 'GuardDutyMalwareScanStatus';
const ENGINE = 'GuardDuty';

/** The tag's values; `ACCESS_DENIED` and `FAILED` may go away, and no tag means that the scan is not done yet. */
const OUTCOMES: Record<string, ScanOutcome> = {
  NO_THREATS_FOUND: { result: 'clean', engine: ENGINE },
  THREATS_FOUND: { result: 'infected', engine: ENGINE, finding: 'THREATS_FOUND' },
  UNSUPPORTED: { result: 'unscannable', engine: ENGINE },
};

export function guardDutyScanner(client: S3Client, bucket: string): MalwareScanner {
  return {
    kind: 'guardDuty',
    async scan(key) {
      const { TagSet = [] } = await client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key }));
      const verdict = TagSet.find(({ Key }) => Key === TAG)?.Value ?? '';
      return OUTCOMES[verdict] ?? { result: 'unavailable' };
    },
  };
}
