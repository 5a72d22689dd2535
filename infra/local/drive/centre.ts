/** What the centre's staff do in a year, as the folder's decisions say. */
import * as z from 'zod/mini';
import { Correction } from '../../../shared/domain/corrected-facts.ts';
import type { Answers } from '../../../shared/domain/facts.ts';
import type { GateName } from '../../../shared/domain/gates.ts';
import type { DecidedGate, PlannedDecision } from '../folder/index.ts';
import { treatFlags } from './flags.ts';
import { type CycleView, pause, Unanswered, waitWorkingDays, type Year } from './year.ts';

/** Without what the folder says beside it. */
const OnlyCorrection = z.object(Correction.shape);
const VERDICT_WORDS = { approve: '同意', return: '退回', cancel: '取消本年度评估' } as const;

/** A decision gate: the folder's next decision for it, by the person it names. */
export async function decide(year: Year, gate: NonNullable<CycleView['gate']>): Promise<void> {
  const planned = year.folder.decisions.gates[gate.gate as DecidedGate]?.[gate.attempt - 1];
  if (!planned) {
    throw new Unanswered(
      `decisions.yaml 没有写明“${gate.title}”（${gate.gate}）第 ${gate.attempt} 次由谁作出什么决定`,
    );
  }
  const { by, verdict, reason, afterDays } = planned;
  await waitWorkingDays(year, afterDays);
  await decided(year, gate, planned);
  year.report(`${gate.title}：${year.actors.nameOf(by)}${VERDICT_WORDS[verdict]}（${reason}）`);
}

/** Decides a gate now. */
export async function decided(
  year: Year,
  { gate, attempt }: { gate: GateName; attempt: number },
  {
    by,
    verdict,
    reason,
    agencies,
  }: Pick<PlannedDecision, 'by' | 'verdict' | 'reason'> & Partial<PlannedDecision>,
): Promise<void> {
  const client = await year.actors.as(by);
  const body = { attempt, verdict, reason, agencies };
  await client.post(`/cycles/${year.folder.year}/gates/${gate}/decision`, body);
  await pause(year);
}

interface DossierLine {
  filingNumber: string;
  name: string;
  status: string;
  flags: number;
  inspectors: string[];
}

/** All lines of the year's dossiers. */
export async function dossiers(year: Year): Promise<DossierLine[]> {
  const [handler] = year.folder.staff.handlers;
  const client = await year.actors.as(handler?.id ?? '');
  const lines: DossierLine[] = [];
  let cursor: string | null = '';
  do {
    const query: string = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
    const page: { records: DossierLine[]; cursor: string | null } = await client.get(
      `/cycles/${year.folder.year}/dossiers${query}`,
    );
    lines.push(...page.records);
    cursor = page.cursor;
  } while (cursor);
  return lines;
}

export async function reviewAtDesk(year: Year): Promise<void> {
  const { by, reason, corrections, notApplicable, afterDays } = year.folder.decisions.deskReview;
  await waitWorkingDays(year, afterDays);
  const client = await year.actors.as(by);
  for (const { filingNumber, name, status, flags } of await dossiers(year)) {
    if (status !== 'submitted') continue;
    const own = corrections.filter((correction) => correction.filingNumber === filingNumber);
    for (const declared of notApplicable.filter((one) => one.filingNumber === filingNumber)) {
      const { item, approve } = declared;
      const approver = await year.actors.as(declared.by);
      const path = `/cycles/${year.folder.year}/dossiers/${filingNumber}/not-applicable`;
      await approver.post(path, { item, approved: approve, reason: declared.reason });
      year.report(`${name}：${year.actors.nameOf(declared.by)}${approve ? '同意' : '不同意'} ${item} 不适用`);
    }
    const corrected = own.map((correction) => OnlyCorrection.parse(correction));
    await treatFlags(year, client, filingNumber, corrected);
    await client.post(`/cycles/${year.folder.year}/dossiers/${filingNumber}/desk-review`, {
      corrections: corrected,
      reason,
    });
    const warned = flags > 0 ? `，预警 ${flags} 条` : '';
    const changed = own.length > 0 ? `，更正 ${own.length} 项` : '';
    if (warned || changed) year.report(`${name}：复核完成${warned}${changed}`);
    await pause(year);
  }
  year.report(`材料复核：${year.actors.nameOf(by)}完成全部复核`);
}

export async function inspect(year: Year): Promise<void> {
  const visits = (await dossiers(year)).filter(({ status }) => status === 'visiting');
  const missing = visits.filter(({ filingNumber }) => !year.folder.inspections.has(filingNumber));
  if (missing.length > 0) {
    const list = missing.map(({ filingNumber, name }) => `${filingNumber} ${name}`).join('\n  ');
    throw new Unanswered(`抽中的下列机构缺少检查记录，请在 inspections/ 补充后重新运行：\n  ${list}`);
  }
  await waitWorkingDays(year, 1);
  for (const { filingNumber, name, inspectors } of visits) {
    const inspection = year.folder.inspections.get(filingNumber);
    if (!inspection) continue;
    const { representative } = inspection;
    const visitedOn = new Date(year.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const path = `/cycles/${year.folder.year}/dossiers/${filingNumber}`;
    for (const [place, inspector] of inspectors.entries()) {
      const client = await year.actors.as(inspector);
      const answers = place === 0 ? inspection.answers : seenByOthers(year, filingNumber, inspection.answers);
      await client.post(`${path}/findings`, { answers, representative, visitedOn });
      await pause(year);
    }
    await settleJointly(year, path, inspectors, filingNumber);
    year.report(`现场检查${name}：${inspectors.map(year.actors.nameOf).join('、')}`);
  }
}

const jointEntriesOf = ({ folder }: Year, filingNumber: string) =>
  folder.decisions.jointEntries.filter((one) => one.filingNumber === filingNumber);

/** The record of those who were not drawn first, where the folder says that it differs. */
function seenByOthers(year: Year, filingNumber: string, answers: Answers): Answers {
  const items = { ...answers.items };
  for (const { item, recorded } of jointEntriesOf(year, filingNumber)) {
    items[item] = { ...items[item], facts: recorded };
  }
  return { ...answers, items };
}

/** Whoever was drawn first drafts what the records differ in, as they recorded it; the others confirm. */
async function settleJointly(
  year: Year,
  path: string,
  inspectors: string[],
  filingNumber: string,
): Promise<void> {
  const [first = '', ...others] = inspectors;
  const drafter = await year.actors.as(first);
  const { visit } = await drafter.get<{ visit: { differing: string[] } }>(path);
  if (visit.differing.length === 0) return;
  const found = year.folder.inspections.get(filingNumber)?.answers.items;
  const settled = visit.differing.map((item) => ({
    item,
    facts: found?.[item]?.facts,
    reason: jointEntriesOf(year, filingNumber).find((one) => one.item === item)?.reason,
  }));
  const drafted = await drafter.post<{ visit: { joint: { entry: number } } }>(`${path}/joint-entry`, {
    settled,
  });
  for (const other of others) {
    const { entry } = drafted.visit.joint;
    await (await year.actors.as(other)).post(`${path}/joint-entry-confirmation`, { entry });
    await pause(year);
  }
  year.report(
    `会商 ${filingNumber}：${visit.differing.join('、')} 记录不一致，${year.actors.nameOf(first)}起草，${others.map(year.actors.nameOf).join('、')}确认`,
  );
}
