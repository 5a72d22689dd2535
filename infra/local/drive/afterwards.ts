/** What follows a published year: the rectification of those that failed, and corrections of what was published. */
import { chinaDate } from '../../../shared/domain/calendar.ts';
import type { AgencyChange } from '../../../shared/domain/correction.ts';
import type { GateName } from '../../../shared/domain/gates.ts';
import { upload } from './agencies.ts';
import { decided } from './centre.ts';
import { type CycleView, pause, waitForSweep, type Year } from './year.ts';

const REASONS = {
  corrected: '已按要求改正，材料附后（样例）',
  rechecked: '现场核查，已改正（样例）',
  passed: '复查确认各项问题均已改正（样例）',
  failedAgain: '逾期未提交整改（样例）',
  signed: '同意向备案机关提出处理建议（样例）',
  agreed: '同意更正（样例）',
} as const;

/** These agencies correct everything and pass the re-check; the others let the deadline pass. Ends with the archive. */
export async function rectify(year: Year, correcting: readonly string[]): Promise<void> {
  const { folder, actors, runtime } = year;
  const [approver = '', director = ''] = [folder.staff.approvers[0]?.id, folder.staff.directors[0]?.id];
  const run = `/cycles/${folder.year}/rectification`;
  await runtime.settled();
  for (const filingNumber of correcting) await correctDefects(year, filingNumber);
  const { gate } = await (await actors.as(approver)).get<CycleView>(run);
  await waitForSweep(year, gate?.deadline ?? '');
  for (const filingNumber of correcting) await recheck(year, filingNumber);
  const client = await actors.as(approver);
  const { records } = await client.get<{ records: { filingNumber: string }[] }>(`${run}s`);
  for (const { filingNumber } of records) {
    const verdict = correcting.includes(filingNumber) ? 'passed' : 'failedAgain';
    await client.post(`${run}s/${filingNumber}/verdict`, { verdict, reason: REASONS[verdict] });
    await pause(year);
  }
  const planned = { by: director, verdict: 'approve', reason: REASONS.signed } as const;
  await decided(year, { gate: 'signRecommendations', attempt: 1 }, planned);
}

interface Rectification {
  items: { code: string }[];
  deadline: string;
  recheck?: { inspectors: string[] };
}

/** Who corrects what by when, and what was corrected, with a file: every item and the signature under them, or the first item alone. */
export async function correctDefects(year: Year, filingNumber: string, onlyFirst = false): Promise<void> {
  const { folder, actors } = year;
  const { files, commitment } = folder.selfEvaluations.get(filingNumber) ?? {};
  if (!files || !commitment) throw new Error(`${filingNumber} has no account`);
  const client = await actors.as(filingNumber);
  const path = `/cycles/${folder.year}/rectifications/${filingNumber}`;
  const { items, deadline } = await client.get<Rectification>(path);
  const proof = await upload(client, `/cycles/${folder.year}/dossiers/${filingNumber}`, files.slice(0, 1));
  const evidence = [...proof.values()];
  for (const { code } of onlyFirst ? items.slice(0, 1) : items) {
    await client.put(`${path}/items/${code}/plan`, { owner: commitment.name, due: deadline.slice(0, 10) });
    await client.put(`${path}/items/${code}/correction`, { statement: REASONS.corrected, evidence });
  }
  if (!onlyFirst) await client.post(`${path}/submission`, { commitment });
  await pause(year);
}

async function recheck(year: Year, filingNumber: string): Promise<void> {
  const { folder, actors, clock } = year;
  const path = `/cycles/${folder.year}/rectifications/${filingNumber}`;
  const handler = await actors.as(folder.staff.handlers[0]?.id ?? '');
  const { items, recheck: assigned } = await handler.get<Rectification>(path);
  const name = folder.selfEvaluations.get(filingNumber)?.commitment.name ?? '';
  const checks = items.map(({ code }) => ({ item: code, closed: true, reason: REASONS.rechecked }));
  const body = { checks, representative: { name, agrees: true }, visitedOn: chinaDate(clock.now()) };
  for (const inspector of assigned?.inspectors ?? []) {
    await (await actors.as(inspector)).post(`${path}/recheck`, body);
    await pause(year);
  }
}

/** From a handler's draft to the version that supersedes what was published. */
export async function correctResults(year: Year, changes: AgencyChange[], reason: string): Promise<void> {
  const { folder, actors } = year;
  const { handlers, approvers, directors } = folder.staff;
  const [handler = '', approver = '', director = ''] = [handlers, approvers, directors].map(
    ([first]) => first?.id,
  );
  await (await actors.as(handler)).post(`/cycles/${folder.year}/correction`, { changes, reason });
  await pause(year);
  const gates: [GateName, string][] = [
    ['prepareCorrection', handler],
    ['approveCorrection', approver],
    ['signCorrection', director],
  ];
  for (const [gate, by] of gates) {
    await decided(year, { gate, attempt: 1 }, { by, verdict: 'approve', reason: REASONS.agreed });
  }
}

/** A correction may leave an agency without a star: it is rectified in a round of its own, which a handler starts. */
export async function startRectification(year: Year): Promise<void> {
  const handler = await year.actors.as(year.folder.staff.handlers[0]?.id ?? '');
  await handler.post(`/cycles/${year.folder.year}/rectification`, undefined);
  await pause(year);
}
