/** What each function may do, by the names of DynamoDB, S3 and Step Functions actions: nothing that its code does not call. */
import type { BucketName } from '../shared/app/ports.ts';

type TableAction = 'GetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';
type ObjectAction = 'GetObject' | 'PutObject' | 'DeleteObject';
type WorkflowAction = 'StartExecution' | 'SendTaskSuccess';

export interface Permissions {
  table?: readonly TableAction[];
  objects?: Partial<Record<BucketName, readonly ObjectAction[]>>;
  /** Listing tells a missing object from a forbidden one. */
  list?: readonly BucketName[];
  workflow?: readonly WorkflowAction[];
}

const READ: readonly TableAction[] = ['GetItem', 'Query'];
const APPEND: readonly TableAction[] = [...READ, 'UpdateItem'];
const CHANGE: readonly TableAction[] = [...APPEND, 'PutItem', 'DeleteItem'];
const publishing = { reports: ['GetObject', 'PutObject'] } as const;

export const PERMISSIONS: Record<string, Permissions> = {
  'admit-agencies': { table: CHANGE },
  'announce-stars': { table: [...APPEND, 'PutItem'], objects: publishing, list: ['reports'] },
  'assign-visits': { table: [...APPEND, 'PutItem'], objects: { reports: ['GetObject'] }, list: ['reports'] },
  'close-cycle': { table: [...APPEND, 'DeleteItem'] },
  'close-self-evaluations': { table: CHANGE },
  'close-visits': { table: [...APPEND, 'PutItem'] },
  'compare-figures': { table: [...APPEND, 'PutItem'] },
  'draft-circular': { table: APPEND, objects: { reports: ['GetObject'] }, list: ['reports'] },
  'draft-notice': { table: [...APPEND, 'PutItem'] },
  'draw-spot-check': { table: [...APPEND, 'PutItem'], objects: publishing, list: ['reports'] },
  'open-gate': { table: CHANGE, workflow: ['SendTaskSuccess'] },
  'publish-notice': { table: APPEND, objects: publishing, list: ['reports'] },
  'publish-plan': { table: APPEND, objects: publishing, list: ['reports'] },
  'publish-results': { table: APPEND, objects: publishing, list: ['reports'] },
  'publish-stars': { table: [...APPEND, 'PutItem'] },
  'rescore-agencies': { table: [...APPEND, 'PutItem'] },
  'score-agencies': { table: [...APPEND, 'PutItem'] },
  'send-back-visits': { table: [...APPEND, 'PutItem'] },
  'serve-cycles': { table: CHANGE, workflow: ['StartExecution', 'SendTaskSuccess'] },
  'serve-dossiers': { table: CHANGE, workflow: ['SendTaskSuccess'] },
  'serve-evidence': {
    table: [...READ, 'PutItem'],
    objects: { quarantine: ['GetObject', 'PutObject', 'DeleteObject'], evidence: ['PutObject'] },
    list: ['quarantine'],
  },
  'serve-openapi': {},
  'serve-publications': { objects: { reports: ['GetObject'] }, list: ['reports'] },
  'serve-registry': { table: APPEND },
  'start-cycle': { table: APPEND, workflow: ['StartExecution'] },
  'sweep-gates': { table: CHANGE, workflow: ['StartExecution', 'SendTaskSuccess'] },
};

/** What a grant is about: the table of records, the state machine, or a bucket. */
export type Resource = 'table' | 'workflow' | BucketName;

/** One action of IAM on one resource. */
export interface Grant {
  action: string;
  on: Resource;
}

/** All that a function may do, action by action. Throws for a function that has no permissions stated. */
export function grantsOf(functionName: string): Grant[] {
  const permissions = PERMISSIONS[functionName];
  if (!permissions) throw new Error(`infra/permissions.ts says nothing about ${functionName}`);
  const { table = [], objects = {}, list = [], workflow = [] } = permissions;
  return [
    ...table.map((action) => ({ action: `dynamodb:${action}`, on: 'table' as const })),
    ...Object.entries(objects).flatMap(([bucket, actions]) =>
      actions.map((action) => ({ action: `s3:${action}`, on: bucket as BucketName })),
    ),
    ...list.map((bucket) => ({ action: 's3:ListBucket', on: bucket })),
    ...workflow.map((action) => ({ action: `states:${action}`, on: 'workflow' as const })),
  ];
}
