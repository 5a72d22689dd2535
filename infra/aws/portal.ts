/**
 * The built portal, `web/dist`: a private bucket behind a distribution; in China, where a distribution needs a domain that
 * is registered with the authorities, behind an HTTP API of its own. There is none of it until the portal is built.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import { CfnRoute, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { CONTENT_SECURITY_POLICY } from '../portal/headers.ts';
import { accessLogged, integrate } from './api.ts';
import { ANSWER_TIME, SystemFunction } from './function.ts';
import { PRIVATE } from './storage.ts';

/** Where the portal's build leaves its files. */
export const PORTAL_FILES = new URL('../../web/dist', import.meta.url).pathname;

export const isBuilt = (files: string): boolean => existsSync(join(files, 'index.html'));

export interface PortalProps {
  /** The folder of the built portal. */
  files: string;
  /** Where a distribution serves everybody; not so in China. */
  hasDistribution: boolean;
}

export class Portal extends Construct {
  readonly bucket: Bucket;
  /** `https://….cloudfront.net`, or the origin of the HTTP API. */
  readonly origin: string;
  private readonly files: string;
  private readonly distribution: Distribution | undefined;

  constructor(scope: Construct, id: string, { files, hasDistribution }: PortalProps) {
    super(scope, id);
    this.files = files;
    this.bucket = new Bucket(this, 'Files', {
      ...PRIVATE,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90) }],
    });
    this.distribution = hasDistribution ? this.distribute() : undefined;
    this.origin = this.distribution ? `https://${this.distribution.domainName}` : this.serve();
  }

  /** Puts the files in place, with what the portal must know of its surroundings as config.json. */
  deploy(config: Record<string, string>): void {
    new BucketDeployment(this, 'Deployment', {
      destinationBucket: this.bucket,
      sources: [Source.asset(this.files), Source.jsonData('config.json', config)],
      ...(this.distribution && { distribution: this.distribution }),
    });
  }

  private distribute(): Distribution {
    const headers = new ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: CONTENT_SECURITY_POLICY, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
      },
    });
    return new Distribution(this, 'Distribution', {
      defaultRootObject: 'index.html',
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: headers,
      },
      // A page of the portal is no file: the portal finds its way in the browser.
      errorResponses: [403, 404].map((httpStatus) => ({
        httpStatus,
        responseHttpStatus: 200,
        responsePagePath: '/index.html',
        ttl: Duration.minutes(1),
      })),
    });
  }

  private serve(): string {
    const reader = new SystemFunction(this, 'serve-file', {
      entry: new URL('../portal/serve-file.ts', import.meta.url).pathname,
      description: 'xingping portal',
      timeout: ANSWER_TIME,
      environment: { WEB_BUCKET: this.bucket.bucketName },
      grants: [
        { action: 's3:GetObject', resources: [this.bucket.arnForObjects('*')] },
        // Without the right to list, S3 answers "forbidden" for a file that is not there.
        { action: 's3:ListBucket', resources: [this.bucket.bucketArn] },
      ],
    });
    const api = new HttpApi(this, 'Http', { apiName: 'xingping-portal', createDefaultStage: false });
    accessLogged(this, api, '$default');
    const target = integrate(this, api, reader, 'files');
    for (const routeKey of ['GET /', 'GET /{file+}']) {
      const id = routeKey.endsWith('}') ? 'files' : 'start';
      new CfnRoute(this, id, { apiId: api.apiId, routeKey, target, authorizationType: 'NONE' });
    }
    const { region, urlSuffix } = Stack.of(this);
    return `https://${api.apiId}.execute-api.${region}.${urlSuffix}`;
  }
}
