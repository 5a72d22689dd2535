import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../functions/catalogue.ts';
import { PERMISSIONS } from '../../infra/permissions.ts';
import { XingpingStack } from '../../infra/stack.ts';

/** Without bundling: what the template says does not depend on the code's bytes. */
function templateIn(region: string): Template {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new XingpingStack(app, 'Xingping', {
    env: { region, account: '123456789012' },
    issuer: 'https://login.example.org',
    audience: 'urn:xingping:api',
    yearlyStart: 'cron(0 9 1 3 ? *)',
    scanner: 'none',
  });
  return Template.fromStack(stack);
}

describe.each(['cn-north-1', 'eu-central-1'])('the stack in %s', (region) => {
  const template = templateIn(region);

  it('has every function of the catalogue on arm64 and Node 24, with its own variables', () => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(functions).toHaveLength(Object.keys(FUNCTIONS).length);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    }
  });

  it('keeps records and reports: recovery, deletion protection, versions, Object Lock', () => {
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: [
        Match.objectLike({
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      ],
    });
    template.hasResourceProperties('AWS::S3::Bucket', { ObjectLockEnabled: true });
  });

  it('authorises every route but the public ones', () => {
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route'));
    const open = routes.filter(({ Properties }) => Properties.AuthorizationType !== 'JWT');
    const declared = Object.values(FUNCTIONS).flatMap((entry) => entry.routes);
    expect(routes).toHaveLength(declared.length);
    expect(open.map(({ Properties }) => Properties.RouteKey)).toEqual(
      declared.filter(({ roles }) => roles === 'public').map(({ key }) => key),
    );
  });

  it('grants no action to everything', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const actions = statements.flatMap(({ Action }: { Action: string | string[] }) => Action);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('starts in China time and keeps what could not be delivered', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0 9 1 3 ? *)',
      ScheduleExpressionTimezone: 'Asia/Shanghai',
      Target: Match.objectLike({ DeadLetterConfig: Match.anyValue() }),
    });
  });

  it('names no partition and no domain of another', () => {
    const text = JSON.stringify(template.toJSON());
    expect(text).not.toContain('arn:aws:');
    expect(text).not.toContain('${Partition}:states');
  });
});

describe('permissions', () => {
  it('are stated for every function and no other', () => {
    expect(Object.keys(PERMISSIONS).sort()).toEqual(Object.keys(FUNCTIONS).sort());
  });

  it('go with the variables: no action on what a function does not know, no variable without an action', () => {
    for (const [name, { env }] of Object.entries(FUNCTIONS)) {
      const { table, objects = {}, workflow, topic, fonts } = PERMISSIONS[name] ?? {};
      const needed = [
        ...(table ? ['TABLE'] : []),
        ...Object.keys(objects).map((bucket) => `${bucket.toUpperCase()}_BUCKET`),
        ...(topic ? ['TOPIC_ARN'] : []),
        ...(workflow ? ['STATE_MACHINE_ARN_PREFIX'] : []),
        ...(fonts ? ['FONTS_DIR'] : []),
      ];
      // A setting, not a resource: it needs no permission of its own.
      const granted = Object.keys(env.shape).filter((variable) => variable !== 'SCANNER');
      expect([name, ...needed.sort()]).toEqual([name, ...granted.sort()]);
    }
  });
});
