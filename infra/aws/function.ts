/** How every function is made: Node 24 on arm64, one bundle, a role and a log of its own. */
import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ALIAS_ARGS, BUNDLING, WITH_FONTS } from '../bundling.ts';

export interface FunctionProps extends Pick<NodejsFunctionProps, 'environment' | 'entry'> {
  timeout: Duration;
  description: string;
  /** What its code calls, beside writing its own log. */
  grants?: { action: string; resources: string[] }[];
  /** Carries the faces of documents, and the memory that rendering takes. */
  fonts?: boolean;
}

export class SystemFunction extends Construct {
  readonly made: NodejsFunction;
  readonly role: Role;
  readonly log: LogGroup;
  /** What everybody calls: a deployment moves it to the new version, and moving it back undoes a deployment. */
  readonly live: Alias;

  constructor(scope: Construct, id: string, { grants = [], fonts = false, ...props }: FunctionProps) {
    super(scope, id);
    this.log = new LogGroup(this, 'Log', { retention: RetentionDays.TWO_YEARS });
    const writing = {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [this.log.logGroupArn],
    };
    const statements = [
      writing,
      ...grants.map(({ action, resources }) => ({ actions: [action], resources })),
    ];
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        own: new PolicyDocument({ statements: statements.map((one) => new PolicyStatement(one)) }),
      },
    });
    this.made = new NodejsFunction(this, 'Function', {
      ...props,
      role: this.role,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: fonts ? 1769 : 1024,
      logGroup: this.log,
      bundling: {
        ...BUNDLING,
        format: OutputFormat.ESM,
        esbuildArgs: ALIAS_ARGS,
        ...(fonts && { commandHooks: WITH_FONTS }),
      },
    });
    this.live = new Alias(this, 'Live', { aliasName: 'live', version: this.made.currentVersion });
  }
}

/** API Gateway waits 29 seconds for an answer. */
export const ANSWER_TIME = Duration.seconds(28);
/** As long as a function may run; a batch that needs longer is run again. */
export const STEP_TIME = Duration.minutes(15);
