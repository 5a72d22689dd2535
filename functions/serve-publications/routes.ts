import * as z from 'zod/mini';
import { CONTENT_TYPES, type Format, formatOf } from '../../shared/app/formats.ts';
import { downloadName, PAPERS, type PaperFolder } from '../../shared/app/papers.ts';
import type { Deps } from '../../shared/app/ports.ts';
import { isOut, listPublished, Published } from '../../shared/app/published.ts';
import { type Refusal, refuse } from '../../shared/app/refusal.ts';
import { archivePrefix, publicPrefix } from '../../shared/app/snapshots.ts';
import { listVersions, VersionView } from '../../shared/app/versions.ts';
import { publicStars } from '../../shared/app/years.ts';
import type { Role } from '../../shared/domain/history.ts';
import { DossierPath, FileAnswer, route, View, YearPath } from '../api.ts';

const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];
const FORMATS = Object.keys(CONTENT_TYPES) as [Format, ...Format[]];
const FOLDERS = Object.keys(PAPERS) as [PaperFolder, ...PaperFolder[]];
const named = (name: string) => z.string().check(z.regex(new RegExp(`^${name}\\.(${FORMATS.join('|')})$`)));
const VERSION = 'v[1-9]\\d{0,3}';

const FilePath = z.extend(YearPath, { file: named('[a-z0-9-]+') });
const VersionedPath = z.extend(FilePath, { version: z.string().check(z.regex(new RegExp(`^${VERSION}$`))) });
/** A later version, or the folder of one kind of paper with a file an agency. */
const FolderPath = z.extend(YearPath, {
  folder: z.string().check(z.regex(new RegExp(`^(${VERSION}|${FOLDERS.join('|')})$`))),
  file: named('[A-Za-z0-9-]+'),
});
const PaperPath = z.extend(DossierPath, { paper: z.enum(FOLDERS), format: z.enum(FORMATS) });

/** Any of the formats: the file's own type stands in the answer. */
const ANY_FORMAT = { contentType: '*/*' };

export const routes = [
  route({
    key: 'GET /public',
    roles: 'public',
    title: '已公布的年度和文件',
    answer: Published,
    handle: (deps) => listPublished(deps),
  }),
  route({
    key: 'GET /public/stars',
    roles: 'public',
    title: '历年星级',
    answer: View,
    handle: (deps) => publicStars(deps),
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
    answer: ANY_FORMAT,
    handle: (deps, { path: { year, file } }) => served(deps, publicPrefix(year), file, year),
  }),
  route({
    key: 'GET /public/{year}/{version}/{file}',
    roles: 'public',
    title: '查看后续版本中已公布的文件',
    path: VersionedPath,
    answer: ANY_FORMAT,
    handle: (deps, { path: { year, version, file } }) =>
      served(deps, publicPrefix(year), `${version}/${file}`, year),
  }),
  route({
    key: 'GET /cycles/{year}/archive/{file}',
    roles: STAFF,
    title: '查看归档文件',
    path: FilePath,
    answer: ANY_FORMAT,
    handle: (deps, { path: { year, file } }) => served(deps, archivePrefix(year), file, year),
  }),
  route({
    key: 'GET /cycles/{year}/archive/{folder}/{file}',
    roles: STAFF,
    title: '查看后续版本、评分表、整改通知书的归档文件',
    path: FolderPath,
    answer: ANY_FORMAT,
    handle: (deps, { path: { year, folder, file } }) =>
      served(deps, archivePrefix(year), `${folder}/${file}`, year),
  }),
  route({
    key: 'GET /cycles/{year}/dossiers/{filingNumber}/papers/{paper}/{format}',
    roles: ['agency', ...STAFF],
    title: '下载机构的评分表、整改通知书',
    path: PaperPath,
    answer: ANY_FORMAT,
    // Papers are written between the signature and publication, and given out with it.
    handle: (deps, { path: { year, filingNumber, paper, format } }) =>
      served(deps, archivePrefix(year), `${paper}/${filingNumber}.${format}`, year),
  }),
];

async function served(deps: Deps, prefix: string, path: string, year: number): Promise<FileAnswer | Refusal> {
  const format = formatOf(path);
  const content =
    format && (await isOut(deps, year, path)) && (await deps.objects.get('reports', prefix + path));
  if (!content) return refuse('notFound', { what: '该文件' });
  return new FileAnswer(content, CONTENT_TYPES[format], downloadName(prefix + path, year));
}
