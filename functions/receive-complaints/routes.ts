import * as z from 'zod/mini';
import { askAfterComplaint, receiveComplaint } from '../../shared/app/complaints/receive-complaint.ts';
import { ComplaintState, NewComplaint, Receipt } from '../../shared/domain/complaint-forms.ts';
import { route } from '../api.ts';

/** A form at its longest. Nobody is known here: what is longer is not read. */
const MAX_FORM = 12_000;
/** Far above what people do, far below what would cost anything. */
const LIMIT = { perSecond: 10, atOnce: 50 };

/** Anything: what cannot be a receipt number is answered like one that nobody has. */
const NumberPath = z.object({ number: z.string() });
/** In a header and never in an address, which logs and histories keep. */
const QueryCode = z.object({ 'complaint-code': z._default(z.string().check(z.maxLength(200)), '') });

export const routes = [
  route({
    key: 'POST /complaints',
    roles: 'public',
    title: '提交投诉',
    body: NewComplaint,
    maxBody: MAX_FORM,
    limit: LIMIT,
    answer: Receipt,
    handle: (deps, { body }) => receiveComplaint(deps, body),
  }),
  route({
    key: 'GET /complaints/{number}',
    roles: 'public',
    title: '凭受理编号和查询码查询投诉办理情况',
    path: NumberPath,
    headers: QueryCode,
    limit: LIMIT,
    answer: ComplaintState,
    handle: (deps, { path, headers }) => askAfterComplaint(deps, path.number, headers['complaint-code']),
  }),
];
