/** Rules of AwsSolutions that do not hold as written, each with the reason: `test/infra/nag.test.ts` asks for every one. */
import { type Stack, Token, Validations } from 'aws-cdk-lib';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

const rule = (name: string) => `AwsSolutions::AwsSolutions-${name}`;

const EVERYWHERE = {
  APIG4:
    'Public routes read the published snapshot or the portal only; test/infra/stack.test.ts holds the list.',
  SQS3: 'The queue is itself the dead-letter queue of the schedules.',
  SF2: 'Lambda has no X-Ray in China; the log of the run and the signed histories tell what happened.',
  S1: 'The portal consists of public files.',
  COG8: 'Threat protection is priced by active user; accounts are few, made by an administrator, with a second factor.',
  CFR1: 'A public office is readable from anywhere.',
  CFR2: 'Static files only; the API is throttled and behind tokens.',
  CFR3: 'Static public files: nothing is learnt from who reads them.',
  CFR4: 'Without a domain of its own a distribution cannot choose; it redirects to https.',
  'IAM5[Resource::*]':
    'Delivery of the state machines’ logs and invalidation of the distribution cannot be narrowed to a resource.',
};

/** What CDK brings to copy the portal’s files: used at deployment only. */
const DEPLOYMENT = 'CDK’s own helper that copies the portal’s files into its bucket, at deployment only.';
const HELPER = [
  'L1',
  'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
  ...['s3:GetBucket*', 's3:GetObject*', 's3:List*', 's3:DeleteObject*', 's3:Abort*'].map(
    (action) => `IAM5[Action::${action}]`,
  ),
];

export function acknowledge(stack: Stack): void {
  const because = (names: readonly string[], reason: string) => {
    for (const name of names) Validations.of(stack).acknowledge({ id: rule(name), reason });
  };
  for (const [name, reason] of Object.entries(EVERYWHERE)) because([name], reason);
  because(HELPER, DEPLOYMENT);
  const assets = `cdk-hnb659fds-assets-${known(stack.account, 'AccountId')}-${known(stack.region, 'Region')}`;
  because([`IAM5[Resource::arn:<AWS::Partition>:s3:::${assets}/*]`], DEPLOYMENT);
  const objects = bucketsIn(stack).map((bucket) => {
    const id = stack.getLogicalId(bucket.node.defaultChild as CfnBucket);
    return `IAM5[Resource::<${id}.Arn>/*]`;
  });
  because(
    objects,
    'Keys of objects are made while the system runs; a function reaches one bucket of its own.',
  );
}

/** Without credentials at synthesis, account and region are known to CloudFormation only. */
const known = (value: string, name: string) => (Token.isUnresolved(value) ? `<AWS::${name}>` : value);

const bucketsIn = (stack: Stack): Bucket[] =>
  stack.node.findAll().filter((node: IConstruct): node is Bucket => node instanceof Bucket);
