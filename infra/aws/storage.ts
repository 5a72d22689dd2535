/** The buckets: what is uploaded, what is kept as evidence, what is published, and who reached for them. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  HttpMethods,
  ObjectLockRetention,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BucketName } from '../../shared/app/ports.ts';
import type { Settings } from '../settings.ts';

const YEAR = 365;

/** Private, encrypted, versioned, TLS only. */
export const PRIVATE = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  versioned: true,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies BucketProps;

/** An upload that broke off leaves parts that nobody sees and everybody pays. */
const BROKEN_UPLOADS = { abortIncompleteMultipartUploadAfter: Duration.days(1) };

export interface StorageProps extends Pick<Settings, 'objectLock' | 'retentionYears'> {
  /** The portal's origin: the only one that may upload from a browser. */
  origin: string | undefined;
}

export class Storage extends Construct {
  readonly buckets: Record<BucketName, Bucket>;
  /** Who reached for which object, two years long. */
  readonly accessLogs: Bucket;

  constructor(scope: Construct, id: string, { origin, objectLock, retentionYears }: StorageProps) {
    super(scope, id);
    this.accessLogs = new Bucket(this, 'AccessLogs', {
      ...PRIVATE,
      lifecycleRules: [
        {
          expiration: Duration.days(2 * YEAR),
          noncurrentVersionExpiration: Duration.days(1),
          ...BROKEN_UPLOADS,
        },
      ],
    });
    const bucket = (name: string, props: BucketProps) =>
      new Bucket(this, name, {
        ...PRIVATE,
        serverAccessLogsBucket: this.accessLogs,
        serverAccessLogsPrefix: `${name.toLowerCase()}/`,
        ...props,
      });
    this.buckets = {
      quarantine: bucket('Quarantine', {
        // What is not confirmed within a day is gone a day later, all its versions with it.
        lifecycleRules: [
          { expiration: Duration.days(1), noncurrentVersionExpiration: Duration.days(1), ...BROKEN_UPLOADS },
        ],
        cors: origin ? [uploadsFrom(origin)] : [],
      }),
      evidence: bucket('Evidence', {
        lifecycleRules: [
          {
            transitions: [
              { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(180) },
            ],
            ...BROKEN_UPLOADS,
          },
        ],
      }),
      reports: bucket('Reports', {
        objectLockEnabled: true,
        objectLockDefaultRetention: ObjectLockRetention[objectLock](Duration.days(retentionYears * YEAR)),
        lifecycleRules: [BROKEN_UPLOADS],
      }),
    };
  }
}

/** A browser sends the headers that a presigned upload is bound to, and nothing else. */
function uploadsFrom(origin: string) {
  return {
    allowedMethods: [HttpMethods.PUT],
    allowedOrigins: [origin],
    allowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256'],
    maxAge: 3600,
  };
}
