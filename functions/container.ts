/** The one place where clients are made. On AWS they find endpoint and credentials themselves; elsewhere they are told. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { documentClient, dynamoHistories, dynamoItems } from '../shared/adapters/dynamodb.ts';
import { powertoolsLog } from '../shared/adapters/log.ts';
import { s3Objects } from '../shared/adapters/s3.ts';
import { scannerFor } from '../shared/adapters/scanners/index.ts';
import { snsNotifier } from '../shared/adapters/sns.ts';
import { stepFunctions } from '../shared/adapters/step-functions.ts';
import { readUploadedTables } from '../shared/adapters/uploaded-tables.ts';
import { systemClock } from '../shared/app/clock.ts';
import type { Deps, RenderDocument } from '../shared/app/ports.ts';
import type { Variable } from './environment.ts';

export interface Clients {
  dynamodb: DynamoDBClient;
  s3: S3Client;
  stepFunctions: SFNClient;
}

/** Everything that a function needs, from its environment. A variable it does not name is not there to be used. */
export function containerFor(
  env: Partial<Record<Variable, string>>,
  render: RenderDocument = rendersNothing,
): Deps {
  const clients = {
    dynamodb: new DynamoDBClient({}),
    // A presigned URL must carry the client's checksum, not the checksum of an empty body.
    s3: new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' }),
    stepFunctions: new SFNClient({}),
  };
  const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  const notifier = env.TOPIC_ARN && snsNotifier(new SNSClient({}), env.TOPIC_ARN);
  return assemble(clients, env, {
    clock: systemClock,
    randomBytes,
    log: powertoolsLog(),
    render,
    messages: 'outbox',
    ...(notifier && { notifier }),
  });
}

/** Functions that write no documents are not bundled with what renders them. */
const rendersNothing: RenderDocument = () => {
  throw new Error('this function renders no documents');
};

/** What a function finds around it, wherever it runs. */
export type Surroundings = Pick<Deps, 'clock' | 'randomBytes' | 'log' | 'messages' | 'notifier' | 'render'>;

/** The same with other clients and surroundings: how one machine runs these functions. */
export function assemble(
  clients: Clients,
  env: Partial<Record<Variable, string>>,
  surroundings: Surroundings,
): Deps {
  const documents = documentClient(clients.dynamodb);
  const table = env.TABLE ?? '';
  const buckets = {
    quarantine: env.QUARANTINE_BUCKET ?? '',
    evidence: env.EVIDENCE_BUCKET ?? '',
    reports: env.REPORTS_BUCKET ?? '',
  };
  return {
    ...surroundings,
    histories: dynamoHistories(documents, table),
    items: dynamoItems(documents, table),
    objects: s3Objects(clients.s3, buckets, surroundings.clock),
    scanner: scannerFor(env.SCANNER, clients.s3, buckets.quarantine),
    workflow: stepFunctions(clients.stepFunctions, env.STATE_MACHINE_ARN_PREFIX ?? ''),
    readTables: readUploadedTables,
  };
}
