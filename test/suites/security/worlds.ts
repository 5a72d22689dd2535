/** Two small cities in which something of every kind exists, and the people in each way of standing to it. */
import { findComplaint } from '../../../shared/app/complaints/complaint-records.ts';
import { readCorrectionRun } from '../../../shared/app/correction.ts';
import { allOf, dossierKind, keys } from '../../../shared/app/records.ts';
import { allRectifications, readRectification } from '../../../shared/app/rectification-records.ts';
import { expectDone } from '../../../shared/app/refusal.ts';
import { listAgencies } from '../../../shared/app/registry.ts';
import { readProfile } from '../../../shared/app/start-cycle.ts';
import { uploadsOf } from '../../../shared/app/uploads/upload-records.ts';
import { receiptOf } from '../../../shared/domain/complaint.ts';
import { COMMITMENT, POWER, STEEL, TRAINING, UNKNOWN, YEAR } from '../../support/agencies.ts';
import { type City, openCity, roleOf } from '../../support/city.ts';
import { aComplaint, accept, complain } from '../../support/complaints.ts';
import { dossierPath, inStatus, record, upload } from '../../support/passage.ts';

/** How somebody stands to an agency. */
export interface Person {
  title: string;
  account: string;
  /** The agency whose records are theirs; staff stand to all alike. */
  own: string;
  /** An agency whose records exist and are not theirs. */
  foreign: string | undefined;
}

export interface World {
  title: string;
  city: City;
  people: Person[];
  /** Any file of the agency that has been attached. */
  uploadOf: (filingNumber: string) => Promise<string>;
}

const STAFF = ['handler-1', 'approver-1', 'director-1', 'auditor-1'];

const staffOf = (own: string): Person[] =>
  STAFF.map((account) => ({ title: roleOf(account), account, own, foreign: undefined }));

const agency = (own: string, foreign: string): Person => ({ title: 'agency', account: own, own, foreign });

/** Two agencies are being visited: one inspector of the first has recorded, another was recused from it. */
export async function duringVisits(): Promise<World> {
  const city = await openCity();
  await city.start();
  await city.to('inspectOnSite');
  const [visited = '', other = ''] = await inStatus(city, 'visiting');
  const [first = '', second = ''] = (await city.dossier(visited)).visit?.inspectors ?? [];
  await (await city.as(first)).post(`${dossierPath(visited)}/recusal-requests`, {
    inspector: first,
    reason: '曾为同事',
  });
  const decision = { inspector: first, granted: true, reason: '情况属实' };
  await (await city.as('approver-1')).post(`${dossierPath(visited)}/recusal-decisions`, decision);
  await record(city, visited, second);
  const drawn = (await city.dossier(visited)).visit?.inspectors ?? [];
  await complaintIn(city, visited);
  const stranger = ['inspector-1', 'inspector-2', 'inspector-3', 'inspector-4'].find(
    (id) => id !== first && !drawn.includes(id),
  );
  return {
    title: 'during the visits',
    city,
    people: [
      agency(visited, other),
      ...staffOf(visited),
      { title: 'inspector who was drawn', account: second, own: visited, foreign: undefined },
      { title: 'inspector who was recused', account: first, own: '', foreign: visited },
      { title: 'inspector who was not drawn', account: stranger ?? '', own: '', foreign: visited },
    ],
    uploadOf: (filingNumber) => attachedTo(city, filingNumber),
  };
}

async function attachedTo(city: City, filingNumber: string): Promise<string> {
  const { submission } = await city.dossier(filingNumber);
  return submission?.answers.items.A1?.evidence?.[0]?.id ?? '';
}

/** Two agencies have failed and corrected their defects, which are being re-checked; a star was revoked by a second version. */
export async function afterPublication(): Promise<World> {
  const city = await openCity({ silent: [POWER, TRAINING] });
  await city.start();
  await city.toEnd();
  await city.runtime.settled();
  await revoke(city, STEEL);
  const uploads = new Map<string, string>();
  for (const filingNumber of [POWER, TRAINING]) {
    uploads.set(filingNumber, await correctEverything(city, filingNumber));
  }
  await complaintIn(city, POWER);
  const { recheck } = expectDone(await readRectification(city.deps, YEAR, POWER));
  const [drawn = ''] = recheck?.inspectors ?? [];
  const stranger = ['inspector-1', 'inspector-2', 'inspector-3', 'inspector-4'].find(
    (id) => !recheck?.inspectors.includes(id),
  );
  return {
    title: 'after publication',
    city,
    people: [
      agency(POWER, TRAINING),
      ...staffOf(POWER),
      { title: 'inspector of the re-check', account: drawn, own: POWER, foreign: undefined },
      { title: 'inspector of no re-check there', account: stranger ?? '', own: '', foreign: POWER },
    ],
    uploadOf: async (filingNumber) => uploads.get(filingNumber) ?? '',
  };
}

/** What the complaint in each of the worlds is asked after with. */
export const COMPLAINT = receiptOf(aComplaint('world').id);

/** A complaint that a handler deals with. */
async function complaintIn(city: City, filingNumber: string): Promise<void> {
  const { number } = await complain(city, 'world', { agency: { name: '某机构', filingNumber } });
  await accept(city, number, 'handler-1', filingNumber);
}

async function revoke(city: City, filingNumber: string): Promise<void> {
  const changes = [{ kind: 'revoke', filingNumber, grounds: '查实替考' }];
  const path = `/cycles/${YEAR}`;
  await (await city.as('handler-1')).post(`${path}/correction`, { changes, reason: '据投诉核查' });
  for (const [account, gate] of [
    ['handler-1', 'prepareCorrection'],
    ['approver-1', 'approveCorrection'],
    ['director-1', 'signCorrection'],
  ] as const) {
    await city.runtime.settled();
    const run = expectDone(await readCorrectionRun(city.deps, YEAR));
    const body = { attempt: run.gate?.attempt, verdict: 'approve', reason: '同意' };
    await (await city.as(account)).post(`${path}/gates/${gate}/decision`, body);
  }
  await city.runtime.settled();
}

/** @returns the file that proves it. */
async function correctEverything(city: City, filingNumber: string): Promise<string> {
  const client = await city.as(filingNumber);
  const path = `/cycles/${YEAR}/rectifications/${filingNumber}`;
  const file = await upload(city, filingNumber);
  for (const { code } of expectDone(await readRectification(city.deps, YEAR, filingNumber)).items) {
    await client.put(`${path}/items/${code}/plan`, { owner: '李某', due: '2022-06-30' });
    await client.put(`${path}/items/${code}/correction`, { statement: '已补交', evidence: [file] });
  }
  await client.post(`${path}/submission`, { commitment: COMMITMENT });
  await city.runtime.settled();
  return file.id;
}

/** Nobody's agency, in a form that agencies have. */
export const MISSING = UNKNOWN;

/** Every record that people write, as it stands. */
export async function recordsOf({ city }: World): Promise<unknown> {
  const { deps } = city;
  const all: unknown[] = [await city.cycle()];
  for await (const dossier of allOf(deps, dossierKind, keys.dossiers(YEAR))) {
    const uploads: unknown[] = [];
    const owner = { year: YEAR, filingNumber: dossier.filingNumber };
    for await (const upload of uploadsOf(deps, owner)) uploads.push(upload);
    all.push(dossier, uploads);
  }
  for await (const one of allRectifications(deps, YEAR)) all.push(one);
  all.push(await findComplaint(deps, COMPLAINT.number));
  all.push(await readProfile(deps), await listAgencies(deps, null));
  return all;
}
