/** Hosting of the built portal, with a folder of two files in its place. */
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { REGIONS, templateOf } from './synthesis.ts';

const portalFiles = 'test/infra/portal';

describe('the portal', { timeout: 300_000 }, () => {
  it.each(REGIONS)('is not hosted in %s while it is not built: no bucket, no page in its place', (region) => {
    const template = templateOf({ region });
    template.resourceCountIs('AWS::CloudFront::Distribution', 0);
    template.resourceCountIs('AWS::ApiGatewayV2::Api', 1);
    template.resourceCountIs('AWS::S3::Bucket', 4);
    template.resourceCountIs('Custom::CDKBucketDeployment', 0);
    expect(template.findOutputs('PortalUrl')).toEqual({});
  });

  it('is not hosted where the settings leave that to something else', () => {
    const template = templateOf({ portalFiles, settings: { portal: false } });
    template.resourceCountIs('Custom::CDKBucketDeployment', 0);
    expect(template.findOutputs('PortalUrl')).toEqual({});
  });

  it('stands behind a distribution that alone may read its bucket, over TLS, with its headers', () => {
    const template = templateOf({ portalFiles });
    template.resourceCountIs('AWS::S3::Bucket', 5);
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        DefaultRootObject: 'index.html',
        DefaultCacheBehavior: Match.objectLike({ ViewerProtocolPolicy: 'redirect-to-https' }),
      }),
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 's3:GetObject',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Condition: { StringEquals: { 'AWS:SourceArn': Match.anyValue() } },
          }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: Match.objectLike({
        SecurityHeadersConfig: Match.objectLike({
          ContentSecurityPolicy: Match.objectLike({
            ContentSecurityPolicy: Match.stringLikeRegexp("default-src 'self'"),
          }),
        }),
      }),
    });
  });

  it('stands behind an HTTP API of its own in China, read by one function that may do nothing else', () => {
    const template = templateOf({ region: 'cn-north-1', portalFiles });
    template.resourceCountIs('AWS::CloudFront::Distribution', 0);
    template.resourceCountIs('AWS::ApiGatewayV2::Api', 2);
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: 'GET /{file+}' });
  });

  it.each(REGIONS)(
    'is the only origin of calls and uploads, and learns where the API is, in %s',
    (region) => {
      const template = templateOf({ region, portalFiles });
      const [cors] = Object.values(template.findResources('AWS::ApiGatewayV2::Api')).flatMap(
        ({ Properties }) => Properties.CorsConfiguration ?? [],
      );
      expect(cors.AllowOrigins).toHaveLength(1);
      template.hasResourceProperties('AWS::S3::Bucket', {
        CorsConfiguration: { CorsRules: [Match.objectLike({ AllowedOrigins: cors.AllowOrigins })] },
      });
      template.resourceCountIs('Custom::CDKBucketDeployment', 1);
      template.hasOutput('PortalUrl', { Value: cors.AllowOrigins[0] });
    },
  );
});
