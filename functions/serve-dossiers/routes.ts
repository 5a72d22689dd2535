import * as z from 'zod/mini';
import { clearSetAside } from '../../shared/app/cycle-settings.ts';
import {
  compareFiled,
  DeskReview,
  decideNotApplicable,
  NotApplicableDecision,
  reviewAtDesk,
} from '../../shared/app/desk-review.ts';
import { acceptDraftResult, answerDraftResult, decideAnswer } from '../../shared/app/draft-results.ts';
import {
  answerMaterial,
  Grounds,
  MaterialAnswer,
  NewMaterial,
  putMaterial,
  Ruling,
} from '../../shared/app/exchange.ts';
import { TreatFlags, treatFlags } from '../../shared/app/flags.ts';
import {
  confirmJointEntry,
  draftJointEntry,
  JointConfirmation,
  JointDraft,
  JointReturn,
  sendBackJointEntry,
} from '../../shared/app/joint-entries.ts';
import { decideObjection, raiseObjection } from '../../shared/app/objections.ts';
import type { Deps } from '../../shared/app/ports.ts';
import { readDossier } from '../../shared/app/records.ts';
import {
  AskedRecusal,
  decideRecusal,
  NewRecusal,
  RecusalDecision,
  requestRecusal,
} from '../../shared/app/recusals.ts';
import { Refusal } from '../../shared/app/refusal.ts';
import {
  Draft,
  Receipt,
  readDraft,
  returnSelfEvaluation,
  SavedDraft,
  Submission,
  saveDraft,
  submitSelfEvaluation,
} from '../../shared/app/self-evaluation.ts';
import {
  decideVeto,
  proposeVeto,
  stateOnVeto,
  VetoConfirmation,
  VetoProposal,
  VetoSignature,
  VetoStatement,
} from '../../shared/app/vetoes.ts';
import { listDossiers, viewDossier, withView } from '../../shared/app/views.ts';
import { HandedIn, handInPacket, NewCaptureKey, registerCaptureKey } from '../../shared/app/visit-packets.ts';
import { recordFinding } from '../../shared/app/visits.ts';
import type { Dossier } from '../../shared/domain/dossier.ts';
import { Answers } from '../../shared/domain/facts.ts';
import type { Actor, Role } from '../../shared/domain/history.ts';
import { NOTHING } from '../../shared/domain/schemas.ts';
import { Finding } from '../../shared/domain/visit.ts';
import { DossierPath, PageQuery, type Route, route, View, YearPath } from '../api.ts';

const READERS: readonly Role[] = ['agency', 'handler', 'inspector', 'approver', 'director', 'auditor'];
const Reason = z.strictObject({ reason: z.string().check(z.minLength(1, '请写明理由'), z.maxLength(5000)) });

/** A record of a visit within the quotation marks of a text. */
const MAX_PACKET_BODY = 400_000;

const DossierPage = z.strictObject({
  records: z.array(View),
  broken: z.array(z.string()),
  cursor: z.nullable(z.string()),
});

export const routes = [
  route({
    key: 'GET /cycles/{year}/dossiers',
    roles: READERS,
    title: '评估档案列表',
    path: YearPath,
    query: PageQuery,
    answer: DossierPage,
    handle: (deps, { path, query, caller }) => listDossiers(deps, path.year, caller, query.cursor ?? null),
  }),
  route({
    key: 'GET /cycles/{year}/dossiers/{filingNumber}',
    roles: READERS,
    title: '查看评估档案',
    path: DossierPath,
    answer: z.nullable(View),
    handle: async (deps, { path, caller }) => {
      const found = await readDossier(deps, path.year, path.filingNumber);
      // To the agency itself it is no error that it does not take part.
      const isOwn = caller.agency === path.filingNumber;
      if (found instanceof Refusal && found.code === 'notYours' && isOwn) return null;
      return withView(found, (dossier) => viewDossier(dossier, caller));
    },
  }),
  route({
    key: 'GET /cycles/{year}/dossiers/{filingNumber}/draft',
    roles: ['agency'],
    title: '读取自评草稿',
    path: DossierPath,
    answer: z.nullable(Draft),
    handle: (deps, { path }) => readDraft(deps, path.year, path.filingNumber),
  }),
  route({
    key: 'PUT /cycles/{year}/dossiers/{filingNumber}/draft',
    roles: ['agency'],
    title: '保存自评草稿',
    path: DossierPath,
    query: z.strictObject({ version: z.optional(z.coerce.number().check(z.int(), z.gte(0))) }),
    body: Answers,
    answer: SavedDraft,
    handle: (deps, { path, query, body }) =>
      saveDraft(deps, path.year, path.filingNumber, body, query.version),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/submission',
    roles: ['agency'],
    title: '提交自评',
    path: DossierPath,
    body: Submission,
    answer: Receipt,
    handle: (deps, { path, body, caller }) =>
      submitSelfEvaluation(deps, path.year, path.filingNumber, caller, body),
  }),
  acting('return', ['handler'], '退回自评', Reason, (deps, year, filingNumber, by, { reason }) =>
    returnSelfEvaluation(deps, year, filingNumber, by, reason),
  ),
  acting('comparison', ['handler'], '重新比对', NOTHING, compareFiled),
  acting('flag-treatments', ['handler'], '处理预警', TreatFlags, treatFlags),
  acting('desk-review', ['handler'], '材料复核', DeskReview, reviewAtDesk),
  acting('not-applicable', ['approver'], '审批不适用项目', NotApplicableDecision, decideNotApplicable),
  acting('findings', ['inspector'], '提交检查记录', Finding, recordFinding),
  acting('capture-keys', ['inspector'], '登记离线检查设备', NewCaptureKey, registerCaptureKey),
  acting('visit-packet', ['inspector'], '提交离线检查包', HandedIn, handInPacket, MAX_PACKET_BODY),
  acting('joint-entry', ['inspector'], '起草会商记录', JointDraft, draftJointEntry),
  acting('joint-entry-confirmation', ['inspector'], '确认会商记录', JointConfirmation, confirmJointEntry),
  acting('joint-entry-return', ['inspector'], '退回会商记录', JointReturn, sendBackJointEntry),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/recusal-requests',
    roles: ['agency', 'inspector'],
    title: '申请回避',
    path: DossierPath,
    body: NewRecusal,
    answer: AskedRecusal,
    handle: (deps, { path, body, caller }) =>
      requestRecusal(deps, path.year, path.filingNumber, caller, body),
  }),
  acting('recusal-decisions', ['approver'], '决定回避', RecusalDecision, decideRecusal),
  acting('draft-result-acceptance', ['agency'], '确认初评结果', NOTHING, acceptDraftResult),
  acting('draft-result-answer', ['agency'], '对初评结果陈述申辩', Grounds, answerDraftResult),
  acting('answer-decision', ['handler'], '答复陈述申辩', Ruling, decideAnswer),
  acting('objections', ['agency'], '提出异议', Grounds, raiseObjection),
  acting('objection-decision', ['approver'], '处理异议', Ruling, decideObjection),
  acting('materials', ['handler', 'approver'], '提出新材料交机构说明', NewMaterial, putMaterial),
  acting('material-answer', ['agency'], '说明新材料', MaterialAnswer, answerMaterial),
  acting('veto-cases', ['handler', 'approver'], '提出一票否决案', VetoProposal, proposeVeto),
  acting('veto-statement', ['agency'], '就一票否决案陈述申辩', VetoStatement, stateOnVeto),
  acting('veto-confirmation', ['handler', 'approver'], '核实一票否决案', VetoConfirmation, decideVeto),
  acting('veto-signature', ['director'], '签发一票否决', VetoSignature, decideVeto),
  acting('clearance', ['handler'], '解除数据问题', Reason, (deps, year, filingNumber, by, { reason }) =>
    clearSetAside(deps, year, filingNumber, by, reason),
  ),
];

/** A route that acts on one dossier and answers with what the caller may see of it afterwards. */
function acting<B>(
  act: string,
  roles: readonly Role[],
  title: string,
  body: z.ZodMiniType<B>,
  work: (deps: Deps, year: number, filingNumber: string, by: Actor, body: B) => Promise<Dossier | Refusal>,
  maxBody?: number,
): Route {
  return route({
    key: `POST /cycles/{year}/dossiers/{filingNumber}/${act}`,
    roles,
    title,
    path: DossierPath,
    body,
    ...(maxBody && { maxBody }),
    answer: View,
    handle: async (deps, { path, body: given, caller }) =>
      withView(await work(deps, path.year, path.filingNumber, caller, given), (dossier) =>
        viewDossier(dossier, caller),
      ),
  });
}
