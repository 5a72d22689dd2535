import * as z from 'zod';
import { confirmUpload, requestUpload, UploadRequest } from '../../shared/app/evidence.ts';
import { EvidenceRef } from '../../shared/domain/facts.ts';
import { DossierPath, route, View } from '../api.ts';

const UploadPath = DossierPath.extend({ id: z.string().regex(/^[0-9a-f]{32}$/) });

export const routes = [
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/uploads',
    roles: ['agency'],
    title: '申请上传佐证材料',
    path: DossierPath,
    body: UploadRequest,
    answer: View,
    handle: (deps, { path, body }) => requestUpload(deps, path.year, path.filingNumber, body),
  }),
  route({
    key: 'POST /cycles/{year}/dossiers/{filingNumber}/uploads/{id}/confirmation',
    roles: ['agency'],
    title: '确认佐证材料已上传',
    path: UploadPath,
    answer: EvidenceRef,
    handle: (deps, { path }) => confirmUpload(deps, path.year, path.filingNumber, path.id),
  }),
];
