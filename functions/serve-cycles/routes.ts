import * as z from 'zod/mini';
import {
  CircularEdit,
  Explanation,
  editCircular,
  explainContradiction,
  viewCircular,
} from '../../shared/app/circular.ts';
import {
  changeInspectors,
  changeRubric,
  changeSettings,
  moveDeadline,
} from '../../shared/app/cycle-settings.ts';
import { decideGate } from '../../shared/app/decide-gate.ts';
import {
  FreezeOrder,
  freezeCycle,
  Restoration,
  restoreCycle,
  unfreezeCycle,
} from '../../shared/app/freeze.ts';
import { readModeration } from '../../shared/app/moderation.ts';
import type { Deps } from '../../shared/app/ports.ts';
import { readCycle } from '../../shared/app/records.ts';
import type { Refusal } from '../../shared/app/refusal.ts';
import { viewRunAt } from '../../shared/app/run-views.ts';
import { keepProfile, Profile, readProfile, startCycle } from '../../shared/app/start-cycle.ts';
import { listCycles, viewCycle, withView } from '../../shared/app/views.ts';
import type { Cycle } from '../../shared/domain/cycle.ts';
import { MAY_FREEZE } from '../../shared/domain/freeze.ts';
import { GATE_NAMES } from '../../shared/domain/gates.ts';
import type { Role } from '../../shared/domain/history.ts';
import { Moderation } from '../../shared/domain/moderation.ts';
import { Rubric } from '../../shared/domain/rubric.ts';
import { Words } from '../../shared/domain/schemas.ts';
import { Inspector, Settings } from '../../shared/domain/settings.ts';
import { type ApiRequest, type Route, route, View, YearPath } from '../api.ts';

const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];
const ANYONE: readonly Role[] = [...STAFF, 'inspector', 'agency'];
const GatePath = z.extend(YearPath, { gate: z.enum(GATE_NAMES) });

const NewCycle = z.strictObject({ year: z.int().check(z.gte(2000), z.lte(2100)) });

const Decision = z.strictObject({
  attempt: z.int().check(z.gte(1)),
  verdict: z.enum(['approve', 'return', 'cancel']),
  reason: z.optional(z.string().check(z.maxLength(5000))),
  agencies: z.optional(z.array(z.string())),
});

const Deadline = z.strictObject({ deadline: z.iso.datetime(), reason: Words });

export const routes = [
  route({
    key: 'GET /profile',
    roles: STAFF,
    title: '查看新年度默认设置',
    answer: Profile,
    handle: (deps) => readProfile(deps),
  }),
  route({
    key: 'PUT /profile',
    roles: ['handler'],
    title: '保存新年度默认设置',
    body: Profile,
    answer: Profile,
    handle: (deps, { body }) => keepProfile(deps, body),
  }),
  route({
    key: 'GET /cycles',
    roles: ANYONE,
    title: '评估年度列表',
    answer: z.array(View),
    handle: (deps, { caller }) => listCycles(deps, caller),
  }),
  route({
    key: 'POST /cycles',
    roles: ['handler'],
    title: '手工启动评估年度',
    body: NewCycle,
    answer: NewCycle,
    handle: (deps, { body, caller }) => startCycle(deps, body.year, caller),
  }),
  route({
    key: 'GET /cycles/{year}',
    roles: ANYONE,
    title: '查看评估年度',
    path: YearPath,
    answer: View,
    handle: async (deps, { path, caller }) =>
      withView(await readCycle(deps, path.year), (cycle) => viewCycle(deps, cycle, caller)),
  }),
  route({
    key: 'GET /cycles/{year}/moderation',
    roles: STAFF,
    title: '查看尺度分析',
    path: YearPath,
    answer: Moderation,
    handle: (deps, { path }) => readModeration(deps, path.year),
  }),
  changing(
    'PUT',
    'settings',
    ['handler'],
    '修改评估设置',
    YearPath,
    Settings,
    (deps, { path, body, caller }) => changeSettings(deps, path.year, caller, body),
  ),
  changing('PUT', 'rubric', ['handler'], '修改评分标准', YearPath, Rubric, (deps, { path, body, caller }) =>
    changeRubric(deps, path.year, caller, body),
  ),
  changing(
    'PUT',
    'inspectors',
    ['handler'],
    '登记督导员和回避',
    YearPath,
    z.array(Inspector),
    (deps, { path, body, caller }) => changeInspectors(deps, path.year, caller, body),
  ),
  route({
    key: 'PUT /cycles/{year}/gates/{gate}/deadline',
    roles: ['handler'],
    title: '调整截止时间',
    path: GatePath,
    body: Deadline,
    answer: View,
    handle: async (deps, { path: { year, gate }, body, caller }) =>
      withView(await moveDeadline(deps, year, caller, gate, body), () => viewRunAt(deps, gate, year, caller)),
  }),
  route({
    key: 'POST /cycles/{year}/gates/{gate}/decision',
    roles: ['handler', 'approver', 'director'],
    title: '办理审批',
    path: GatePath,
    body: Decision,
    answer: View,
    handle: async (deps, { path: { year, gate }, body, caller }) =>
      withView(await decideGate(deps, year, caller, { gate, ...body }), () =>
        viewRunAt(deps, gate, year, caller),
      ),
  }),
  changing(
    'POST',
    'freeze',
    MAY_FREEZE,
    '冻结评估年度',
    YearPath,
    FreezeOrder,
    (deps, { path, body, caller }) => freezeCycle(deps, path.year, caller, body.reason),
  ),
  changing(
    'POST',
    'restoration',
    MAY_FREEZE,
    '恢复到本环节较早的时点',
    YearPath,
    Restoration,
    (deps, { path, body, caller }) => restoreCycle(deps, path.year, caller, body),
  ),
  changing(
    'POST',
    'unfreeze',
    MAY_FREEZE,
    '解除冻结',
    YearPath,
    FreezeOrder,
    (deps, { path, body, caller }) => unfreezeCycle(deps, path.year, caller, body.reason),
  ),
  route({
    key: 'GET /cycles/{year}/circular',
    roles: STAFF,
    title: '查看通报文稿',
    path: YearPath,
    answer: View,
    handle: (deps, { path }) => viewCircular(deps, path.year),
  }),
  route({
    key: 'PUT /cycles/{year}/circular',
    roles: ['handler'],
    title: '修改通报文稿',
    path: YearPath,
    body: CircularEdit,
    answer: View,
    handle: (deps, { path, body, caller }) => editCircular(deps, path.year, caller, body),
  }),
  route({
    key: 'POST /cycles/{year}/circular/explanations',
    roles: ['handler'],
    title: '说明与数据不符的数字',
    path: YearPath,
    body: Explanation,
    answer: View,
    handle: (deps, { path, body, caller }) => explainContradiction(deps, path.year, caller, body),
  }),
];

/** A route that changes a cycle and answers with what the caller may see of it afterwards. */
function changing<P, B>(
  method: 'PUT' | 'POST',
  what: string,
  roles: readonly Role[],
  title: string,
  path: z.ZodMiniType<P>,
  body: z.ZodMiniType<B>,
  work: (deps: Deps, request: ApiRequest<P, B, unknown>) => Promise<Cycle | Refusal>,
): Route {
  return route({
    key: `${method} /cycles/{year}/${what}`,
    roles,
    title,
    path,
    body,
    answer: View,
    handle: async (deps, request) =>
      withView(await work(deps, request), (cycle) => viewCycle(deps, cycle, request.caller)),
  });
}
