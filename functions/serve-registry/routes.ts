import * as z from 'zod/mini';
import { importPlatformFile, previewPlatformFile } from '../../shared/app/platform-figures.ts';
import { importRegistryFile, listAgencies, previewRegistryFile } from '../../shared/app/registry.ts';
import { Agency } from '../../shared/domain/agency.ts';
import type { Role } from '../../shared/domain/history.ts';
import { PlatformFigures } from '../../shared/domain/platform.ts';
import { MAX_FILE_BODY, PageQuery, route, UploadedTable, YearPath } from '../api.ts';

const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];

const AgencyPage = z.strictObject({
  records: z.array(Agency),
  broken: z.array(z.string()),
  cursor: z.nullable(z.string()),
});

const Preview = z.looseObject({ agencies: z.int(), errors: z.int(), digest: z.string() });
const Counts = z.strictObject({
  registered: z.int(),
  amended: z.int(),
  unchanged: z.int(),
  /** Left over for the next request, which says the same again. */
  remaining: z.int(),
});

const PlatformPreview = z.strictObject({
  sheet: z.string(),
  figures: z.array(PlatformFigures),
  problems: z.array(
    z.strictObject({
      severity: z.enum(['error', 'warning']),
      row: z.int(),
      cell: z.optional(z.string()),
      column: z.optional(z.string()),
      message: z.string(),
    }),
  ),
  errors: z.int(),
  digest: z.string(),
});

export const routes = [
  route({
    key: 'GET /agencies',
    roles: STAFF,
    title: '机构名册',
    query: PageQuery,
    answer: AgencyPage,
    handle: (deps, { query }) => listAgencies(deps, query.cursor ?? null),
  }),
  route({
    key: 'POST /agencies/import-preview',
    roles: ['handler'],
    title: '预览名册导入',
    body: UploadedTable,
    maxBody: MAX_FILE_BODY,
    answer: Preview,
    handle: (deps, { body }) => previewRegistryFile(deps, body),
  }),
  route({
    key: 'POST /agencies/import',
    roles: ['handler'],
    title: '确认名册导入',
    body: z.extend(UploadedTable, { digest: z.string() }),
    maxBody: MAX_FILE_BODY,
    answer: Counts,
    handle: (deps, { body, caller }) => importRegistryFile(deps, body, caller),
  }),
  route({
    key: 'POST /cycles/{year}/platform-figures/import-preview',
    roles: ['handler'],
    title: '预览平台导出数据',
    path: YearPath,
    body: UploadedTable,
    maxBody: MAX_FILE_BODY,
    answer: PlatformPreview,
    handle: (deps, { path, body }) => previewPlatformFile(deps, path.year, body),
  }),
  route({
    key: 'POST /cycles/{year}/platform-figures/import',
    roles: ['handler'],
    title: '确认导入平台数据',
    path: YearPath,
    body: z.extend(UploadedTable, { digest: z.string() }),
    maxBody: MAX_FILE_BODY,
    answer: z.strictObject({ kept: z.int() }),
    handle: (deps, { path, body, caller }) => importPlatformFile(deps, path.year, body, caller),
  }),
];
