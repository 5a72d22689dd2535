import * as z from 'zod';
import { clearSetAside } from '../../shared/app/cycle-settings.ts';
import {
  DeskReview,
  decideNotApplicable,
  NotApplicableDecision,
  reviewAtDesk,
} from '../../shared/app/desk-review.ts';
import {
  decideObjection,
  NewObjection,
  ObjectionDecision,
  raiseObjection,
} from '../../shared/app/objections.ts';
import { readDossier } from '../../shared/app/records.ts';
import {
  readDraft,
  returnSelfEvaluation,
  Submission,
  saveDraft,
  submitSelfEvaluation,
} from '../../shared/app/self-evaluation.ts';
import { listDossiers, viewDossier, withView } from '../../shared/app/views.ts';
import { Finding, Reconciliation, reconcileFindings, recordFinding } from '../../shared/app/visits.ts';
import { Answers } from '../../shared/domain/facts.ts';
import type { Role } from '../../shared/domain/history.ts';
import { DossierPath, route, YearPath } from '../api.ts';

const READERS: readonly Role[] = ['agency', 'handler', 'inspector', 'approver', 'director', 'auditor'];
const Reason = z.strictObject({ reason: z.string().min(1, '请写明理由').max(5000) });

export const routes = [
  route({
    key: 'GET /cycles/{year}/dossiers',
    roles: READERS,
    title: '评估档案列表',
    path: YearPath,
    handle: (deps, { path, query, caller }) => listDossiers(deps, path.year, caller, query.cursor ?? null),
  }),
  route({
    key: 'GET /cycles/{year}/dossiers/{filingNumber}',
    roles: READERS,
    title: '查看评估档案',
    path: DossierPath,
    handle: async (deps, { path, caller }) =>
      withView(await readDossier(deps, path.year, path.filingNumber), (dossier) =>
        viewDossier(dossier, caller),
      ),
  }),
  route({
    key: 'GET /cycles/{year}/dossiers/{filingNumber}/draft',
    roles: ['agency'],
    title: '读取自评草稿',
    path: DossierPath,
    handle: (deps, { path }) => readDraft(deps, path.year, path.filingNumber),
  }),
  route({
    key: 'PUT /cycles/{year}/dossiers/{filingNumber}/draft',
    roles: ['agency'],
    title: '保存自评草稿',
    path: DossierPath,
    body: Answers,
    handle: (deps, { path, body }) => saveDraft(deps, path.year, path.filingNumber, body),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/submission',
    roles: ['agency'],
    title: '提交自评',
    path: DossierPath,
    body: Submission,
    handle: (deps, { path, body, caller }) =>
      submitSelfEvaluation(deps, path.year, path.filingNumber, caller, body),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/return',
    roles: ['handler'],
    title: '退回自评',
    path: DossierPath,
    body: Reason,
    handle: async (deps, { path, body, caller }) =>
      withView(
        await returnSelfEvaluation(deps, path.year, path.filingNumber, caller, body.reason),
        (dossier) => viewDossier(dossier, caller),
      ),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/desk-review',
    roles: ['handler'],
    title: '材料复核',
    path: DossierPath,
    body: DeskReview,
    handle: async (deps, { path, body, caller }) =>
      withView(await reviewAtDesk(deps, path.year, path.filingNumber, caller, body), (dossier) =>
        viewDossier(dossier, caller),
      ),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/not-applicable',
    roles: ['approver'],
    title: '审批不适用项目',
    path: DossierPath,
    body: NotApplicableDecision,
    handle: async (deps, { path, body, caller }) =>
      withView(await decideNotApplicable(deps, path.year, path.filingNumber, caller, body), (dossier) =>
        viewDossier(dossier, caller),
      ),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/findings',
    roles: ['inspector'],
    title: '提交检查记录',
    path: DossierPath,
    body: Finding,
    handle: async (deps, { path, body, caller }) =>
      withView(await recordFinding(deps, path.year, path.filingNumber, caller, body), (dossier) =>
        viewDossier(dossier, caller),
      ),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/reconciliation',
    roles: ['inspector'],
    title: '登记会商结果',
    path: DossierPath,
    body: Reconciliation,
    handle: async (deps, { path, body, caller }) =>
      withView(await reconcileFindings(deps, path.year, path.filingNumber, caller, body), (dossier) =>
        viewDossier(dossier, caller),
      ),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/objections',
    roles: ['agency'],
    title: '提出异议',
    path: DossierPath,
    body: NewObjection,
    handle: async (deps, { path, body, caller }) =>
      withView(await raiseObjection(deps, path.year, path.filingNumber, caller, body), (dossier) =>
        viewDossier(dossier, caller),
      ),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/objection-decision',
    roles: ['approver'],
    title: '处理异议',
    path: DossierPath,
    body: ObjectionDecision,
    handle: async (deps, { path, body, caller }) =>
      withView(await decideObjection(deps, path.year, path.filingNumber, caller, body), (dossier) =>
        viewDossier(dossier, caller),
      ),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/clearance',
    roles: ['handler'],
    title: '解除数据问题',
    path: DossierPath,
    body: Reason,
    handle: async (deps, { path, body, caller }) =>
      withView(await clearSetAside(deps, path.year, path.filingNumber, caller, body.reason), (dossier) =>
        viewDossier(dossier, caller),
      ),
  }),
];
