/** Uploads looked at by ClamAV itself: Debian's daemon with our configuration and one signature, that of the EICAR test file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scannerFor } from '../../../shared/adapters/scanners/index.ts';
import { answered, POWER, pdf, STEEL } from '../../support/agencies.ts';
import { type City, openCity, refusalOf } from '../../support/city.ts';
import { docx } from '../../support/evidence-files.ts';
import { confirm, grantFor, put, submit, upload } from '../../support/passage.ts';

/** In two halves, so that this file is not taken for one. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

let dir: string;
let port: number;
let daemon: ChildProcess | undefined;
let city: City;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

function startDaemon(): void {
  daemon = spawn('clamd', ['--config-file', join(dir, 'clamd.conf')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function stopDaemon(): Promise<void> {
  const running = daemon;
  daemon = undefined;
  if (!running || running.exitCode !== null) return;
  const gone = new Promise((resolve) => running.once('exit', resolve));
  running.kill();
  await gone;
}

const scanner = () => scannerFor(`clamd://127.0.0.1:${port}`, new S3Client({ region: 'eu-central-1' }), '');
async function* bytes(content: Uint8Array) {
  yield content;
}
const scan = (content: Uint8Array) => scanner().scan('', () => bytes(content), 60);

async function untilUp(): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if ((await scan(Buffer.from('x'))).result === 'clean') return;
    await pause(200);
  }
  throw new Error('clamd did not start');
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'xingping-clamav-'));
  port = await freePort();
  const database = join(dir, 'database');
  mkdirSync(database);
  writeFileSync(
    join(database, 'test.ndb'),
    `Eicar-Test-Signature:0:*:${Buffer.from(EICAR).toString('hex')}\n`,
  );
  const ours = readFileSync(join(import.meta.dirname, '../../../infra/clamav/clamd.conf'), 'utf8');
  const here = ours
    .replace('TCPSocket 3310', `TCPSocket ${port}`)
    .replace('DatabaseDirectory /var/lib/clamav', `DatabaseDirectory ${database}`);
  writeFileSync(join(dir, 'clamd.conf'), here);
  startDaemon();
  await untilUp();
  city = await openCity({ scanner: `clamd://127.0.0.1:${port}` });
  await city.start();
  await city.to('collectSelfEvaluations');
}, 120_000);

afterAll(async () => {
  await city?.close();
  await stopDaemon();
  rmSync(dir, { recursive: true, force: true });
});

it('lets a clean file through to the submission', async () => {
  const file = await upload(city, STEEL);
  expect(await submit(city, STEEL, answered(file))).toMatchObject({ claimed: '100.00' });
});

it.each([
  ['in a PDF', pdf(EICAR), {}],
  [
    'packed inside a document',
    docx({ parts: { 'word/media/image1.xml': EICAR } }),
    { contentType: DOCX, fileName: '计划.docx' },
  ],
])('finds malware %s', async (_where, content, changes) => {
  const grant = await grantFor(city, POWER, content, changes);
  expect((await put(grant, content)).status).toBe(200);
  const refused = await refusalOf(confirm(city, POWER, grant.id));
  expect(refused).toMatchObject({ status: 422, code: 'contentRefused' });
  expect(refused.message).toContain('恶意程序');
  expect(await city.deps.objects.list('evidence', `2021/${grant.id}`)).toEqual([]);
});

it('takes a stream far beyond what the daemon accepts by default', async () => {
  const large = Buffer.alloc(150 * 1024 * 1024, '星评');
  expect(await scan(large)).toEqual({ result: 'clean', engine: 'ClamAV' });
});

it('that stops and comes back holds a file up, and no longer', async () => {
  await stopDaemon();
  const content = pdf('稍后查毒');
  const grant = await grantFor(city, POWER, content);
  await put(grant, content);
  expect(await refusalOf(confirm(city, POWER, grant.id))).toMatchObject({ code: 'scanPostponed' });
  startDaemon();
  await untilUp();
  expect(await confirm(city, POWER, grant.id)).toMatchObject({ id: grant.id });
});
