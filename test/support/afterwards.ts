/** What follows publication, by those who take part in it: rectification and correction. */
import { readCorrectionRun } from '../../shared/app/correction.ts';
import { readRectification, readRectificationRun } from '../../shared/app/rectification-records.ts';
import { expectDone } from '../../shared/app/refusal.ts';
import type { RectificationRun } from '../../shared/domain/rectification-run.ts';
import { COMMITMENT, YEAR } from './agencies.ts';
import { aCity, type City } from './city.ts';
import { upload } from './passage.ts';

export const RECTIFICATION_RUN = `/cycles/${YEAR}/rectification`;
export const CORRECTION = `/cycles/${YEAR}/correction`;
export const rectificationPath = (filingNumber: string) => `/cycles/${YEAR}/rectifications/${filingNumber}`;

export const rectificationRunOf = async (city: City): Promise<RectificationRun> =>
  expectDone(await readRectificationRun(city.deps, YEAR));
export const rectificationOf = async (city: City, filingNumber: string) =>
  expectDone(await readRectification(city.deps, YEAR, filingNumber));

/** The gate of the rectification that waits. */
export const rectificationWaits = async (city: City) => {
  await city.runtime.settled();
  const { gate } = await rectificationRunOf(city);
  return gate?.decision ? undefined : gate?.gate;
};

/** A published year in which these agencies filed nothing, and so failed. */
export async function publishedWithFailures(...silent: string[]): Promise<City> {
  const city = await aCity({ silent });
  await city.start();
  await city.toEnd();
  await city.runtime.settled();
  return city;
}

/** The agency corrects every item, with one file for all, and submits. */
export async function rectify(city: City, filingNumber: string): Promise<void> {
  const client = await city.as(filingNumber);
  const file = await upload(city, filingNumber);
  const path = rectificationPath(filingNumber);
  for (const { code } of (await rectificationOf(city, filingNumber)).items) {
    const item = `${path}/items/${code}`;
    await client.put(`${item}/plan`, { owner: '李某', due: '2022-06-30' });
    await client.put(`${item}/correction`, { statement: '已补交材料', evidence: [file] });
  }
  await client.post(`${path}/submission`, { commitment: COMMITMENT });
  await city.runtime.settled();
}

/** Every inspector who was drawn finds the same of every item. */
export async function recheck(city: City, filingNumber: string, closed: boolean): Promise<void> {
  const { recheck: assigned, items } = await rectificationOf(city, filingNumber);
  const checks = items.map(({ code }) => ({ item: code, closed, reason: '现场核查' }));
  const body = { checks, representative: { name: '李某', agrees: true }, visitedOn: '2022-08-01' };
  for (const inspector of assigned?.inspectors ?? []) {
    await (await city.as(inspector)).post(`${rectificationPath(filingNumber)}/recheck`, body);
  }
  await city.runtime.settled();
}

export async function giveVerdict(city: City, filingNumber: string, verdict: string, account = 'approver-1') {
  const body = { verdict, reason: '依据复查记录' };
  await (await city.as(account)).post(`${rectificationPath(filingNumber)}/verdict`, body);
  await city.runtime.settled();
}

/** The director on the recommendations. */
export async function signRecommendations(city: City, verdict: string, agencies: string[] = []) {
  const { gate } = await rectificationRunOf(city);
  const body = { attempt: gate?.attempt, verdict, reason: '同意', agencies };
  const decision = `/cycles/${YEAR}/gates/signRecommendations/decision`;
  await (await city.as('director-1')).post(decision, body);
  await city.runtime.settled();
}

export const proposeCorrection = async (city: City, ...changes: object[]) =>
  (await city.as('handler-1')).post(CORRECTION, { changes, reason: '据投诉核查' });

/** Decides the gate of the correction that waits. */
export async function decideCorrection(city: City, account: string, gate: string, verdict = 'approve') {
  const run = expectDone(await readCorrectionRun(city.deps, YEAR));
  const path = `/cycles/${YEAR}/gates/${gate}/decision`;
  const body = { attempt: run.gate?.attempt, verdict, reason: '同意' };
  const view = await (await city.as(account)).post(path, body);
  await city.runtime.settled();
  return view;
}

/** From the proposal to the published version. */
export async function publishCorrection(city: City, ...changes: object[]): Promise<void> {
  await proposeCorrection(city, ...changes);
  await city.runtime.settled();
  await decideCorrection(city, 'handler-1', 'prepareCorrection');
  await decideCorrection(city, 'approver-1', 'approveCorrection');
  await decideCorrection(city, 'director-1', 'signCorrection');
}
