/** A user pool for who has no issuer of their own. Accounts and their roles are entered by an administrator. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { SystemFunction } from './function.ts';

export class Identity extends Construct {
  readonly issuer: string;
  /** Access tokens of Cognito name the client where others name an audience. */
  readonly audience: string;

  constructor(scope: Construct, id: string, origin: string | undefined) {
    super(scope, id);
    const pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      standardAttributes: { fullname: { required: true, mutable: true } },
      customAttributes: {
        role: new StringAttribute({ mutable: true }),
        agency: new StringAttribute({ mutable: true, maxLen: 13 }),
      },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const claims = new SystemFunction(this, 'add-claims', {
      entry: new URL('../identity/add-claims.ts', import.meta.url).pathname,
      description: 'xingping claims',
      timeout: Duration.seconds(5),
    });
    pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, claims.live, LambdaVersion.V2_0);
    claims.live.addPermission('pool', {
      principal: new ServicePrincipal('cognito-idp.amazonaws.com'),
      sourceArn: pool.userPoolArn,
    });
    this.issuer = pool.userPoolProviderUrl;
    this.audience = this.client(pool, origin).userPoolClientId;
  }

  /** The portal: the code flow with PKCE. People change nothing about themselves, their role least of all. */
  private client(pool: UserPool, origin: string | undefined): UserPoolClient {
    return pool.addClient('Portal', {
      generateSecret: false,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
      oAuth: {
        flows: { authorizationCodeGrant: true },
        ...(origin && { callbackUrls: [`${origin}/signed-in`], logoutUrls: [`${origin}/`] }),
      },
    });
  }
}
