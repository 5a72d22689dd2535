/** Complaints as the public's pages send them and ask after them. Nothing of it is kept in the browser or put into an address. */
import * as z from 'zod/mini';
import { ComplaintState, type NewComplaint, Receipt } from '../../../shared/domain/complaint-forms.ts';
import { config } from '../config.ts';
import { readPublished, readSnapshot, yearsWith } from './snapshots.ts';

/** The answer did not arrive: the complaint may have. Sending the very same again is safe. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const Told = z.object({ message: z.string() });

async function call<T>(path: string, init: RequestInit, answer: z.ZodMiniType<T>): Promise<T> {
  const response = await fetch(config().api + path, init).catch(() => {
    throw new NoAnswer('无法连接服务器，请检查网络后重试');
  });
  if (response.status >= 500) throw new NoAnswer('服务器暂时不能办理，请稍后重试');
  const content: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Error(wordsOf(content, response.status));
  const read = answer.safeParse(content);
  if (!read.success) throw new NoAnswer('服务器的答复无法识别，请稍后重试');
  return read.data;
}

function wordsOf(content: unknown, status: number): string {
  const { data } = Told.safeParse(content);
  const isChinese = data && /\p{Script=Han}/u.test(data.message);
  if (isChinese) return data.message;
  return status === 429 ? '提交过于频繁，请稍后重试' : `服务器暂时不能办理（${status}），请稍后重试`;
}

/** 256 bits that nobody can guess: receipt number and query code follow from them. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(32))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

export const sendComplaint = (complaint: NewComplaint): Promise<Receipt> =>
  call(
    '/complaints',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(complaint),
    },
    Receipt,
  );

export const askAfter = (number: string, code: string): Promise<ComplaintState> =>
  call(
    `/complaints/${encodeURIComponent(number)}`,
    // Headers hold no more than Latin letters; anything else cannot be a code.
    { headers: { 'complaint-code': code.replace(/[^\x20-\x7e]/g, '') } },
    ComplaintState,
  );

/** Agencies whose names and numbers are public: those of the newest circular. */
export async function knownAgencies(): Promise<{ name: string; filingNumber: string }[]> {
  const [year] = yearsWith(await readPublished(), 'circular');
  return year === undefined ? [] : (await readSnapshot(year, 'circular')).annex;
}
