/** The system on AWS: the same functions and the same state machine file as on one machine. */
import { dirname } from 'node:path';
import { ArnFormat, Duration, RemovalPolicy, Stack, type StackProps, TimeZone } from 'aws-cdk-lib';
import { CfnAuthorizer, CfnIntegration, CfnRoute, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  ObjectLockRetention,
} from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { FUNCTIONS } from '../functions/catalogue.ts';
import type { Variable } from '../functions/environment.ts';
import type { BucketName } from '../shared/app/ports.ts';
import { FONT_FILES } from '../shared/documents/fonts.ts';
import { RUN_NAMES, type RunName } from '../shared/domain/gates.ts';
import { definitionFile, placeholderOf, placeholders } from './definition.ts';
import { grantsOf, PERMISSIONS, type Resource } from './permissions.ts';

export interface XingpingStackProps extends StackProps {
  issuer: string;
  audience: string;
  yearlyStart: string;
  /** What looks for malware in uploads: `guardduty` where it is offered, `none` elsewhere. */
  scanner: 'guardduty' | 'none';
}

/** `xingping-annual-assessment` */
const STATE_MACHINE_PREFIX = 'xingping-';

/** The faces of documents lie beside the code, where `FONTS_DIR` says. */
const WITH_FONTS = {
  beforeInstall: () => [],
  beforeBundling: () => [],
  afterBundling: (from: string, to: string) =>
    Object.values(FONT_FILES).flatMap((file) => [
      `mkdir -p ${dirname(`${to}/fonts/${file}`)}`,
      `cp ${from}/node_modules/${file} ${to}/fonts/${file}`,
    ]),
};

export class XingpingStack extends Stack {
  private readonly table: TableV2;
  private readonly buckets: Record<BucketName, Bucket>;
  /** Messages go out here; who subscribes passes them on. */
  private readonly topic: Topic;
  private readonly environmentOf: Record<Variable, string>;
  /** By name, not by reference: functions that answer the machine are also called by it. */
  private readonly stateMachineArnPrefix: string;

  constructor(scope: Construct, id: string, props: XingpingStackProps) {
    super(scope, id, props);
    this.table = new TableV2(this, 'Records', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.buckets = {
      quarantine: this.bucket('Quarantine', { lifecycleRules: [{ expiration: Duration.days(1) }] }),
      evidence: this.bucket('Evidence', { versioned: true }),
      reports: this.bucket('Reports', {
        versioned: true,
        objectLockEnabled: true,
        objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(5 * 365)),
      }),
    };
    this.stateMachineArnPrefix = this.formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: STATE_MACHINE_PREFIX,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.topic = new Topic(this, 'Messages', { enforceSSL: true });
    this.environmentOf = {
      TABLE: this.table.tableName,
      QUARANTINE_BUCKET: this.buckets.quarantine.bucketName,
      EVIDENCE_BUCKET: this.buckets.evidence.bucketName,
      REPORTS_BUCKET: this.buckets.reports.bucketName,
      STATE_MACHINE_ARN_PREFIX: this.stateMachineArnPrefix,
      SCANNER: props.scanner,
      TOPIC_ARN: this.topic.topicArn,
      FONTS_DIR: '/var/task/fonts',
    };
    const functions = new Map(Object.keys(FUNCTIONS).map((name) => [name, this.function(name)]));
    for (const run of RUN_NAMES) this.workflow(run, functions);
    this.api(functions, props);
    this.schedules(functions, props);
  }

  private bucket(id: string, props: BucketProps): Bucket {
    return new Bucket(this, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...props,
    });
  }

  /** One function of the catalogue, with the variables that its schema asks for and the actions that its code calls. */
  private function(name: string): NodejsFunction {
    const variables = Object.keys(FUNCTIONS[name]?.env.shape ?? {}) as Variable[];
    const made = new NodejsFunction(this, name, {
      entry: new URL(`../functions/${name}/index.ts`, import.meta.url).pathname,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: PERMISSIONS[name]?.fonts ? 1769 : 512,
      timeout: Duration.seconds(FUNCTIONS[name]?.routes.length ? 28 : 900),
      environment: Object.fromEntries(variables.map((variable) => [variable, this.environmentOf[variable]])),
      logGroup: new LogGroup(this, `${name}-log`, { retention: RetentionDays.TWO_YEARS }),
      bundling: {
        format: OutputFormat.ESM,
        minify: true,
        sourceMap: true,
        // Some dependencies are CommonJS and call require() for Node's own modules.
        banner:
          "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
        ...(PERMISSIONS[name]?.fonts && { commandHooks: WITH_FONTS }),
      },
    });
    this.permit(name, made);
    return made;
  }

  private permit(name: string, made: NodejsFunction): void {
    for (const { action, on } of grantsOf(name)) {
      made.addToRolePolicy(new PolicyStatement({ actions: [action], resources: this.arnsFor(action, on) }));
    }
  }

  private arnsFor(action: string, on: Resource): string[] {
    if (on === 'topic') return [this.topic.topicArn];
    if (on === 'table') return [this.table.tableArn];
    if (on === 'workflow') return RUN_NAMES.map((run) => this.stateMachineArnPrefix + run);
    const bucket = this.buckets[on];
    return [action === 's3:ListBucket' ? bucket.bucketArn : bucket.arnForObjects('*')];
  }

  private workflow(run: RunName, functions: ReadonlyMap<string, NodejsFunction>): void {
    const called = Object.entries(placeholders(run)).map(
      ([placeholder, name]) => [placeholder, this.named(functions, name)] as const,
    );
    const machine = new StateMachine(this, placeholderOf(run), {
      stateMachineName: STATE_MACHINE_PREFIX + run,
      definitionBody: DefinitionBody.fromFile(definitionFile(run)),
      definitionSubstitutions: {
        Partition: this.partition,
        ...Object.fromEntries(called.map(([placeholder, made]) => [placeholder, made.functionArn])),
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const [, made] of called) made.grantInvoke(machine);
  }

  private named(functions: ReadonlyMap<string, NodejsFunction>, name: string): NodejsFunction {
    const made = functions.get(name);
    if (!made) throw new Error(`there is no function ${name}`);
    return made;
  }

  /** Every route of the catalogue; all but the public ones behind the issuer's tokens. */
  private api(
    functions: ReadonlyMap<string, NodejsFunction>,
    { issuer, audience }: XingpingStackProps,
  ): void {
    const api = new HttpApi(this, 'Api', { apiName: 'xingping' });
    const authorizer = new CfnAuthorizer(this, 'Issuer', {
      apiId: api.apiId,
      name: 'issuer',
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: { issuer, audience: [audience] },
    });
    for (const [name, { routes }] of Object.entries(FUNCTIONS)) {
      if (routes.length === 0) continue;
      const made = this.named(functions, name);
      const integration = new CfnIntegration(this, `${name}-integration`, {
        apiId: api.apiId,
        integrationType: 'AWS_PROXY',
        integrationUri: made.functionArn,
        payloadFormatVersion: '2.0',
      });
      made.addPermission('api', {
        principal: new ServicePrincipal('apigateway.amazonaws.com'),
        sourceArn: this.formatArn({ service: 'execute-api', resource: api.apiId, resourceName: '*' }),
      });
      for (const { key, roles } of routes) {
        new CfnRoute(this, `route ${key.replace(/\W+/g, '-')}`, {
          apiId: api.apiId,
          routeKey: key,
          target: `integrations/${integration.ref}`,
          ...(roles === 'public'
            ? { authorizationType: 'NONE' }
            : { authorizationType: 'JWT', authorizerId: authorizer.ref }),
        });
      }
    }
  }

  /** The yearly start and the hourly sweep; what cannot be delivered waits in a queue. */
  private schedules(
    functions: ReadonlyMap<string, NodejsFunction>,
    { yearlyStart }: XingpingStackProps,
  ): void {
    const undelivered = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const schedule = (id: string, expression: ScheduleExpression, target: string, input: object) =>
      new Schedule(this, id, {
        schedule: expression,
        target: new LambdaInvoke(this.named(functions, target), {
          deadLetterQueue: undelivered,
          input: ScheduleTargetInput.fromObject(input),
        }),
      });
    const yearly = ScheduleExpression.expression(yearlyStart, TimeZone.ASIA_SHANGHAI);
    schedule('YearlyStart', yearly, 'start-cycle', { scheduledTime: '<aws.scheduler.scheduled-time>' });
    schedule('HourlySweep', ScheduleExpression.rate(Duration.hours(1)), 'sweep-gates', {});
    schedule('HourlyUploadSweep', ScheduleExpression.rate(Duration.hours(1)), 'sweep-uploads', {});
  }
}
