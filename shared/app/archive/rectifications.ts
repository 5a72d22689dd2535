/** A rectification's version: who had to correct what, who re-checked it by which lots, and each verdict. */

import * as z from 'zod/mini';
import { chinaDate, endOfDay, monthsAfter } from '../../domain/calendar.ts';
import { cycleOf } from '../../domain/cycle.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { dossierOf } from '../../domain/dossier-of.ts';
import type { GateName } from '../../domain/gates.ts';
import { ROLES, type Role } from '../../domain/history.ts';
import {
  defectsOf,
  openItems,
  RECTIFICATION_TITLES,
  RECTIFICATION_TRANSITIONS,
  type Rectification,
  RectificationAction,
  rectificationOf,
  unrecordedRechecks,
} from '../../domain/rectification.ts';
import {
  type RectificationRun,
  RectificationRunAction,
  rectificationRunOf,
} from '../../domain/rectification-run.ts';
import { filesCorrectedWith } from '../evidence.ts';
import { keys } from '../records.ts';
import { jsonText } from '../snapshots.ts';
import { recheckDraw, rectificationReport } from '../steps/rectification.ts';
import { type Chains, chainOf, entryPlace, fieldOf, rewritten } from './chains.ts';
import { type Check, compared, type Finding } from './check.ts';
import { type ArchiveFiles, readJson } from './files.ts';
import { RECTIFICATION_WAYS, waitedAt, wrongGates } from './run-gates.ts';
import { checkUploads } from './uploads.ts';

const RUN_PLACE = '整改进程';
const placeOf = (filingNumber: string) => `整改档案 ${filingNumber} `;

/** What a rectification's version is held against. */
export interface Known {
  /** The year's records, as far as they are archived anywhere in the folder. */
  chains: Chains;
  /** The rectification that was archived before this one, if there was one. */
  before: Rectified | undefined;
  manifests: ReadonlyMap<number, string>;
}

export interface Rectified {
  run: RectificationRun;
  records: Rectification[];
}

const Layout = z.strictObject({
  rectificationRun: z.array(z.unknown()),
  rectifications: z.record(z.string(), z.array(z.unknown())),
});

export function checkRectification(
  files: ArchiveFiles,
  known: Known,
): { checks: Check[]; after?: Rectified } {
  const read = readJson(files, 'history.json');
  const { findings, after } = readHistories(read.value, known.chains.cycle.year);
  const chained = [...read.findings, ...findings, ...(after ? goesOn(after, known) : [])];
  const count = after?.records.reduce((sum, { history }) => sum + history.length, 0) ?? 0;
  const scope = `进程 ${after?.run.history.length ?? 0} 条，档案 ${after?.records.length ?? 0} 份共 ${count} 条`;
  const chain = { title: '整改签名记录链', scope, findings: chained };
  if (!after || chained.length > 0) return { checks: [chain] };
  const { run, records } = after;
  const report = readJson(files, 'rectification.json');
  const derived: unknown = JSON.parse(jsonText(rectificationReport(run, records)));
  const wrongReport =
    report.findings.length > 0
      ? report.findings
      : compared('rectification.json', '与由记录重算的结果不符', report.value, derived);
  const agencies = `${records.length} 家`;
  return {
    checks: [
      chain,
      { title: '整改各环节', scope: `${run.history.length} 条`, findings: wrongRun(run) },
      { title: '整改通知', scope: agencies, findings: wrongNotices(after, known.chains) },
      { title: '整改办理和认定', scope: agencies, findings: records.flatMap((one) => wrongSteps(run, one)) },
      checkUploads(files, run.year, records.flatMap(namings)),
      { title: '复查抽签', scope: agencies, findings: wrongDraws(after, known.chains) },
      { title: '整改结果', scope: 'rectification.json', findings: wrongReport },
    ],
    after,
  };
}

const namings = ({ filingNumber, history }: Rectification) =>
  history.map((action) => ({
    filingNumber,
    place: entryPlace(placeOf(filingNumber), action.seq),
    at: action.at,
    files: filesCorrectedWith(action),
  }));

function readHistories(value: unknown, year: number): { findings: Finding[]; after?: Rectified } {
  const layout = Layout.safeParse(value);
  if (!layout.success) {
    return { findings: [{ place: 'history.json', problem: `结构不符：${fieldOf(layout.error)}` }] };
  }
  const { rectificationRun, rectifications } = layout.data;
  const run = chainOf(RUN_PLACE, keys.rectificationRun(year), rectificationRun, RectificationRunAction);
  const own = Object.entries(rectifications).map(([filingNumber, entries]) => ({
    filingNumber,
    ...chainOf(placeOf(filingNumber), keys.rectification(year, filingNumber), entries, RectificationAction),
  }));
  const findings = [run, ...own].flatMap((chain) => chain.findings);
  if (run.entries[0]?.type !== 'opened') {
    findings.push({ place: entryPlace(RUN_PLACE, 1), problem: '整改没有从启动开始' });
  }
  for (const { filingNumber, entries } of own) {
    const [first] = entries;
    const starts = first?.type === 'noticeIssued' && first.data.agency.filingNumber === filingNumber;
    const place = entryPlace(placeOf(filingNumber), 1);
    if (!starts) findings.push({ place, problem: '没有从该机构的整改通知书开始' });
  }
  if (findings.length > 0) return { findings };
  const records = own.map(({ entries }) => rectificationOf(year, entries));
  return { findings, after: { run: rectificationRunOf(run.entries), records } };
}

/** No record of an earlier rectification is rewritten or gone, and the manifests that the run names are those that lie there. */
function goesOn({ run, records }: Rectified, { before, manifests }: Known): Finding[] {
  return [
    ...rewritten(RUN_PLACE, before?.run.history ?? [], run.history),
    ...(before?.records ?? []).flatMap(({ filingNumber, history }) => {
      const later = records.find((one) => one.filingNumber === filingNumber)?.history ?? [];
      return rewritten(placeOf(filingNumber), history, later);
    }),
    ...run.history.flatMap((action) => {
      if (action.type !== 'archived') return [];
      const { version, manifest } = action.data;
      const place = entryPlace(RUN_PLACE, action.seq);
      return compared(place, '登记的清单摘要与文件不符', manifest, manifests.get(version));
    }),
  ];
}

function wrongRun({ history }: RectificationRun): Finding[] {
  return wrongGates(
    history,
    RECTIFICATION_WAYS,
    (seq) => entryPlace(RUN_PLACE, seq),
    () => [],
  );
}

/** An agency's dossier as it stood at an instant. */
function dossierAt({ dossiers }: Chains, filingNumber: string, at: string): Dossier | undefined {
  const dossier = dossiers.find((one) => one.filingNumber === filingNumber);
  const then = dossier?.history.filter((action) => action.at <= at) ?? [];
  return then.length > 0 && dossier ? dossierOf(dossier.year, then) : undefined;
}

/** Each notice went to an agency that had failed and names what it had to correct; and no agency that failed is left out. */
function wrongNotices({ run, records }: Rectified, chains: Chains): Finding[] {
  const { rubric, settings } = chains.cycle;
  const wrong = records.flatMap(({ filingNumber, history: [notice] }) => {
    if (notice?.type !== 'noticeIssued') return [];
    const place = entryPlace(placeOf(filingNumber), notice.seq);
    const sheet = dossierAt(chains, filingNumber, notice.at)?.sheet;
    if (sheet?.stars !== 0) return [{ place, problem: '整改通知书发给了没有不合格的机构' }];
    const lastDay = monthsAfter(chinaDate(new Date(notice.at)), settings.rectificationMonths);
    const deadline = endOfDay(lastDay).toISOString();
    return [
      ...compared(place, '整改项目与评分结果不符', notice.data.items, defectsOf(rubric, sheet)),
      ...compared(place, '整改期限与评估设置不符', notice.data.deadline, deadline),
    ];
  });
  const begun = run.history.findLast(({ type }) => type === 'opened')?.at ?? '';
  const missing = chains.dossiers.flatMap(({ filingNumber }): Finding[] => {
    const then = dossierAt(chains, filingNumber, begun);
    const failed = then?.status === 'published' && then.sheet?.stars === 0;
    const known = [...records, ...run.setAside].some((one) => one.filingNumber === filingNumber);
    if (!failed || known) return [];
    return [{ place: `history.json，整改档案 ${filingNumber}`, problem: '不合格机构没有整改记录' }];
  });
  return [...wrong, ...missing];
}

/** Who may sign an action, and at which gate. */
const SIGNED: Record<RectificationAction['type'], { role: Role; gate?: GateName }> = {
  noticeIssued: { role: 'system' },
  itemPlanned: { role: 'agency', gate: 'correctDefects' },
  itemCorrected: { role: 'agency', gate: 'correctDefects' },
  submitted: { role: 'agency', gate: 'correctDefects' },
  closedUncorrected: { role: 'system' },
  recheckAssigned: { role: 'system' },
  recheckRecorded: { role: 'inspector', gate: 'recheckCorrections' },
  recheckClosed: { role: 'system', gate: 'recheckCorrections' },
  verdictGiven: { role: 'approver', gate: 'decideRectifications' },
  verdictReturned: { role: 'system' },
  recommended: { role: 'system' },
};

function wrongSteps(run: RectificationRun, { year, filingNumber, history }: Rectification): Finding[] {
  return history.flatMap((action, index) => {
    const before = index === 0 ? undefined : rectificationOf(year, history.slice(0, index));
    const place = entryPlace(placeOf(filingNumber), action.seq);
    const { role, gate } = SIGNED[action.type];
    const title = RECTIFICATION_TITLES[action.type];
    const findings: Finding[] = [];
    if (!RECTIFICATION_TRANSITIONS[action.type].includes(before?.status ?? 'none')) {
      findings.push({ place, problem: `当时的状态不允许${title}` });
    }
    if (action.by.role !== role) {
      findings.push({
        place,
        problem: '不是由规定的角色办理',
        recorded: ROLES[action.by.role],
        derived: ROLES[role],
      });
    }
    if (gate && !waitedAt(run.history, gate, action.at)) {
      findings.push({ place, problem: `不在办理${title}的环节` });
    }
    const problem = before && wrongWork(run, before, action);
    return problem ? [...findings, { place, problem }] : findings;
  });
}

/** What does not fit the agency's record as it stood before. */
function wrongWork(
  run: RectificationRun,
  before: Rectification,
  action: RectificationAction,
): string | undefined {
  const sent = before.recheck?.inspectors ?? [];
  const { by } = action;
  switch (action.type) {
    case 'submitted':
      return before.items.some(({ owner, correction }) => !owner || !correction)
        ? '提交时仍有项目没有整改'
        : undefined;
    case 'recheckRecorded': {
      if (!sent.includes(by.id)) return `${by.name}不是该机构的复查人员`;
      if (before.recheck?.records[by.id]) return `${by.name}重复提交了复查记录`;
      const checked = action.data.checks.map(({ item }) => item);
      const missing = before.items.find(({ code }) => !checked.includes(code));
      return missing && `没有复查项目 ${missing.code}`;
    }
    case 'recheckClosed':
      return unrecordedRechecks(before).length > 0 ? '复查记录没有交齐' : undefined;
    case 'verdictGiven':
      if (sent.includes(by.id)) return `${by.name}认定了自己复查的机构`;
      return action.data.verdict === 'passed' && openItems(before).length > 0
        ? '仍有项目未通过复查，却认定为合格'
        : undefined;
    case 'recommended': {
      const signed = run.history.some(
        (entry) =>
          entry.type === 'gateDecided' &&
          entry.data.gate === 'signRecommendations' &&
          entry.data.verdict === 'approve' &&
          entry.by.id === action.data.signedBy &&
          entry.reason === action.reason,
      );
      return signed ? undefined : '处理建议与主任的签发不符';
    }
    default:
      return undefined;
  }
}

/** Each draw repeated from the year's seed, and every re-check given to whom the lots named. */
function wrongDraws({ run, records }: Rectified, { cycle, dossiers }: Chains): Finding[] {
  const draws = run.history.filter((action) => action.type === 'rechecksDrawn');
  const wrong = draws.flatMap(({ seq, at, data }) => {
    const place = entryPlace(RUN_PLACE, seq);
    const then = cycleOf(cycle.history.filter((action) => action.at <= at));
    const submitted = data.draw.agencies.flatMap(({ filingNumber }) => {
      const record = records.find((one) => one.filingNumber === filingNumber);
      return record?.history.some((action) => action.type === 'submitted' && action.at <= at) ? [record] : [];
    });
    const drawn = submitted.flatMap(({ filingNumber }) =>
      dossiers.filter((one) => one.filingNumber === filingNumber),
    );
    const again = recheckDraw(then, cycle.seed ?? '', submitted, drawn, new Date(at));
    return compared(place, '复查抽签与种子和名单不符', data.draw, JSON.parse(JSON.stringify(again)));
  });
  const sent = records.flatMap(({ filingNumber, history }) =>
    history.flatMap((action) => {
      if (action.type !== 'recheckAssigned') return [];
      const lots = draws.filter(({ at }) => at <= action.at).flatMap(({ data }) => data.draw.visits);
      const lot = lots.findLast((one) => one.filingNumber === filingNumber)?.inspectors;
      const place = entryPlace(placeOf(filingNumber), action.seq);
      return compared(place, '复查人员与抽签结果不符', action.data.inspectors, lot);
    }),
  );
  return [...wrong, ...sent];
}
