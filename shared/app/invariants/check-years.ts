/** Years as wholes: order, eligibility, scores and signatures of what is under way; the published folder of what is published. */
import type { Cycle } from '../../domain/cycle.ts';
import type { Entry } from '../../domain/history.ts';
import {
  RECTIFICATION_TRANSITIONS,
  type Rectification,
  rectificationOf,
} from '../../domain/rectification.ts';
import type { Chains } from '../archive/chains.ts';
import { type Check, compared, type Finding } from '../archive/check.ts';
import { checkDossiers } from '../archive/dossiers.ts';
import { checkDuties } from '../archive/duties.ts';
import { checkExchanges } from '../archive/exchanges.ts';
import { MANIFEST, readJson } from '../archive/files.ts';
import { checkFreezes } from '../archive/freezes.ts';
import { verifyArchive } from '../archive/verify-archive.ts';
import { checkVetoes } from '../archive/vetoes.ts';
import { checkJointEntries } from '../archive/visits.ts';
import { announcementName, archivePrefix, publicPrefix, sha256Hex } from '../snapshots.ts';
import { CHAINS, statesOf } from './families.ts';
import type { StoredData, StoredObject } from './stored-data.ts';

export async function checkYears(data: StoredData): Promise<Check[]> {
  const { items, objects } = data;
  const dossiers = statesOf(items, CHAINS.dossier);
  const checks = statesOf(items, CHAINS.rectification).map(rectificationCheck);
  for (const cycle of statesOf(items, CHAINS.cycle)) {
    const own = dossiers.filter(({ year }) => year === cycle.year);
    checks.push(
      ...inYear(cycle.year, [
        ...checkDossiers({ cycle, dossiers: own }),
        checkDuties({ cycle, dossiers: own }),
        checkJointEntries({ cycle, dossiers: own }),
        checkFreezes({ cycle, dossiers: own }),
        checkExchanges({ cycle, dossiers: own }),
        checkVetoes({ cycle, dossiers: own }),
      ]),
    );
    const prefixes = [archivePrefix(cycle.year), publicPrefix(cycle.year)];
    const reports = objects.filter(
      ({ bucket, key }) => bucket === 'reports' && prefixes.some((prefix) => key.startsWith(prefix)),
    );
    checks.push(...inYear(cycle.year, [writtenOnce(reports)]));
    checks.push(...inYear(cycle.year, await published(data, { cycle, dossiers: own })));
  }
  return checks;
}

const inYear = (year: number, checks: readonly Check[]): Check[] =>
  checks.map(({ title, ...check }) => ({ title: `${year} 年度 ${title}`, ...check }));

function rectificationCheck({ year, filingNumber, history }: Rectification): Check {
  const findings = history.flatMap(({ type, seq }, index): Finding[] => {
    const before = index === 0 ? 'none' : rectificationOf(year, history.slice(0, index)).status;
    if (RECTIFICATION_TRANSITIONS[type].includes(before)) return [];
    return [{ place: `${year} 年度整改 ${filingNumber} 第 ${seq} 条`, problem: '当时的状态不允许这一步' }];
  });
  return { title: `${year} 年度 整改办理顺序`, scope: filingNumber, findings };
}

/** What is published never changes: each report has one version. */
function writtenOnce(reports: readonly StoredObject[]): Check {
  const seen = new Set<string>();
  const findings = reports.flatMap(({ key }): Finding[] => {
    const again = seen.has(key);
    seen.add(key);
    return again ? [{ place: `文件 reports/${key}`, problem: '公布或归档的文件被写了两次' }] : [];
  });
  return { title: '公布和归档文件只写一次', scope: `${seen.size} 个文件`, findings };
}

const SNAPSHOTS = { noticePublished: 'notice', planPublished: 'draw' } as const;

/** The folder of a published year verifies by itself and tells the same as the records; before, what is out has its digest. */
async function published(data: StoredData, { cycle, dossiers }: Chains): Promise<Check[]> {
  const files = await data.reports(cycle.year);
  if (!cycle.history.some(({ type }) => type === 'published')) return [snapshots(data, cycle)];
  const { checks } = verifyArchive(files);
  const findings = [
    ...checks.flatMap((check) => check.findings),
    ...compared(MANIFEST, '与登记的摘要不符', sha256Hex(files.get(MANIFEST) ?? ''), cycle.manifest),
  ];
  const archived = readJson(files, 'history.json').value as
    | { cycle?: Entry[]; dossiers?: Record<string, Entry[]> }
    | undefined;
  const told = [
    ...startsWith(`${cycle.year} 年度`, archived?.cycle, cycle.history),
    ...dossiers.flatMap(({ filingNumber, history }) =>
      startsWith(`${cycle.year} 年度档案 ${filingNumber}`, archived?.dossiers?.[filingNumber], history),
    ),
  ];
  return [
    { title: '归档核验', scope: `${files.size} 个文件`, findings },
    { title: '归档与记录一致', scope: `${dossiers.length + 1} 条链`, findings: told },
  ];
}

/** The stored chain goes on from the archived one. */
function startsWith(
  place: string,
  archived: readonly Entry[] | undefined,
  stored: readonly Entry[],
): Finding[] {
  if (!archived) return [{ place, problem: '归档中没有这条记录链' }];
  const hashes = (entries: readonly Entry[]) => entries.map(({ hash }) => hash);
  return compared(
    place,
    '归档的记录链与现有的不符',
    hashes(archived),
    hashes(stored.slice(0, archived.length)),
  );
}

function snapshots({ objects }: StoredData, cycle: Cycle): Check {
  const out = cycle.history.flatMap((action): Finding[] => {
    const { type } = action;
    if (type !== 'noticePublished' && type !== 'planPublished' && type !== 'announced') return [];
    const name = type === 'announced' ? announcementName(action.data.revision) : SNAPSHOTS[type];
    const key = `${publicPrefix(cycle.year)}${name}.json`;
    const object = objects.find((one) => one.bucket === 'reports' && one.key === key);
    return compared(`文件 reports/${key}`, '与登记的摘要不符', object?.sha256, action.data.digest);
  });
  return { title: '已公布文件的摘要', scope: '通知、抽查方案、公示', findings: out };
}
