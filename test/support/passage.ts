/** How everybody does their part at the gate that waits, when nothing special happens. */
import type { Answers, EvidenceRef, Facts } from '../../shared/domain/facts.ts';
import type { Flag } from '../../shared/domain/flag.ts';
import { PLATFORM_TITLES, type PlatformField, type PlatformFigures } from '../../shared/domain/platform.ts';
import { differingIn } from '../../shared/domain/visit.ts';
import { answered, COMMITMENT, declared, INSPECTORS, pdf, YEAR } from './agencies.ts';
import type { Town } from './city.ts';

export const dossierPath = (filingNumber: string, year = YEAR) => `/cycles/${year}/dossiers/${filingNumber}`;

/** Uploads the platform's export with these figures. */
export async function importFigures(city: Town, ...rows: PlatformFigures[]): Promise<void> {
  const fields = Object.entries(PLATFORM_TITLES) as [PlatformField, string][];
  const lines = rows.map((row) => [row.filingNumber, ...fields.map(([field]) => row[field] ?? '')].join());
  const text = [['机构备案号', ...fields.map(([, title]) => title)].join(), ...lines].join('\n');
  const file = { fileName: '平台导出.csv', content: Buffer.from(text).toString('base64') };
  const client = await city.as('handler-1');
  const path = `/cycles/${city.year}/platform-figures`;
  const { digest } = await client.post<{ digest: string }>(`${path}/import-preview`, file);
  await client.post(`${path}/import`, { ...file, digest });
}

export async function pass(city: Town): Promise<void> {
  await city.runtime.settled();
  const { gate } = await city.cycle();
  switch (gate?.gate) {
    case 'prepareNotice':
      if (gate.attempt === 1)
        await (await city.as('handler-1')).put(`/cycles/${city.year}/inspectors`, INSPECTORS);
      await city.decide('handler-1', 'approve');
      break;
    case 'collectSelfEvaluations':
      for (const filingNumber of await inStatus(city, 'collecting')) {
        if (!city.silent.includes(filingNumber)) await file(city, filingNumber);
      }
      if ((await city.cycle()).gate?.enteredAt === gate.enteredAt) await pastDeadline(city);
      break;
    case 'reviewAtDesk':
      for (const filingNumber of await inStatus(city, 'submitted')) await review(city, filingNumber);
      break;
    case 'inspectOnSite':
      for (const filingNumber of await inStatus(city, 'visiting')) await inspect(city, filingNumber);
      break;
    case 'answerDraftResults':
    case 'receiveObjections':
      await pastDeadline(city);
      break;
    case 'prepareCircular':
      await city.decide('handler-1', 'approve');
      break;
    case 'signCircular':
      await city.decide('director-1', 'approve');
      break;
    default:
      await city.decide('approver-1', 'approve');
  }
  await city.runtime.settled();
}

/** To the sweep after the deadline of the gate that waits, if it still does. */
export async function pastDeadline(city: Town): Promise<void> {
  await city.runtime.settled();
  const { gate } = await city.cycle();
  if (gate?.deadline && !gate.decision) {
    await city.moveTo(new Date(Date.parse(gate.deadline) + 61 * 60_000).toISOString());
  }
}

/** Agencies whose dossier is in this status. */
export async function inStatus(city: Town, status: string): Promise<string[]> {
  const path = `/cycles/${city.year}/dossiers`;
  const client = await city.as('auditor-1');
  const page = await client.get<{ records: { filingNumber: string; status: string }[] }>(path);
  return page.records.filter((line) => line.status === status).map(({ filingNumber }) => filingNumber);
}

export interface Grant {
  id: string;
  url: string;
  headers: Record<string, string>;
  expiresAt: string;
}

/** Asks for an upload of these bytes as this agency. */
export async function grantFor(city: Town, filingNumber: string, bytes: Uint8Array, changes: object = {}) {
  const client = await city.as(filingNumber);
  return client.post<Grant>(`${dossierPath(filingNumber, city.year)}/uploads`, declared(bytes, changes));
}

export const put = ({ url, headers }: Grant, bytes: Uint8Array) =>
  fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });

export async function confirm(city: Town, filingNumber: string, id: string): Promise<EvidenceRef> {
  const client = await city.as(filingNumber);
  return client.post(`${dossierPath(filingNumber, city.year)}/uploads/${id}/confirmation`, {});
}

export async function upload(city: Town, filingNumber: string): Promise<EvidenceRef> {
  const bytes = pdf(`${filingNumber} 的佐证材料`);
  const grant = await grantFor(city, filingNumber, bytes);
  await put(grant, bytes);
  return confirm(city, filingNumber, grant.id);
}

/** Files a self-evaluation with one file for all items. */
export async function file(city: Town, filingNumber: string, changes: Record<string, Facts> = {}) {
  const answers = answered(await upload(city, filingNumber), changes);
  const receipt = await submit(city, filingNumber, answers);
  await city.runtime.settled();
  return receipt;
}

export async function submit(city: Town, filingNumber: string, answers: Answers) {
  const client = await city.as(filingNumber);
  const body = { answers, commitment: COMMITMENT };
  return client.post<{ claimed: string; digest: string }>(
    `${dossierPath(filingNumber, city.year)}/submission`,
    body,
  );
}

export async function review(city: Town, filingNumber: string, account = 'handler-1'): Promise<void> {
  const client = await city.as(account);
  await acceptFlags(city, filingNumber, account);
  await client.post(`${dossierPath(filingNumber, city.year)}/desk-review`, {
    corrections: [],
    reason: '与台账一致',
  });
  await city.runtime.settled();
}

export interface SeenFlag extends Flag {
  id: string;
  treatment?: { treatment: string; by: string; reason: string };
}

/** The flags of a dossier as a handler sees them. */
export async function flagsOf(city: Town, filingNumber: string, account = 'handler-1'): Promise<SeenFlag[]> {
  const client = await city.as(account);
  return (await client.get<{ flags: SeenFlag[] }>(dossierPath(filingNumber, city.year))).flags;
}

/** Accepts every flag that nobody has dealt with. */
export async function acceptFlags(city: Town, filingNumber: string, account = 'handler-1'): Promise<void> {
  const open = (await flagsOf(city, filingNumber, account)).filter(({ treatment }) => !treatment);
  if (open.length === 0) return;
  const body = { flags: open.map(({ id }) => id), treatment: 'accepted', reason: '已逐项核对' };
  await (await city.as(account)).post(`${dossierPath(filingNumber, city.year)}/flag-treatments`, body);
}

export const finding = (changes: Record<string, Facts> = {}) => ({
  answers: answered(undefined, changes),
  representative: { name: '李某', agrees: true },
  visitedOn: '2022-03-20',
});

/** Every inspector who was drawn for the agency and has not recorded yet records the same; what differs is settled. */
export async function inspect(city: Town, filingNumber: string): Promise<void> {
  const { visit } = await city.dossier(filingNumber);
  for (const inspector of visit?.inspectors ?? []) {
    if (!visit?.findings[inspector]) await record(city, filingNumber, inspector);
  }
  await settleJointly(city, filingNumber);
}

/** Whoever was drawn first drafts what they recorded themselves, and the others confirm it. */
async function settleJointly(city: Town, filingNumber: string): Promise<void> {
  const { visit } = await city.dossier(filingNumber);
  const [first = '', ...others] = visit?.inspectors ?? [];
  const differing = visit && !visit.joint ? differingIn(visit) : [];
  if (differing.length === 0) return;
  const { items, bonus } = visit?.findings[first]?.answers ?? { items: {}, bonus: {} };
  const settled = differing.map((item) => {
    const { facts, notApplicable } = items[item] ?? {};
    const outcome = facts || notApplicable ? { facts, notApplicable } : { count: bonus[item]?.count ?? 0 };
    return { item, ...outcome, reason: '共同复核原始记录' };
  });
  const path = dossierPath(filingNumber, city.year);
  await (await city.as(first)).post(`${path}/joint-entry`, { settled });
  const entry = (await city.dossier(filingNumber)).visit?.joint?.entry;
  for (const other of others)
    await (await city.as(other)).post(`${path}/joint-entry-confirmation`, { entry });
  await city.runtime.settled();
}

export async function record(
  city: Town,
  filingNumber: string,
  inspector: string,
  changes?: Record<string, Facts>,
) {
  const client = await city.as(inspector);
  await client.post(`${dossierPath(filingNumber, city.year)}/findings`, finding(changes));
  await city.runtime.settled();
}
