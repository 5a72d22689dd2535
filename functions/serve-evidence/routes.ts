import * as z from 'zod/mini';
import { confirmUpload } from '../../shared/app/uploads/confirm-upload.ts';
import { deleteUpload, listUploads, readUploadedFile } from '../../shared/app/uploads/own-uploads.ts';
import { requestUpload, UploadRequest } from '../../shared/app/uploads/request-upload.ts';
import { UPLOAD_ID } from '../../shared/app/uploads/upload-records.ts';
import { EvidenceRef } from '../../shared/domain/facts.ts';
import type { Role } from '../../shared/domain/history.ts';
import { DossierPath, route, View } from '../api.ts';

const READERS: readonly Role[] = ['agency', 'handler', 'inspector', 'approver', 'director', 'auditor'];
const UploadPath = z.extend(DossierPath, { id: z.string().check(z.regex(UPLOAD_ID)) });

/** The gateway gives up after 29 seconds: a scan that takes longer is finished by the sweep. */
const SCAN_SECONDS = 18;

export const routes = [
  route({
    key: 'GET /system',
    roles: 'public',
    title: '系统信息',
    answer: z.strictObject({ scanning: z.enum(['none', 'clamav', 'guardDuty']) }),
    handle: async (deps) => ({ scanning: deps.scanner.kind }),
  }),
  route({
    key: 'GET /cycles/{year}/dossiers/{filingNumber}/uploads',
    roles: ['agency'],
    title: '本机构的佐证材料',
    path: DossierPath,
    answer: View,
    handle: (deps, { path }) => listUploads(deps, path),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/uploads',
    roles: ['agency'],
    title: '申请上传佐证材料',
    path: DossierPath,
    body: UploadRequest,
    answer: View,
    handle: (deps, { path, body, caller }) => requestUpload(deps, path, caller, body),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/uploads/{id}/confirmation',
    roles: ['agency'],
    title: '确认佐证材料已上传',
    path: UploadPath,
    answer: EvidenceRef,
    handle: (deps, { path }) => confirmUpload(deps, path, path.id, SCAN_SECONDS),
  }),
  route({
    key: 'DELETE /cycles/{year}/dossiers/{filingNumber}/uploads/{id}',
    roles: ['agency'],
    title: '删除未使用的佐证材料',
    path: UploadPath,
    answer: View,
    handle: (deps, { path, caller }) => deleteUpload(deps, path, path.id, caller),
  }),
  route({
    key: 'GET /cycles/{year}/dossiers/{filingNumber}/uploads/{id}/file',
    roles: READERS,
    title: '下载佐证材料',
    path: UploadPath,
    answer: View,
    handle: (deps, { path, caller }) => readUploadedFile(deps, path, path.id, caller),
  }),
];
