import * as z from 'zod/mini';
import { agencyYears, cityYears } from '../../shared/app/years.ts';
import { FilingNumber } from '../../shared/domain/agency.ts';
import type { Role } from '../../shared/domain/history.ts';
import { route, View } from '../api.ts';

const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];

export const routes = [
  route({
    key: 'GET /years',
    roles: STAFF,
    title: '历年结果比较：各年数据、薄弱项目、星级升降',
    answer: View,
    handle: (deps) => cityYears(deps),
  }),
  route({
    key: 'GET /agencies/{filingNumber}/years',
    roles: ['agency', ...STAFF],
    title: '机构历年星级和各项得分',
    path: z.object({ filingNumber: FilingNumber }),
    answer: View,
    handle: (deps, { path }) => agencyYears(deps, path.filingNumber),
  }),
];
