import * as z from 'zod/mini';
import type { Deps } from '../../shared/app/ports.ts';
import {
  CorrectedItem,
  correctItem,
  giveVerdict,
  Plan,
  planItem,
  Recheck,
  RectificationVerdict,
  recordRecheck,
  Submission,
  submitRectification,
} from '../../shared/app/rectification.ts';
import { readRectification, readRectificationRun } from '../../shared/app/rectification-records.ts';
import { listRectifications, viewRectification, viewRun } from '../../shared/app/rectification-views.ts';
import type { Refusal } from '../../shared/app/refusal.ts';
import { startRectification } from '../../shared/app/steps/rectification.ts';
import { withRunView, withView } from '../../shared/app/views.ts';
import type { Role } from '../../shared/domain/history.ts';
import type { Rectification } from '../../shared/domain/rectification.ts';
import { type ApiRequest, DossierPath, PageQuery, type Route, route, View, YearPath } from '../api.ts';

const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];
const READERS: readonly Role[] = [...STAFF, 'agency', 'inspector'];
const ItemPath = z.extend(DossierPath, { item: z.string().check(z.minLength(1), z.maxLength(10)) });

export const routes = [
  route({
    key: 'GET /cycles/{year}/rectification',
    roles: READERS,
    title: '查看整改进度',
    path: YearPath,
    answer: z.nullable(View),
    handle: async (deps, { path, caller }) =>
      withRunView(await readRectificationRun(deps, path.year), (run) => viewRun(deps, run, caller)),
  }),
  route({
    key: 'POST /cycles/{year}/rectification',
    roles: ['handler'],
    title: '手工启动整改',
    path: YearPath,
    answer: View,
    handle: async (deps, { path, caller }) =>
      withView(await startRectification(deps, path.year, caller), (run) => viewRun(deps, run, caller)),
  }),
  route({
    key: 'GET /cycles/{year}/rectifications',
    roles: READERS,
    title: '整改机构列表',
    path: YearPath,
    query: PageQuery,
    answer: z.strictObject({ records: z.array(View), cursor: z.nullable(z.string()) }),
    handle: (deps, { path, query, caller }) =>
      listRectifications(deps, path.year, caller, query.cursor ?? null),
  }),
  route({
    key: 'GET /cycles/{year}/rectifications/{filingNumber}',
    roles: READERS,
    title: '查看整改情况',
    path: DossierPath,
    answer: View,
    handle: async (deps, { path, caller }) =>
      withView(await readRectification(deps, path.year, path.filingNumber), (one) =>
        viewRectification(one, caller),
      ),
  }),
  changing(
    'PUT',
    'items/{item}/plan',
    ['agency'],
    '登记整改责任人和期限',
    ItemPath,
    Plan,
    (deps, request) => {
      const { year, filingNumber, item } = request.path;
      return planItem(deps, year, filingNumber, request.caller, item, request.body);
    },
  ),
  changing(
    'PUT',
    'items/{item}/correction',
    ['agency'],
    '登记整改情况',
    ItemPath,
    CorrectedItem,
    (deps, request) => {
      const { year, filingNumber, item } = request.path;
      return correctItem(deps, year, filingNumber, request.caller, item, request.body);
    },
  ),
  changing(
    'POST',
    'submission',
    ['agency'],
    '提交整改',
    DossierPath,
    Submission,
    (deps, { path, caller, body }) => submitRectification(deps, path.year, path.filingNumber, caller, body),
  ),
  changing(
    'POST',
    'recheck',
    ['inspector'],
    '提交复查记录',
    DossierPath,
    Recheck,
    (deps, { path, caller, body }) => recordRecheck(deps, path.year, path.filingNumber, caller, body),
  ),
  changing(
    'POST',
    'verdict',
    ['approver'],
    '认定整改结果',
    DossierPath,
    RectificationVerdict,
    (deps, { path, caller, body }) => giveVerdict(deps, path.year, path.filingNumber, caller, body),
  ),
];

/** A route that changes one agency's rectification and answers with what the caller may see of it afterwards. */
function changing<P, B>(
  method: 'PUT' | 'POST',
  what: string,
  roles: readonly Role[],
  title: string,
  path: z.ZodMiniType<P>,
  body: z.ZodMiniType<B>,
  work: (deps: Deps, request: ApiRequest<P, B, unknown>) => Promise<Rectification | Refusal>,
): Route {
  return route({
    key: `${method} /cycles/{year}/rectifications/{filingNumber}/${what}`,
    roles,
    title,
    path,
    body,
    answer: View,
    handle: async (deps, request) =>
      withView(await work(deps, request), (one) => viewRectification(one, request.caller)),
  });
}
