/** A case for a veto, by those who take part in it. */
import type { City } from './city.ts';
import { dossierPath } from './passage.ts';

export const FACTS = '查实滥发证书 12 本';
export const SOURCES = [{ title: '证书查询记录', on: '2022-02-20' }];

interface OwnCase {
  id: string;
  statement: { content: string } | null;
  outcome: string | null;
  decision: string | null;
}
interface Seen {
  vetoes: OwnCase[];
  score?: { result: string; vetoes: { code: string; finding: string }[] };
}

export const act = async (city: City, account: string, filingNumber: string, what: string, body: object) =>
  (await city.as(account)).post<Seen>(`${dossierPath(filingNumber)}/${what}`, body);

export const propose = (city: City, filingNumber: string, changes: object = {}, account = 'handler-2') =>
  act(city, account, filingNumber, 'veto-cases', {
    code: 'V3',
    reason: FACTS,
    sources: SOURCES,
    ...changes,
  });
export const state = (city: City, filingNumber: string, changes: object = {}) =>
  act(city, filingNumber, filingNumber, 'veto-statement', {
    case: 'V3-1',
    reason: '证书均按规定核发',
    ...changes,
  });
export const confirm = (city: City, account: string, filingNumber: string, changes: object = {}) =>
  act(city, account, filingNumber, 'veto-confirmation', {
    case: 'V3-1',
    verdict: 'confirmed',
    reason: `${account} 已核实`,
    ...changes,
  });
export const sign = (city: City, filingNumber: string, changes: object = {}, account = 'director-1') =>
  act(city, account, filingNumber, 'veto-signature', {
    case: 'V3-1',
    verdict: 'signed',
    reason: '事实清楚、证据确凿',
    ...changes,
  });

export const own = async (city: City, filingNumber: string) =>
  (await city.as(filingNumber)).get<Seen>(dossierPath(filingNumber));
export const gateOf = async (city: City) => (await city.cycle()).gate?.gate;

/** Heard and confirmed: the director's turn. */
export async function toSign(city: City, filingNumber: string): Promise<void> {
  await propose(city, filingNumber);
  await state(city, filingNumber);
  await confirm(city, 'approver-2', filingNumber);
  await confirm(city, 'handler-3', filingNumber);
}

export async function closedAfterHearing(city: City, filingNumber: string): Promise<void> {
  const [one] = (await city.dossier(filingNumber)).vetoCases;
  await city.moveTo(new Date(Date.parse(one?.answerBy ?? '') + 61 * 60_000).toISOString());
}
