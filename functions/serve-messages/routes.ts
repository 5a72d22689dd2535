import * as z from 'zod/mini';
import { Address, keepAddress, readAddress } from '../../shared/app/addresses.ts';
import { InboxPage, markRead, readInbox } from '../../shared/app/inbox.ts';
import { resendUnsent, Unsent, viewOutbox } from '../../shared/app/outbox.ts';
import type { Role } from '../../shared/domain/history.ts';
import { Person } from '../../shared/domain/person.ts';
import { PageQuery, route } from '../api.ts';

const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];
const ANYONE: readonly Role[] = [...STAFF, 'inspector', 'agency'];

export const routes = [
  route({
    key: 'GET /me',
    roles: ANYONE,
    title: '当前登录人员',
    answer: Person,
    handle: async (_deps, { caller }) => caller,
  }),
  route({
    key: 'GET /inbox',
    roles: ANYONE,
    title: '我的消息',
    query: PageQuery,
    answer: InboxPage,
    handle: (deps, { query, caller }) => readInbox(deps, caller, query.cursor ?? null),
  }),
  // The auditor as well: what somebody has read is their own note, no record of the assessment.
  route({
    key: 'POST /inbox/read',
    roles: ANYONE,
    title: '标记消息已读',
    body: z.strictObject({
      ids: z
        .array(z.string().check(z.minLength(1), z.maxLength(200)))
        .check(z.minLength(1), z.maxLength(100)),
    }),
    answer: z.strictObject({ read: z.int() }),
    handle: (deps, { body, caller }) => markRead(deps, caller, body.ids),
  }),
  route({
    key: 'GET /inbox/address',
    roles: ANYONE,
    title: '查看接收消息的邮箱',
    answer: Address,
    handle: (deps, { caller }) => readAddress(deps, caller),
  }),
  route({
    key: 'PUT /inbox/address',
    roles: ANYONE,
    title: '设置接收消息的邮箱',
    body: Address,
    answer: Address,
    handle: (deps, { body, caller }) => keepAddress(deps, caller, body),
  }),
  route({
    key: 'GET /outbox',
    roles: STAFF,
    title: '查看未能发出的消息',
    query: PageQuery,
    answer: z.strictObject({ waiting: z.int(), unsent: z.array(Unsent), cursor: z.nullable(z.string()) }),
    handle: (deps, { query }) => viewOutbox(deps, query.cursor ?? null),
  }),
  route({
    key: 'POST /outbox/retry',
    roles: ['handler'],
    title: '重新发送未能发出的消息',
    answer: z.strictObject({ queued: z.int() }),
    handle: (deps) => resendUnsent(deps),
  }),
];
