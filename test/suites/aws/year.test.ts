/** The stack deployed for real into an emulator, and a small city's whole year over its HTTP API and its real bundles. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { downloadYear } from '../../../infra/local/drive/output.ts';
import { verifyArchive } from '../../../shared/app/archive/verify-archive.ts';
import { statutoryHolidays } from '../../../shared/domain/working-days.ts';
import { EXCLUDED, registryFile, SMALL_CITY, YEAR } from '../../support/agencies.ts';
import { pass } from '../../support/passage.ts';
import { deploy, type Emulator, failuresIn, REGION, startEmulator } from './emulator.ts';
import { openFront, openTown } from './town.ts';

let emulator: Emulator;
let front: Awaited<ReturnType<typeof openFront>>;
let town: Awaited<ReturnType<typeof openTown>>;

beforeAll(async () => {
  emulator = await startEmulator();
  front = await openFront();
  const outputs = await deploy(emulator, front.issuer);
  front.pointTo(emulator, outputs.ApiUrl ?? '');
  town = await openTown(emulator, front, YEAR, REGION);
}, 600_000);
afterAll(() => {
  front?.close();
  emulator?.close();
});

it('asks for a token of the issuer, and takes no other', async () => {
  const url = `${front.origin}/api/cycles`;
  expect((await fetch(url)).status).toBe(401);
  const [header = '', payload = '', signature = ''] = (await front.tokenOf('auditor-1')).split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const forged = Buffer.from(JSON.stringify({ ...claims, role: 'director' })).toString('base64url');
  const authorization = `Bearer ${header}.${forged}.${signature}`;
  expect((await fetch(url, { headers: { authorization } })).status).toBe(401);
  expect(await (await town.as('auditor-1')).get('/cycles')).toEqual([]);
});

it('takes a small city through the whole year, to a published archive that verifies', async () => {
  const handler = await town.as('handler-1');
  // The real clock is past what the calendar knows of some years: holidays are declared as a centre would.
  const now = new Date().getUTCFullYear();
  const holidays = [now, now + 1].flatMap(statutoryHolidays);
  const declaredDays = Object.fromEntries(holidays.map((day) => [day, false]));
  await handler.put('/profile', {
    settings: {
      centre: '淮河市职业技能鉴定中心',
      city: '淮河市',
      exclusions: [{ filingNumber: EXCLUDED, reason: '省中心抽查评估' }],
      sampling: { percent: 0, atLeast: 2 },
      filingReferenceMonth: '2022-02',
      declaredDays,
    },
  });
  const file = registryFile(SMALL_CITY);
  const { digest } = await handler.post<{ digest: string }>('/agencies/import-preview', file);
  await handler.post('/agencies/import', { ...file, digest });
  await handler.post('/cycles', { year: YEAR });

  const gates: string[] = [];
  await town.runtime.settled();
  for (let gate = (await town.cycle()).gate; gate; gate = (await town.cycle()).gate) {
    if ((await town.cycle()).status !== 'open') break;
    gates.push(gate.gate);
    expect(gates.length, gates.join()).toBeLessThan(20);
    await pass(town).catch(async (cause) => {
      throw new Error([`at ${gate.gate}`, ...(await failuresIn(emulator))].join('\n'), { cause });
    });
  }
  const { status, history } = await town.cycle();
  const broken = [JSON.stringify(history.at(-1)), ...(await failuresIn(emulator))].join('\n');
  expect(status, broken).toBe('published');
  expect(gates[0]).toBe('prepareNotice');
  expect(gates.at(-1)).toBe('signCircular');

  const { files } = await downloadYear(await town.as('auditor-1'), YEAR);
  const archive = new Map(files.map(({ path, content }) => [path, content]));
  expect(archive.has('public/circular.pdf')).toBe(true);
  const { checks } = verifyArchive(archive);
  expect(checks.flatMap(({ findings }) => findings)).toEqual([]);
}, 600_000);
