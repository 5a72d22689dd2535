import * as z from 'zod';
import {
  changeInspectors,
  changeRubric,
  changeSettings,
  keepPlatformFigures,
  moveDeadline,
} from '../../shared/app/cycle-settings.ts';
import { decideGate } from '../../shared/app/gates.ts';
import { readCycle } from '../../shared/app/records.ts';
import { keepProfile, Profile, readProfile, startCycle } from '../../shared/app/start-cycle.ts';
import { listCycles, viewCycle, withView } from '../../shared/app/views.ts';
import { GATE_NAMES } from '../../shared/domain/gates.ts';
import type { Role } from '../../shared/domain/history.ts';
import { PlatformFigures } from '../../shared/domain/platform.ts';
import { Rubric } from '../../shared/domain/rubric.ts';
import { Inspector, Settings } from '../../shared/domain/settings.ts';
import { route, YearPath } from '../api.ts';

const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];
const ANYONE: readonly Role[] = [...STAFF, 'inspector', 'agency'];
const GatePath = YearPath.extend({ gate: z.enum(GATE_NAMES) });

const Decision = z.strictObject({
  attempt: z.int().min(1),
  verdict: z.enum(['approve', 'return', 'cancel']),
  reason: z.string().max(5000).optional(),
  agencies: z.array(z.string()).optional(),
});

export const routes = [
  route({
    key: 'GET /profile',
    roles: STAFF,
    title: '查看新年度默认设置',
    handle: (deps) => readProfile(deps),
  }),
  route({
    key: 'PUT /profile',
    roles: ['handler'],
    title: '保存新年度默认设置',
    body: Profile,
    handle: (deps, { body }) => keepProfile(deps, body),
  }),
  route({
    key: 'GET /cycles',
    roles: ANYONE,
    title: '评估年度列表',
    handle: (deps, { caller }) => listCycles(deps, caller),
  }),
  route({
    key: 'POST /cycles',
    roles: ['handler'],
    title: '手工启动评估年度',
    body: z.strictObject({ year: z.int().min(2000).max(2100) }),
    handle: (deps, { body, caller }) => startCycle(deps, body.year, caller),
  }),
  route({
    key: 'GET /cycles/{year}',
    roles: ANYONE,
    title: '查看评估年度',
    path: YearPath,
    handle: async (deps, { path, caller }) =>
      withView(await readCycle(deps, path.year), (cycle) => viewCycle(deps, cycle, caller)),
  }),
  route({
    key: 'PUT /cycles/{year}/settings',
    roles: ['handler'],
    title: '修改评估设置',
    path: YearPath,
    body: Settings,
    handle: async (deps, { path, body, caller }) =>
      withView(await changeSettings(deps, path.year, caller, body), (cycle) =>
        viewCycle(deps, cycle, caller),
      ),
  }),
  route({
    key: 'PUT /cycles/{year}/rubric',
    roles: ['handler'],
    title: '修改评分标准',
    path: YearPath,
    body: Rubric,
    handle: async (deps, { path, body, caller }) =>
      withView(await changeRubric(deps, path.year, caller, body), (cycle) => viewCycle(deps, cycle, caller)),
  }),
  route({
    key: 'PUT /cycles/{year}/inspectors',
    roles: ['handler'],
    title: '登记督导员和回避',
    path: YearPath,
    body: z.array(Inspector),
    handle: async (deps, { path, body, caller }) =>
      withView(await changeInspectors(deps, path.year, caller, body), (cycle) =>
        viewCycle(deps, cycle, caller),
      ),
  }),
  route({
    key: 'PUT /cycles/{year}/platform-figures',
    roles: ['handler'],
    title: '登记平台导出数据',
    path: YearPath,
    body: z.array(PlatformFigures),
    handle: (deps, { path, body }) => keepPlatformFigures(deps, path.year, body),
  }),
  route({
    key: 'PUT /cycles/{year}/gates/{gate}/deadline',
    roles: ['handler'],
    title: '调整截止时间',
    path: GatePath,
    body: z.strictObject({ deadline: z.iso.datetime(), reason: z.string().min(1) }),
    handle: async (deps, { path, body, caller }) =>
      withView(await moveDeadline(deps, path.year, caller, path.gate, body), (cycle) =>
        viewCycle(deps, cycle, caller),
      ),
  }),
  route({
    key: 'POST /cycles/{year}/gates/{gate}/decision',
    roles: ['handler', 'approver', 'director'],
    title: '办理审批',
    path: GatePath,
    body: Decision,
    handle: async (deps, { path, body, caller }) =>
      withView(await decideGate(deps, path.year, caller, { gate: path.gate, ...body }), (cycle) =>
        viewCycle(deps, cycle, caller),
      ),
  }),
];
