/** Complaints as the public hands them in and the centre deals with them, so that a sample system has some in every state. */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { chinaDate } from '../../../shared/domain/calendar.ts';
import { Receipt } from '../../../shared/domain/complaint-forms.ts';
import { pause, type Year } from './year.ts';

const TEXTS = [
  '样例：报名时没有看到收费标准，咨询后才知道。',
  '样例：公布的考试时间临时变更，没有提前通知考生。',
  '样例：成绩公示期不满五个工作日。',
] as const;

/** One that nobody has looked at, one that is being dealt with, and one that was answered. Returns their receipts. */
export async function complain(year: Year): Promise<Receipt[]> {
  const { folder, actors } = year;
  const [handler, approver] = [folder.staff.handlers[0]?.id ?? '', folder.staff.approvers[0]?.id ?? ''];
  const receipts: Receipt[] = [];
  for (const [index, text] of TEXTS.entries()) receipts.push(await handIn(year, index, text));
  const [, accepted, answered] = receipts;
  for (const { number } of [accepted, answered].flatMap((receipt) => receipt ?? [])) {
    const { filingNumber } = accusedOf(year, number === accepted?.number ? 1 : 2);
    const client = await actors.as(handler);
    await client.post(`/complaints/${number}/first-look`, { verdict: 'accept', filingNumber });
    await pause(year);
  }
  if (!answered) return receipts;
  await (await actors.as(handler)).post(`/complaints/${answered.number}/finding`, {
    upheld: false,
    answer: '经核查，该机构成绩公示满五个工作日，您反映的情况不属实。',
    reason: '样例：核对公示页面和平台记录',
  });
  await pause(year);
  const review = { verdict: 'approve', reason: '样例：证据充分' };
  await (await actors.as(approver)).post(`/complaints/${answered.number}/review`, review);
  await pause(year);
  return receipts;
}

/** Nobody real is complained about, not even as a sample. */
function accusedOf({ folder }: Year, index: number): { name: string; filingNumber: string } {
  const agency = folder.registry.agencies.filter(({ name }) => name.includes('虚构'))[index];
  if (!agency) throw new Error('the registry has no invented agency to complain about');
  return { name: agency.name, filingNumber: agency.filingNumber };
}

async function handIn(year: Year, index: number, text: string): Promise<Receipt> {
  const { folder, runtime, clock } = year;
  const id = createHash('sha256').update(`${folder.seed}/complaint/${index}`).digest('hex');
  const about = { year: Number(chinaDate(clock.now()).slice(0, 4)), agency: accusedOf(year, index) };
  const contact = index === 0 ? {} : { name: '样例人', reach: 'sample@example.org' };
  const response = await fetch(`${runtime.origin}/api/complaints`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, ...about, text, contact }),
  });
  await pause(year);
  return z.parse(Receipt, await response.json());
}
