/** The API as pages call it: answers are held against their schema, and a refusal is an error in the API's own words. */
import * as z from 'zod/mini';
import type { RefusalCode } from '../../../shared/app/refusal.ts';
import { config } from '../config.ts';
import { accessToken, SignedOut } from './session.ts';

/** Codes of the API's refusals, and what only a browser meets. */
type ProblemCode = RefusalCode | 'internal' | 'offline' | 'unknown';

/** The message says what happened and what to do next. `data` names the place, where there is one. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly data: Readonly<Record<string, string | number>>;

  constructor(code: ProblemCode, message: string, data: Record<string, string | number> = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }

  /** Worth trying again as it is: the line, not the request, was at fault. */
  get passing(): boolean {
    return this.code === 'offline' || this.code === 'internal' || this.code === 'unknown';
  }
}

const Told = z.object({
  code: z.custom<ProblemCode>((value) => typeof value === 'string'),
  message: z.string(),
  data: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
});

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

let onSignedOut: () => void = () => undefined;

/** Hears of it when a call finds that nobody is signed in any more. */
export function whenSignedOut(listener: () => void): () => void {
  onSignedOut = listener;
  return () => {
    onSignedOut = () => undefined;
  };
}

export const api = {
  get: <T>(path: string, answer: z.ZodMiniType<T>): Promise<T> => json('GET', path, answer),
  put: <T>(path: string, body: unknown, answer: z.ZodMiniType<T>): Promise<T> =>
    json('PUT', path, answer, body),
  post: <T>(path: string, body: unknown, answer: z.ZodMiniType<T>): Promise<T> =>
    json('POST', path, answer, body),
  delete: <T>(path: string, answer: z.ZodMiniType<T>): Promise<T> => json('DELETE', path, answer),
  /** A file, such as a paper of the agency's. */
  file: async (path: string): Promise<Blob> => (await send('GET', path)).blob(),
};

async function json<T>(method: Method, path: string, answer: z.ZodMiniType<T>, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  const parsed = answer.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new Problem('unknown', '服务器的答复无法识别，请刷新页面后重试');
}

const OFFLINE = '无法连接服务器，请检查网络后重试';

async function send(method: Method, path: string, body?: unknown): Promise<Response> {
  try {
    const token = await accessToken();
    const first = await call(token, method, path, body);
    // A session that was ended at the issuer, or a clock that is wrong: one more try with a new token.
    const response = first.status === 401 ? await call(await accessToken(token), method, path, body) : first;
    if (response.ok) return response;
    if (response.status === 401) throw new SignedOut();
    throw await problemOf(response);
  } catch (error) {
    if (error instanceof SignedOut) onSignedOut();
    if (error instanceof SignedOut || error instanceof Problem) throw error;
    throw new Problem('offline', OFFLINE);
  }
}

async function call(token: string, method: Method, path: string, body: unknown): Promise<Response> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  return fetch(config().api + path, init);
}

async function problemOf(response: Response): Promise<Problem> {
  const told = Told.safeParse(await response.json().catch(() => undefined));
  if (told.success) return new Problem(told.data.code, told.data.message, told.data.data);
  return new Problem('unknown', `服务器暂时不能办理（${response.status}），请稍后重试`);
}
