import * as z from 'zod';
import { refuse } from '../../shared/app/refusal.ts';
import { publicPrefix } from '../../shared/app/snapshots.ts';
import { FileAnswer, route, YearPath } from '../api.ts';

const FilePath = YearPath.extend({ file: z.string().regex(/^[a-z-]+\.json$/) });

/** The published snapshot and nothing else: what is withheld is not there to be reached. */
export const routes = [
  route({
    key: 'GET /public/{year}/{file}',
    roles: 'public',
    title: '查看已公布的文件',
    path: FilePath,
    handle: async (deps, { path }) => {
      const content = await deps.objects.get('reports', `${publicPrefix(path.year)}${path.file}`);
      return content ? new FileAnswer(content, 'application/json') : refuse('notFound', { what: '该文件' });
    },
  }),
];
