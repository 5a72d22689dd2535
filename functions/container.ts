/** The one place where clients are made. On AWS they find endpoint and credentials themselves; elsewhere they are told. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { documentClient, dynamoHistories, dynamoItems } from '../shared/adapters/dynamodb.ts';
import { powertoolsLog } from '../shared/adapters/log.ts';
import { s3Objects } from '../shared/adapters/s3.ts';
import { scannerFor } from '../shared/adapters/scanners/index.ts';
import { stepFunctions } from '../shared/adapters/step-functions.ts';
import { systemClock } from '../shared/app/clock.ts';
import type { Deps } from '../shared/app/ports.ts';
import type { Variable } from './environment.ts';

export interface Clients {
  dynamodb: DynamoDBClient;
  s3: S3Client;
  stepFunctions: SFNClient;
}

/** What only some functions have a use for: only their bundles carry it. */
export type Carried = Partial<Pick<Deps, 'render' | 'readTables' | 'notifier'>>;

/** Everything that a function needs, from its environment. A variable it does not name is not there to be used. */
export function containerFor(env: Partial<Record<Variable, string>>, carried: Carried = {}): Deps {
  const clients = {
    dynamodb: new DynamoDBClient({}),
    // A presigned URL must carry the client's checksum, not the checksum of an empty body.
    s3: new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' }),
    stepFunctions: new SFNClient({}),
  };
  const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  return assemble(clients, env, {
    clock: systemClock,
    randomBytes,
    log: powertoolsLog(),
    messages: 'outbox',
    render: () => {
      throw new Error('this function renders no documents');
    },
    readTables: () => {
      throw new Error('this function reads no tables');
    },
    ...carried,
  });
}

/** What a function finds around it, wherever it runs. */
export type Surroundings = Pick<Deps, 'clock' | 'randomBytes' | 'log' | 'messages'> &
  Pick<Deps, keyof Carried>;

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
  };
}
