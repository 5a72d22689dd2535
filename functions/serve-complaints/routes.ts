import * as z from 'zod/mini';
import { readComplaint } from '../../shared/app/complaints/complaint-records.ts';
import {
  listComplaints,
  listUpheldComplaints,
  viewComplaint,
  viewContact,
} from '../../shared/app/complaints/complaint-views.ts';
import {
  Finding,
  FindingReview,
  FirstLook,
  lookFirst,
  proposeFinding,
  reviewFinding,
  TakeOver,
  takeOver,
} from '../../shared/app/complaints/handle-complaint.ts';
import type { Deps } from '../../shared/app/ports.ts';
import type { Refusal } from '../../shared/app/refusal.ts';
import { withView } from '../../shared/app/views.ts';
import { type Complaint, Contact } from '../../shared/domain/complaint.ts';
import { ComplaintLine, ComplaintList, ComplaintView } from '../../shared/domain/complaint-forms.ts';
import type { Role } from '../../shared/domain/history.ts';
import { type ApiRequest, DossierPath, PageQuery, type Route, route } from '../api.ts';

const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];
const NumberPath = z.object({ number: z.string() });

export const routes = [
  route({
    key: 'GET /complaints',
    roles: STAFF,
    title: '查看投诉列表',
    query: PageQuery,
    answer: ComplaintList,
    handle: (deps, { query }) => listComplaints(deps, query.cursor ?? null),
  }),
  route({
    key: 'GET /complaints/{number}/record',
    roles: STAFF,
    title: '查看投诉',
    path: NumberPath,
    answer: ComplaintView,
    handle: async (deps, { path }) => shown(deps, await readComplaint(deps, path.number)),
  }),
  route({
    key: 'GET /complaints/{number}/contact',
    roles: ['handler', 'auditor'],
    title: '查看投诉人的联系方式',
    path: NumberPath,
    answer: Contact,
    handle: (deps, { path, caller }) => viewContact(deps, path.number, caller),
  }),
  route({
    key: 'GET /cycles/{year}/dossiers/{filingNumber}/upheld-complaints',
    roles: STAFF,
    title: '查看机构本年度经查属实的投诉',
    path: DossierPath,
    answer: z.array(ComplaintLine),
    handle: (deps, { path }) => listUpheldComplaints(deps, path.year, path.filingNumber),
  }),
  act('first-look', '初审投诉', 'handler', FirstLook, lookFirst),
  act('take-over', '接办投诉', 'handler', TakeOver, takeOver),
  act('finding', '提出投诉处理意见', 'handler', Finding, proposeFinding),
  act('review', '审核投诉处理意见', 'approver', FindingReview, reviewFinding),
];

function act<B>(
  name: string,
  title: string,
  role: Role,
  body: z.ZodMiniType<B>,
  work: (deps: Deps, number: string, by: ApiRequest<unknown, B, unknown>['caller'], body: B) => Acted,
): Route {
  return route({
    key: `POST /complaints/{number}/${name}`,
    roles: [role],
    title,
    path: NumberPath,
    body,
    answer: ComplaintView,
    handle: async (deps, request) => {
      const { path, caller } = request;
      return shown(deps, await work(deps, path.number, caller, request.body));
    },
  });
}

type Acted = Promise<Complaint | Refusal>;

const shown = (deps: Deps, complaint: Complaint | Refusal) =>
  withView(complaint, (one) => viewComplaint(deps, one));
