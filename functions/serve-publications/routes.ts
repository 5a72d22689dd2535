import * as z from 'zod';
import { refuse } from '../../shared/app/refusal.ts';
import { archivePrefix, publicPrefix } from '../../shared/app/snapshots.ts';
import type { Role } from '../../shared/domain/history.ts';
import { FileAnswer, route, YearPath } from '../api.ts';

const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];
const FilePath = YearPath.extend({ file: z.string().regex(/^[a-z0-9-]+\.json$/) });

export const routes = [
  // The published snapshot and nothing else: what is withheld is not there to be reached.
  route({
    key: 'GET /public/{year}/{file}',
    roles: 'public',
    title: '查看已公布的文件',
    path: FilePath,
    answer: { contentType: 'application/json' },
    handle: async (deps, { path }) => {
      const content = await deps.objects.get('reports', `${publicPrefix(path.year)}${path.file}`);
      return content ? new FileAnswer(content, 'application/json') : refuse('notFound', { what: '该文件' });
    },
  }),
  route({
    key: 'GET /cycles/{year}/archive/{file}',
    roles: STAFF,
    title: '查看归档文件',
    path: FilePath,
    answer: { contentType: 'application/json' },
    handle: async (deps, { path }) => {
      const content = await deps.objects.get('reports', `${archivePrefix(path.year)}${path.file}`);
      return content ? new FileAnswer(content, 'application/json') : refuse('notFound', { what: '该文件' });
    },
  }),
];
