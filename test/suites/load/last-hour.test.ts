/**
 * The last hour before the deadline: every agency brings ten files, saves its draft after each and submits, over HTTP and
 * presigned URLs, against the embedded server in a process of its own. Counts decide; times are printed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ApiRefusal } from '../../../infra/local/drive/client.ts';
import type { CycleView } from '../../../infra/local/drive/year.ts';
import { readStoredData } from '../../../infra/local/stored-data.ts';
import { checkData } from '../../../shared/app/invariants/check-data.ts';
import { CHAINS, statesOf } from '../../../shared/app/invariants/families.ts';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import {
  answered,
  COMMITMENT,
  INSPECTORS,
  manyAgencies,
  pdf,
  registryFile,
  YEAR,
} from '../../support/agencies.ts';
import { roleOf } from '../../support/city.ts';
import { freePort } from '../../support/server.ts';
import { openLives } from '../crash/kills/lives.ts';
import { bring, dossierOf, openPeople, type People } from '../crash/kills/people.ts';

const AGENCIES = manyAgencies(Number(process.env.LAST_HOUR_AGENCIES ?? 500));
/** So many agencies are at it at the same instant. */
const AT_ONCE = Number(process.env.LAST_HOUR_AT_ONCE ?? 16);
const FILES = 10;
const FILE_BYTES = 20_000;
const TARGET_MS = 300;

const dir = mkdtempSync(join(tmpdir(), 'xingping-last-hour-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const STAFF = ['handler-1', 'approver-1'];
const numbers = AGENCIES.map(({ filingNumber }) => filingNumber);
const passwords = new Map([...STAFF, ...numbers].map((account) => [account, `密码-${account}`]));

async function inTurn<T>(list: readonly T[], atOnce: number, act: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...list];
  const worker = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await act(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** To the gate at which agencies file. */
async function open(as: People, settled: () => Promise<void>): Promise<string> {
  const handler = as('handler-1');
  await handler.put('/profile', { settings: { centre: '淮河市职业技能鉴定中心', city: '淮河市' } });
  const file = registryFile(AGENCIES);
  const { digest } = await handler.post<{ digest: string }>('/agencies/import-preview', file);
  await handler.post('/agencies/import', { ...file, digest });
  await handler.post('/cycles', { year: YEAR });
  await settled();
  await handler.put(`/cycles/${YEAR}/inspectors`, INSPECTORS);
  const decision = { attempt: 1, verdict: 'approve', reason: '按规定办理' };
  await handler.post(`/cycles/${YEAR}/gates/prepareNotice/decision`, decision);
  await settled();
  await as('approver-1').post(`/cycles/${YEAR}/gates/approveNotice/decision`, decision);
  await settled();
  const { gate } = await handler.get<CycleView>(`/cycles/${YEAR}`);
  expect(gate?.gate).toBe('collectSelfEvaluations');
  return gate?.deadline ?? '';
}

const content = (filingNumber: string, n: number) =>
  pdf(`${filingNumber} 的第 ${n} 份材料 ${'正文'.repeat(Math.ceil(FILE_BYTES / 6))}`);

const milliseconds = (value: number) => `${Math.round(value)} ms`;
const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

it(`takes ${AGENCIES.length} agencies with ${FILES} files each: none refused, none lost`, async () => {
  const lives = await openLives({ dir, port: await freePort(), now: '2022-03-01T00:30:00.000Z' });
  const saves: number[] = [];
  const refused: string[] = [];
  const brought = new Map<string, EvidenceRef[]>();
  let receipts = 0;
  try {
    await lives.add(
      [...passwords].map(([account, password]) => {
        const role = roleOf(account);
        const own = role === 'agency' ? { agency: account } : {};
        return { id: account, username: account, name: account, role, password, ...own };
      }),
    );
    const as = await openPeople(lives, passwords);
    const deadline = await open(as, lives.settled);
    await lives.moveTo(new Date(Date.parse(deadline) - 3_600_000).toISOString());
    const before = lives.peakMegabytes();
    const start = performance.now();
    await inTurn(numbers, AT_ONCE, async (filingNumber) => {
      const agency = as(filingNumber);
      const path = dossierOf(filingNumber);
      const refs: EvidenceRef[] = [];
      brought.set(filingNumber, refs);
      try {
        for (let n = 1; n <= FILES; n++) {
          refs.push(await bring(agency, path, content(filingNumber, n)));
          const from = performance.now();
          await agency.put(`${path}/draft?version=${n - 1}`, withFiles(refs));
          saves.push(performance.now() - from);
        }
        const body = { answers: withFiles(refs), commitment: COMMITMENT };
        const { digest } = await agency.post<{ digest: string }>(`${path}/submission`, body);
        if (digest) receipts++;
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error;
        refused.push(`${filingNumber} ${error.code}`);
      }
    });
    const seconds = (performance.now() - start) / 1000;
    saves.sort((a, b) => a - b);
    const p99 = quantile(saves, 0.99);
    process.stdout.write(
      `${AGENCIES.length} agencies, ${AT_ONCE} at once, ${brought.size * FILES} files in ${seconds.toFixed(0)} s; ` +
        `a draft is saved in ${milliseconds(quantile(saves, 0.5))} (p50), ${milliseconds(p99)} (p99; target ${TARGET_MS} ms: ` +
        `${p99 <= TARGET_MS ? 'met' : 'missed'}); peak memory ${before} MB before, ${lives.peakMegabytes()} MB after\n`,
    );
    await lives.settled();
    expect((await as('handler-1').get<CycleView>(`/cycles/${YEAR}`)).gate?.gate).toBe('reviewAtDesk');
  } finally {
    await lives.close();
  }
  expect(refused).toEqual([]);
  expect(receipts).toBe(AGENCIES.length);
  const data = await readStoredData(dir);
  const dossiers = statesOf(data.items, CHAINS.dossier);
  expect(dossiers.filter(({ status }) => status === 'submitted')).toHaveLength(AGENCIES.length);
  const attached = statesOf(data.items, CHAINS.upload).filter(({ status }) => status === 'attached');
  const wanted = [...brought.values()].flat().map(({ id }) => id);
  expect(wanted).toHaveLength(AGENCIES.length * FILES);
  expect(new Set(attached.map(({ id }) => id))).toEqual(new Set(wanted));
  expect((await checkData(data)).flatMap(({ findings }) => findings)).toEqual([]);
}, 1_800_000);

/** A whole form whose items show the files in turn. */
function withFiles(refs: readonly EvidenceRef[]) {
  const { items, bonus } = answered();
  const codes = Object.keys(items);
  const shown = Object.entries(items).map(([code, answer]) => {
    const own = refs.filter((_ref, index) => codes[index % codes.length] === code);
    return [code, own.length > 0 ? { ...answer, evidence: own } : answer] as const;
  });
  return { items: Object.fromEntries(shown), bonus };
}
