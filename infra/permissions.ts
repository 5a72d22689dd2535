/** What each function may do, by the names of DynamoDB, S3 and Step Functions actions: nothing that its code does not call. */
import type { BucketName } from '../shared/app/ports.ts';

type TableAction = 'GetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';
type ObjectAction =
  | 'GetObject'
  | 'GetObjectVersion'
  | 'GetObjectTagging'
  | 'PutObject'
  | 'DeleteObject'
  | 'DeleteObjectVersion';
type WorkflowAction = 'StartExecution' | 'SendTaskSuccess';

export interface Permissions {
  table?: readonly TableAction[];
  objects?: Partial<Record<BucketName, readonly ObjectAction[]>>;
  /** Listing tells a missing object from a forbidden one. */
  list?: readonly BucketName[];
  workflow?: readonly WorkflowAction[];
  /** Messages to the topic. */
  topic?: readonly 'Publish'[];
  /** How the mail server is reached, where one is set. */
  mailSecret?: readonly 'GetSecretValue'[];
  /** Carries the faces that documents are set in. */
  fonts?: true;
}

const READ: readonly TableAction[] = ['GetItem', 'Query'];
const APPEND: readonly TableAction[] = ['GetItem', 'UpdateItem'];
const CHANGE: readonly TableAction[] = [...READ, 'UpdateItem', 'PutItem', 'DeleteItem'];
const publish = { reports: ['PutObject'] } as const;
const read = { reports: ['GetObject'] } as const;

/** Steps over all agencies: they read page by page, and set aside an agency whose data break them (`steps/batch.ts`). */
export const BATCH: readonly TableAction[] = ['Query', 'GetItem', 'UpdateItem', 'PutItem'];

/** Looking at an upload, and at the verdict that a scanner tagged it with. */
const CHECKING = ['GetObject', 'GetObjectTagging'] as const;
/** Putting the checked copy in place, and taking it away again. */
const KEEPING = ['GetObject', 'PutObject', 'DeleteObjectVersion'] as const;

export const PERMISSIONS: Record<string, Permissions> = {
  'admit-agencies': { table: CHANGE },
  'announce-stars': { table: BATCH, objects: publish, fonts: true },
  'archive-rectification': {
    table: [...READ, 'UpdateItem', 'PutItem'],
    objects: { reports: ['GetObject', 'PutObject'] },
    list: ['reports'],
  },
  'assign-visits': { table: [...APPEND, 'PutItem'], objects: read },
  'call-for-verdicts': { table: BATCH },
  'close-corrections': { table: [...READ, 'UpdateItem'] },
  'close-draft-results': { table: [...BATCH, 'DeleteItem'] },
  'close-run': { table: [...APPEND, 'PutItem', 'DeleteItem'] },
  'close-self-evaluations': { table: [...BATCH, 'DeleteItem'] },
  'close-visits': { table: BATCH },
  'compare-figures': { table: BATCH },
  'count-second-failures': { table: ['Query'] },
  'draft-circular': { table: [...READ, 'UpdateItem'], objects: read, list: ['reports'] },
  'draft-notice': { table: [...READ, 'UpdateItem', 'PutItem'] },
  'draw-rechecks': { table: BATCH },
  'draw-spot-check': { table: [...READ, 'UpdateItem', 'PutItem'], objects: publish },
  'issue-rectification-notices': { table: BATCH },
  'open-gate': { table: CHANGE, workflow: ['SendTaskSuccess'] },
  'publish-correction': {
    table: CHANGE,
    objects: { reports: ['GetObject', 'PutObject'] },
    list: ['reports'],
  },
  'publish-notice': { table: APPEND, objects: publish, fonts: true },
  'publish-plan': {
    table: [...READ, 'UpdateItem'],
    objects: { reports: ['GetObject', 'PutObject'] },
    fonts: true,
  },
  'publish-results': {
    table: [...READ, 'UpdateItem', 'PutItem'],
    objects: { reports: ['GetObject', 'PutObject'] },
    list: ['reports'],
    fonts: true,
  },
  'publish-stars': { table: BATCH },
  // Anybody may call it: it reads and writes by key, and lists nothing.
  'receive-complaints': { table: [...APPEND, 'PutItem'] },
  'recommend-second-failures': { table: [...READ, 'UpdateItem'] },
  'revise-announcement': { table: [...READ, 'UpdateItem'], objects: publish, fonts: true },
  'score-agencies': { table: BATCH },
  'send-back-visits': { table: [...APPEND, 'PutItem'], objects: read },
  'send-draft-results': { table: BATCH },
  'serve-complaints': { table: CHANGE },
  'serve-corrections': { table: [...READ, 'UpdateItem'], workflow: ['StartExecution'] },
  'serve-cycles': { table: CHANGE, workflow: ['StartExecution', 'SendTaskSuccess'] },
  'serve-dossiers': {
    table: CHANGE,
    objects: read,
    workflow: ['SendTaskSuccess'],
  },
  'serve-evidence': {
    table: CHANGE,
    objects: {
      // Who signs a URL needs the right that it gives: uploads into quarantine, downloads of a kept version.
      quarantine: [...CHECKING, 'PutObject'],
      evidence: [...KEEPING, 'GetObjectVersion'],
    },
    list: ['quarantine', 'evidence'],
  },
  'serve-messages': { table: [...READ, 'PutItem', 'DeleteItem'] },
  'serve-openapi': {},
  'serve-publications': { objects: read, list: ['reports'] },
  'serve-rectifications': {
    table: [...READ, 'UpdateItem', 'DeleteItem'],
    workflow: ['StartExecution', 'SendTaskSuccess'],
  },
  'serve-registry': { table: [...READ, 'UpdateItem', 'PutItem'], objects: publish },
  'serve-years': { table: READ, objects: read, list: ['reports'] },
  'start-rectification': { table: [...READ, 'UpdateItem'], workflow: ['StartExecution'] },
  'start-cycle': { table: APPEND, workflow: ['StartExecution'] },
  'sweep-gates': {
    table: CHANGE,
    objects: read,
    workflow: ['StartExecution', 'SendTaskSuccess'],
    topic: ['Publish'],
    mailSecret: ['GetSecretValue'],
  },
  'sweep-uploads': {
    table: [...READ, 'UpdateItem', 'DeleteItem'],
    objects: { quarantine: [...CHECKING, 'DeleteObject'], evidence: KEEPING },
    list: ['quarantine', 'evidence'],
  },
  'write-score-sheets': { table: BATCH, objects: publish, fonts: true },
};

/** What a grant is about: the table of records, the state machine, the topic of messages, the secret of the mail server, or a bucket. */
export type Resource = 'table' | 'workflow' | 'topic' | 'mailSecret' | BucketName;

/** One action of IAM on one resource. */
export interface Grant {
  action: string;
  on: Resource;
}

/** All that a function may do, action by action. Throws for a function that has no permissions stated. */
export function grantsOf(functionName: string): Grant[] {
  const permissions = PERMISSIONS[functionName];
  if (!permissions) throw new Error(`infra/permissions.ts says nothing about ${functionName}`);
  const { table = [], objects = {}, list = [], workflow = [], topic = [], mailSecret = [] } = permissions;
  return [
    ...table.map((action) => ({ action: `dynamodb:${action}`, on: 'table' as const })),
    ...Object.entries(objects).flatMap(([bucket, actions]) =>
      actions.map((action) => ({ action: `s3:${action}`, on: bucket as BucketName })),
    ),
    ...list.map((bucket) => ({ action: 's3:ListBucket', on: bucket })),
    ...workflow.map((action) => ({ action: `states:${action}`, on: 'workflow' as const })),
    ...topic.map((action) => ({ action: `sns:${action}`, on: 'topic' as const })),
    ...mailSecret.map((action) => ({ action: `secretsmanager:${action}`, on: 'mailSecret' as const })),
  ];
}
