import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../functions/catalogue.ts';
import { PERMISSIONS } from '../../infra/permissions.ts';
import { RUN_NAMES } from '../../shared/domain/gates.ts';
import { propertiesOf, REGIONS, statementsOf, templateOf } from './synthesis.ts';

describe.each(REGIONS)('the stack in %s', (region) => {
  const template = templateOf({ region, settings: { portalOrigin: 'https://star.example.org' } });

  it('has every function of the catalogue on arm64 and Node 24, called by its live alias', () => {
    const functions = propertiesOf(template, 'AWS::Lambda::Function');
    expect(functions).toHaveLength(Object.keys(FUNCTIONS).length);
    for (const made of functions) {
      expect(made).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    }
    const aliases = Object.keys(
      template.findResources('AWS::Lambda::Alias', { Properties: { Name: 'live' } }),
    );
    expect(aliases).toHaveLength(functions.length);
    const callers = ['AWS::ApiGatewayV2::Integration', 'AWS::Scheduler::Schedule'];
    for (const caller of callers) {
      const text = JSON.stringify(propertiesOf(template, caller));
      const named = [...text.matchAll(/"Ref":"(\w+Live\w+)"/g)].map(([, id]) => id);
      expect(named.length).toBeGreaterThan(0);
      expect(text).not.toMatch(/Function\w+","Arn"/);
    }
  });

  it('gives each function exactly the variables that its schema asks for', () => {
    const given = Object.entries(template.findResources('AWS::Lambda::Function'));
    for (const [name, { env }] of Object.entries(FUNCTIONS)) {
      const made = given.find(([, { Properties }]) => Properties.Description === `xingping ${name}`);
      const variables = Object.keys(made?.[1].Properties.Environment?.Variables ?? {});
      const own = variables.filter((variable) => !variable.startsWith('AWS_'));
      expect([name, own.sort()]).toEqual([name, Object.keys(env.shape).sort()]);
    }
  });

  it('keeps the records: recovery, deletion protection, encryption, and the table outlives the stack', () => {
    template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        Replicas: [
          Match.objectLike({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          }),
        ],
      },
    });
  });

  it('keeps every bucket private, encrypted, versioned, behind TLS, and beyond the stack', () => {
    const buckets = Object.values(template.findResources('AWS::S3::Bucket'));
    expect(buckets).toHaveLength(4);
    for (const { DeletionPolicy, Properties } of buckets) {
      expect(DeletionPolicy).toBe('Retain');
      expect(Properties).toMatchObject({
        BucketEncryption: { ServerSideEncryptionConfiguration: [expect.anything()] },
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: expect.anything(),
      });
    }
    const denials = statementsOf(template, 'AWS::S3::BucketPolicy').filter(({ Effect }) => Effect === 'Deny');
    const plain = denials.filter(({ Condition }) =>
      JSON.stringify(Condition).includes('aws:SecureTransport'),
    );
    expect(plain).toHaveLength(buckets.length);
  });

  it('locks published objects, forgets quarantine, and takes uploads from the portal alone', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1825 } } },
    });
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          Match.objectLike({ ExpirationInDays: 1, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
        ],
      },
      CorsConfiguration: {
        CorsRules: [
          Match.objectLike({ AllowedMethods: ['PUT'], AllowedOrigins: ['https://star.example.org'] }),
        ],
      },
    });
  });

  it('lets browsers call the API from the portal alone, and authorises every route but the public ones', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      CorsConfiguration: Match.objectLike({ AllowOrigins: ['https://star.example.org'] }),
    });
    const routes = propertiesOf(template, 'AWS::ApiGatewayV2::Route');
    const open = routes.filter(({ AuthorizationType }) => AuthorizationType !== 'JWT');
    const declared = Object.values(FUNCTIONS).flatMap((entry) => entry.routes);
    expect(routes).toHaveLength(declared.length);
    expect(open.map(({ RouteKey }) => RouteKey)).toEqual(
      declared.filter(({ roles }) => roles === 'public').map(({ key }) => key),
    );
  });

  it('limits the calls of routes that say so, once they are there', () => {
    const stages = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    const stage = stages.find(({ Properties }) => Properties.StageName === 'api') ?? {};
    type Limit = { ThrottlingRateLimit: number; ThrottlingBurstLimit: number };
    const limited = Object.values(FUNCTIONS)
      .flatMap(({ routes }) => routes)
      .flatMap(({ key, limit }) => (limit ? [[key, limit.perSecond, limit.atOnce]] : []));
    const settings: Record<string, Limit> = stage.Properties.RouteSettings;
    const set = Object.entries(settings).map(([key, one]) => [
      key,
      one.ThrottlingRateLimit,
      one.ThrottlingBurstLimit,
    ]);
    expect(set).toEqual(limited);
    expect(limited.map(([key]) => key)).toContain('POST /complaints');
    const routes = template.findResources('AWS::ApiGatewayV2::Route');
    const awaited = (stage.DependsOn as string[]).map((id) => routes[id]?.Properties.RouteKey);
    expect(awaited.sort()).toEqual(limited.map(([key]) => key).sort());
  });

  it('deploys every run from its file, without inputs and tokens in its log, each definition as a version', () => {
    const machines = propertiesOf(template, 'AWS::StepFunctions::StateMachine');
    expect(machines.map(({ StateMachineName }) => StateMachineName).sort()).toEqual(
      RUN_NAMES.map((run) => `xingping-${run}`).sort(),
    );
    for (const machine of machines) {
      expect(machine).toMatchObject({ LoggingConfiguration: { IncludeExecutionData: false, Level: 'ALL' } });
    }
    const versions = template.findResources('AWS::StepFunctions::StateMachineVersion', {
      DeletionPolicy: 'Retain',
    });
    expect(Object.keys(versions)).toHaveLength(machines.length);
  });

  it('grants no action to everything, and no principal but services of AWS anything', () => {
    const statements = [
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::S3::BucketPolicy',
      'AWS::SNS::TopicPolicy',
    ].flatMap((type) => statementsOf(template, type).filter(({ Effect }) => Effect === 'Allow'));
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  });

  it('starts in China time, sweeps every hour, and keeps what could not be delivered', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0 9 1 3 ? *)',
      ScheduleExpressionTimezone: 'Asia/Shanghai',
      Target: Match.objectLike({ DeadLetterConfig: Match.anyValue() }),
    });
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 hour)',
      Target: Match.objectLike({ DeadLetterConfig: Match.anyValue() }),
    });
  });

  it('keeps every log for two years, and never for ever', () => {
    const logs = propertiesOf(template, 'AWS::Logs::LogGroup');
    expect(logs.length).toBeGreaterThan(Object.keys(FUNCTIONS).length);
    expect(new Set(logs.map(({ RetentionInDays }) => RetentionInDays))).toEqual(new Set([731]));
  });
});

describe('the partitions', { timeout: 300_000 }, () => {
  it('China: no ARN and no domain of elsewhere, and nothing that China lacks', () => {
    const template = templateOf({ region: 'cn-north-1', portalFiles: 'test/infra/portal' });
    const text = JSON.stringify(template.toJSON());
    expect(text).not.toContain('arn:aws:');
    expect(text.replaceAll(SERVICE_PRINCIPALS, '').match(/.{60}amazonaws\.com/g) ?? []).toEqual([]);
    expect(
      typesOf(template).filter((type) => LACKING_IN_CHINA.some((lacking) => lacking.test(type))),
    ).toEqual([]);
    expect(text).not.toContain('"TracingConfig"');
    expect(text).not.toContain('states:::http:invoke');
  });

  it('elsewhere: no partition is written by hand', () => {
    const text = JSON.stringify(templateOf({ region: 'eu-central-1' }).toJSON());
    expect(text).not.toContain('arn:aws:');
    expect(text).not.toContain('${Partition}:states');
  });
});

/** Principals of services have this name in every partition. */
const SERVICE_PRINCIPALS = /"(Service|Principal)":"[a-z0-9.-]+\.amazonaws\.com"/g;
const LACKING_IN_CHINA = [
  /^AWS::Cognito/,
  /^AWS::SES/,
  /^AWS::CloudFront/,
  /^AWS::Lambda::Url/,
  /^AWS::WAFv2/,
];
const typesOf = (template: Template): string[] =>
  Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type);

describe('permissions', () => {
  it('are stated for every function and no other', () => {
    expect(Object.keys(PERMISSIONS).sort()).toEqual(Object.keys(FUNCTIONS).sort());
  });

  it('let the sweep read the secret of the mail server where one is set, and nothing else read it', () => {
    const mailSecret = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:mail-AbCdEf';
    const readers = (template: Template) =>
      statementsOf(template, 'AWS::IAM::Role').filter(({ Action }) =>
        [Action].flat().includes('secretsmanager:GetSecretValue'),
      );
    expect(readers(templateOf({ settings: { mailSecret } })).map(({ Resource }) => Resource)).toEqual([
      mailSecret,
    ]);
    expect(readers(templateOf({}))).toEqual([]);
  });

  it('go with the variables: no action on what a function does not know, no variable without an action', () => {
    for (const [name, { env }] of Object.entries(FUNCTIONS)) {
      const { table, objects = {}, workflow, topic, mailSecret, fonts } = PERMISSIONS[name] ?? {};
      const needed = [
        ...(table ? ['TABLE'] : []),
        ...Object.keys(objects).map((bucket) => `${bucket.toUpperCase()}_BUCKET`),
        ...(topic ? ['TOPIC_ARN'] : []),
        ...(mailSecret ? ['MAIL_SECRET'] : []),
        ...(workflow ? ['STATE_MACHINE_ARN_PREFIX'] : []),
        ...(fonts ? ['FONTS_DIR'] : []),
      ];
      // A setting, not a resource: it needs no permission of its own.
      const granted = Object.keys(env.shape).filter((variable) => variable !== 'SCANNER');
      expect([name, ...needed.sort()]).toEqual([name, ...granted.sort()]);
    }
  });
});
