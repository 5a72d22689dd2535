import * as z from 'zod/mini';
import {
  CorrectionDraft,
  readCorrectionRun,
  redraftCorrection,
  startCorrection,
} from '../../shared/app/correction.ts';
import { CorrectionPreview, previewCorrection, viewCorrection } from '../../shared/app/correction-views.ts';
import { withRunView, withView } from '../../shared/app/views.ts';
import type { Role } from '../../shared/domain/history.ts';
import { route, View, YearPath } from '../api.ts';

const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];

export const routes = [
  route({
    key: 'GET /cycles/{year}/correction',
    roles: STAFF,
    title: '查看更正',
    path: YearPath,
    answer: z.nullable(View),
    handle: async (deps, { path }) =>
      withRunView(await readCorrectionRun(deps, path.year), (run) => viewCorrection(deps, run)),
  }),
  route({
    key: 'POST /cycles/{year}/correction',
    roles: ['handler'],
    title: '发起更正或撤销星级',
    path: YearPath,
    body: CorrectionDraft,
    answer: View,
    handle: async (deps, { path, body, caller }) =>
      withView(await startCorrection(deps, path.year, caller, body), (run) => viewCorrection(deps, run)),
  }),
  route({
    key: 'PUT /cycles/{year}/correction',
    roles: ['handler'],
    title: '修改更正',
    path: YearPath,
    body: CorrectionDraft,
    answer: View,
    handle: async (deps, { path, body, caller }) =>
      withView(await redraftCorrection(deps, path.year, caller, body), (run) => viewCorrection(deps, run)),
  }),
  route({
    key: 'POST /cycles/{year}/correction-preview',
    roles: ['handler'],
    title: '预览更正后的结果',
    path: YearPath,
    body: CorrectionPreview,
    answer: View,
    handle: (deps, { path, body }) => previewCorrection(deps, path.year, body.changes),
  }),
];
