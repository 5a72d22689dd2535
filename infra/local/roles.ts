/**
 * Each function acts under its own permissions, as on AWS: what it calls is looked up in `infra/permissions.ts`, and what is
 * not granted there is denied. Calls outside of a function, a test's look into the store for instance, are free.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Variable } from '../../functions/environment.ts';
import { type Grant, grantsOf, type Resource } from '../permissions.ts';

/** One call of AWS by a function. */
export interface Use extends Grant {
  function: string;
  granted: boolean;
}

export type Roles = <T>(functionName: string, act: () => Promise<T>) => Promise<T>;

/** As AWS names it; it is not worth a retry, but the ladder cannot know. */
class AccessDenied extends Error {
  override readonly name = 'AccessDeniedException';
  readonly $metadata = { httpStatusCode: 403 };
}

/** `dynamodb:PutItem on table` */
export const grantText = ({ action, on }: Grant) => `${action} on ${on}`;

export function openRoles(
  clients: { dynamodb: DynamoDBClient; s3: S3Client; stepFunctions: SFNClient },
  env: Record<Variable, string>,
  onUse: (use: Use) => void = () => undefined,
): Roles {
  const acting = new AsyncLocalStorage<string>();
  const resources = new Map<string, Resource>([
    [env.QUARANTINE_BUCKET, 'quarantine'],
    [env.EVIDENCE_BUCKET, 'evidence'],
    [env.REPORTS_BUCKET, 'reports'],
  ]);
  const check = (grant: Grant) => {
    const name = acting.getStore();
    if (name === undefined) return;
    const granted = grantsOf(name).some((held) => grantText(held) === grantText(grant));
    onUse({ ...grant, function: name, granted });
    if (granted) return;
    throw new AccessDenied(`${name} may not ${grantText(grant)}: infra/permissions.ts does not grant it`);
  };
  const bucket = (name: unknown): Resource => {
    const resource = resources.get(String(name));
    if (!resource) throw new Error(`no bucket of the system is called ${String(name)}`);
    return resource;
  };

  clients.dynamodb.middlewareStack.add(
    (next, context) => (args) => {
      check({ action: `dynamodb:${operation(context)}`, on: 'table' });
      return next(args);
    },
    ASK,
  );
  clients.stepFunctions.middlewareStack.add(
    (next, context) => (args) => {
      check({ action: `states:${operation(context)}`, on: 'workflow' });
      return next(args);
    },
    ASK,
  );
  clients.s3.middlewareStack.add(
    (next, context) => async (args) => {
      const { Bucket, CopySource, VersionId } = args.input as Record<string, string | undefined>;
      check(objectGrant(operation(context), VersionId !== undefined, bucket(Bucket)));
      if (CopySource)
        check(objectGrant('GetObject', CopySource.includes('?versionId='), bucket(CopySource.split('/')[0])));
      try {
        return await next(args);
      } catch (error) {
        // Without the right to list, S3 answers "forbidden" for an object that is not there.
        if (isAbsent(error)) check({ action: 's3:ListBucket', on: bucket(Bucket) });
        throw error;
      }
    },
    ASK,
  );
  return (functionName, act) => acting.run(functionName, act);
}

const ASK = { step: 'initialize', name: 'permission' } as const;

const operation = ({ commandName = '' }: { commandName?: string }) => commandName.replace(/Command$/, '');

/** Operations that need the permission of another name. */
const NEEDS: Record<string, string> = {
  HeadObject: 'GetObject',
  CopyObject: 'PutObject',
  ListObjectsV2: 'ListBucket',
};

/** Naming a version takes a right of its own. */
function objectGrant(operationName: string, versioned: boolean, on: Resource): Grant {
  const action = NEEDS[operationName] ?? operationName;
  const named = versioned && ['GetObject', 'DeleteObject'].includes(action);
  return { action: `s3:${action}${named ? 'Version' : ''}`, on };
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && ['NotFound', 'NoSuchKey'].includes(error.name);
}
