import * as z from 'zod';
import type { Deps } from '../../shared/app/ports.ts';
import { listPublished, Published } from '../../shared/app/published.ts';
import { refuse } from '../../shared/app/refusal.ts';
import { archivePrefix, publicPrefix } from '../../shared/app/snapshots.ts';
import { listVersions, VersionView } from '../../shared/app/versions.ts';
import type { Role } from '../../shared/domain/history.ts';
import { FileAnswer, route, YearPath } from '../api.ts';

const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];
const FilePath = YearPath.extend({ file: z.string().regex(/^[a-z0-9-]+\.json$/) });
const VersionedPath = FilePath.extend({ version: z.string().regex(/^v[1-9]\d{0,3}$/) });

const published = async (deps: Deps, key: string) => {
  const content = await deps.objects.get('reports', key);
  return content ? new FileAnswer(content, 'application/json') : refuse('notFound', { what: '该文件' });
};

export const routes = [
  route({
    key: 'GET /public',
    roles: 'public',
    title: '已公布的年度和文件',
    answer: Published,
    handle: (deps) => listPublished(deps),
  }),
  route({
    key: 'GET /public/{year}/versions',
    roles: 'public',
    title: '已公布的版本',
    path: YearPath,
    answer: z.array(VersionView),
    handle: (deps, { path }) => listVersions(deps, path.year),
  }),
  // The published snapshot and nothing else: what is withheld is not there to be reached.
  route({
    key: 'GET /public/{year}/{file}',
    roles: 'public',
    title: '查看已公布的文件',
    path: FilePath,
    answer: { contentType: 'application/json' },
    handle: (deps, { path }) => published(deps, `${publicPrefix(path.year)}${path.file}`),
  }),
  route({
    key: 'GET /public/{year}/{version}/{file}',
    roles: 'public',
    title: '查看后续版本中已公布的文件',
    path: VersionedPath,
    answer: { contentType: 'application/json' },
    handle: (deps, { path: { year, version, file } }) =>
      published(deps, `${publicPrefix(year)}${version}/${file}`),
  }),
  route({
    key: 'GET /cycles/{year}/archive/{file}',
    roles: STAFF,
    title: '查看归档文件',
    path: FilePath,
    answer: { contentType: 'application/json' },
    handle: (deps, { path }) => published(deps, `${archivePrefix(path.year)}${path.file}`),
  }),
  route({
    key: 'GET /cycles/{year}/archive/{version}/{file}',
    roles: STAFF,
    title: '查看后续版本的归档文件',
    path: VersionedPath,
    answer: { contentType: 'application/json' },
    handle: (deps, { path: { year, version, file } }) =>
      published(deps, `${archivePrefix(year)}${version}/${file}`),
  }),
];
