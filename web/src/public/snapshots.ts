/** What is published, as the pages read it: the snapshots of a year and nothing else. */
import * as z from 'zod/mini';
import type { DrawRecord } from '../../../shared/domain/draw-record.ts';
import { config } from '../config.ts';
import { early } from './early.ts';

const Published = z.object({ years: z.array(z.object({ year: z.int(), files: z.array(z.string()) })) });
export type Published = z.infer<typeof Published>;

const Common = { year: z.int(), number: z.nullable(z.string()), sampleData: z.boolean() };

const StarRow = z.object({
  number: z.int(),
  name: z.string(),
  filingNumber: z.string(),
  filingTerm: z.string(),
  filingType: z.string(),
  stars: z.int(),
  result: z.string(),
});
export type StarRow = z.infer<typeof StarRow>;

const PublishedDraw = z.custom<DrawRecord>(
  (value) => z.object({ seed: z.string(), visits: z.array(z.object({})) }).safeParse(value).success,
);

const Band = z.object({ stars: z.int(), name: z.string(), count: z.int(), percent: z.string() });

export const SNAPSHOTS = {
  notice: z.object({
    ...Common,
    centre: z.string(),
    recipients: z.string(),
    commitment: z.string(),
    referenceMonth: z.string(),
    eligible: z.int(),
    leftOut: z.int(),
    selfEvaluationWorkingDays: z.int(),
    sampling: z.object({ percent: z.int(), atLeast: z.int() }),
    rubric: z.object({
      parts: z.array(
        z.object({
          code: z.string(),
          title: z.string(),
          items: z.array(z.object({ code: z.string(), title: z.string(), points: z.number() })),
        }),
      ),
      stars: z.array(z.object({ stars: z.int(), name: z.string(), from: z.number() })),
    }),
  }),
  draw: z.intersection(z.object(Common), PublishedDraw),
  announcement: z.object({
    ...Common,
    centre: z.string(),
    workingDays: z.int(),
    objections: z.string(),
    population: z.int(),
    bands: z.array(Band),
    stars: z.array(StarRow),
  }),
  circular: z.object({
    ...Common,
    centre: z.string(),
    noticeNumber: z.nullable(z.string()),
    recipients: z.string(),
    population: z.int(),
    bands: z.array(Band),
    percentNote: z.nullable(z.string()),
    averageExecutionRate: z.nullable(z.string()),
    leftOut: z.array(z.object({ reason: z.string(), count: z.int() })),
    annex: z.array(StarRow),
  }),
  correction: z.object({
    version: z.int(),
    supersedes: z.int(),
    publishedOn: z.string(),
    reason: z.string(),
    changes: z.array(
      z.object({
        filingNumber: z.string(),
        name: z.string(),
        kind: z.enum(['correct', 'revoke']),
        before: z.int(),
        after: z.int(),
        grounds: z.nullable(z.string()),
      }),
    ),
  }),
  manifest: z.object({
    year: z.int(),
    previousManifest: z.nullable(z.string()),
    files: z.array(z.object({ path: z.string(), sha256: z.string(), size: z.int() })),
  }),
} as const;
export type SnapshotName = keyof typeof SNAPSHOTS;
export type Snapshot<N extends SnapshotName> = z.infer<(typeof SNAPSHOTS)[N]>;

/** What is on paper too, in the order of the year, with the words of the pages. */
export const PUBLICATIONS = {
  notice: { title: '评估通知', about: '参评范围、评分标准、抽签种子的摘要', document: 'notice' },
  draw: { title: '抽查方案', about: '抽签种子、抽中的机构和检查人员', document: 'plan' },
  announcement: { title: '结果公示', about: '拟定星级和提出异议的办法', document: 'announcement' },
  circular: { title: '评估通报', about: '评估结果和星级名单', document: 'circular' },
} as const;
export type PublicationName = keyof typeof PUBLICATIONS;

/** The document's files as they were published: format and address. */
export function documentsOf({ years }: Published, year: number, name: PublicationName) {
  const files = years.find((one) => one.year === year)?.files ?? [];
  const formats = [
    ['html', '网页版'],
    ['pdf', 'PDF'],
    ['docx', 'Word 文档'],
  ] as const;
  return formats.flatMap(([format, title]) => {
    const file = `${PUBLICATIONS[name].document}.${format}`;
    return files.includes(file) ? [{ format, title, href: `${config().api}/public/${year}/${file}` }] : [];
  });
}

/** Of what is published: below `/public`, without an account. */
export async function fetchPublished<T>(path: string, schema: z.ZodMiniType<T>): Promise<T> {
  const response = await (early(path) ?? fetch(`${config().api}/public${path}`)).catch(() => {
    throw new Error('无法连接服务器，请检查网络后重试');
  });
  // What is not read would keep its connection.
  if (!response.ok) await response.body?.cancel();
  if (response.status === 404) throw new Error('该内容尚未公布');
  if (!response.ok) throw new Error(`服务器暂时不能提供该内容（${response.status}），请稍后重试`);
  return schema.parse(await response.json());
}

export const readPublished = (): Promise<Published> => fetchPublished('', Published);

/** A snapshot of the year as it was first published, or of a later version. */
export async function readSnapshot<N extends SnapshotName>(
  year: number,
  name: N,
  version = 1,
): Promise<Snapshot<N>> {
  const folder = version === 1 ? '' : `v${version}/`;
  const schema: z.ZodMiniType = SNAPSHOTS[name];
  return (await fetchPublished(`/${year}/${folder}${name}.json`, schema)) as Snapshot<N>;
}

const Versions = z.array(
  z.object({
    version: z.int(),
    kind: z.string(),
    publishedOn: z.nullable(z.string()),
    supersededBy: z.nullable(z.int()),
  }),
);
export type Version = z.infer<typeof Versions>[number];

/** The versions of a year's results, oldest first; what is only archived is none of them. */
export const readVersions = async (year: number): Promise<Version[]> =>
  (await fetchPublished(`/${year}/versions`, Versions)).filter(({ kind }) => kind !== 'rectification');

export interface StandingCircular {
  version: number;
  versions: Version[];
  circular: Snapshot<'circular'>;
  correction: Snapshot<'correction'> | undefined;
}

/** A year's circular as it holds now, or in the version that is wanted. */
export async function readCircular(year: number, wanted = 0): Promise<StandingCircular> {
  // What is out without a list of versions is the first.
  const versions = await readVersions(year);
  const found = versions.find(({ version }) => version === wanted) ?? versions.at(-1);
  const version = found?.version ?? 1;
  const [circular, correction] = await Promise.all([
    readSnapshot(year, 'circular', version),
    found?.kind === 'correction' ? readSnapshot(year, 'correction', version) : undefined,
  ]);
  return { version, versions, circular, correction };
}

/** Years that have this snapshot, newest first. */
export function yearsWith({ years }: Published, name: SnapshotName): number[] {
  return years.filter(({ files }) => files.includes(`${name}.json`)).map(({ year }) => year);
}
