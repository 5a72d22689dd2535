/** Complaints as the public hands them in, without an account, and as the centre deals with them. */
import { createHash } from 'node:crypto';
import type { ComplaintState, Receipt } from '../../shared/domain/complaint-forms.ts';
import { STEEL, YEAR } from './agencies.ts';
import type { City } from './city.ts';

export const CONTACT = { name: '王某某', reach: '13800001234' };

/** What a browser sends; `seed` stands for its random id. */
export function aComplaint(seed: string, changes: object = {}) {
  return {
    id: createHash('sha256').update(seed).digest('hex'),
    agency: { name: '淮河钢铁有限公司', filingNumber: STEEL },
    year: YEAR,
    text: '考试当天由他人替考，监考人员在场而没有制止。',
    contact: CONTACT,
    ...changes,
  };
}

export async function send(city: Pick<City, 'runtime'>, body: unknown): Promise<Response> {
  return fetch(`${city.runtime.origin}/api/complaints`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify(body),
  });
}

export async function complain(city: City, seed: string, changes: object = {}): Promise<Receipt> {
  const answer = await send(city, aComplaint(seed, changes));
  if (answer.status !== 200) throw new Error(await answer.text());
  return (await answer.json()) as Receipt;
}

export function lookUp(city: Pick<City, 'runtime'>, number: string, code?: string): Promise<Response> {
  return fetch(`${city.runtime.origin}/api/complaints/${encodeURIComponent(number)}`, {
    headers: { connection: 'close', ...(code !== undefined && { 'complaint-code': code }) },
  });
}

export async function stateOf(city: City, { number, code }: Receipt): Promise<ComplaintState> {
  return (await (await lookUp(city, number, code)).json()) as ComplaintState;
}

/** One act of a member of staff. */
export async function act(city: City, account: string, number: string, what: string, body: object) {
  return (await city.as(account)).post<Record<string, unknown>>(`/complaints/${number}/${what}`, body);
}

export const accept = (city: City, number: string, account = 'handler-1', filingNumber = STEEL) =>
  act(city, account, number, 'first-look', { verdict: 'accept', filingNumber });

export const propose = (city: City, number: string, upheld: boolean, account = 'handler-1') =>
  act(city, account, number, 'finding', {
    upheld,
    answer: upheld ? '您反映的情况属实。' : '您反映的情况不属实。',
    reason: '调阅了监控录像',
  });

export const review = (city: City, number: string, verdict: string, account = 'approver-1') =>
  act(city, account, number, 'review', { verdict, reason: '事实清楚' });

/** From receipt to a finding that is approved. */
export async function settle(city: City, number: string, upheld = true, filingNumber = STEEL): Promise<void> {
  await accept(city, number, 'handler-1', filingNumber);
  await propose(city, number, upheld);
  await review(city, number, 'approve');
}
