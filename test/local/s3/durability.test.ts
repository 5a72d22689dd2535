import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { realTimerClock } from '../../../infra/local/clock.ts';
import { clockedS3Client } from '../../../infra/local/s3/clocked-client.ts';
import { aStore, credentials, presignedPut, region, temporaryFolder } from './bench.ts';

test('a body that is cut half-way leaves nothing', async () => {
  const store = await aStore();
  const { url } = await presignedPut(store, 'x'.repeat(100_000), { ChecksumSHA256: undefined });
  const { host, port, pathname, search } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    `PUT ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/pdf\r\nIf-None-Match: *\r\n` +
      `Content-Length: 100000\r\n\r\n${'x'.repeat(50_000)}`,
  );
  const files = () => readdirSync(join(store.root, 'content')).length;
  await expect.poll(files).toBe(1);
  socket.destroy();
  await expect.poll(files).toBe(0);
  const { KeyCount } = await store.s3.send(new ListObjectsV2Command({ Bucket: 'plain' }));
  expect(KeyCount).toBe(0);
});

test('after SIGKILL every acknowledged object is whole and nothing else is visible or left behind', async () => {
  const root = temporaryFolder();
  const acknowledged = new Map<string, number>();
  for (let life = 0; life < 2; life++) {
    const { child, endpoint } = await servingChild(root);
    const s3 = clockedS3Client(realTimerClock(), { endpoint, region, credentials, maxAttempts: 1 });
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let i = 0; ; i++) {
        const Key = `${life}-${writer}-${i}`;
        const size = 1000 + i * 997;
        await s3.send(new PutObjectCommand({ Bucket: 'plain', Key, Body: Buffer.alloc(size, Key) }));
        acknowledged.set(Key, size);
      }
    });
    const stopped = Promise.allSettled(writers);
    while ([...acknowledged.keys()].filter((key) => key.startsWith(`${life}-`)).length < 5) await sleep(20);
    child.kill('SIGKILL');
    await stopped;
    s3.destroy();
  }
  expect(acknowledged.size).toBeGreaterThan(8);
  writeFileSync(join(root, 'content', 'orphan-of-a-crash'), 'half');
  const { s3 } = await aStore(root);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'plain' }));
  for (const { Key = '', Size } of Contents) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'plain', Key }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    expect(bytes.equals(Buffer.alloc(Size ?? 0, Key))).toBe(true);
    acknowledged.delete(Key);
  }
  expect([...acknowledged.keys()]).toEqual([]);
  expect(readdirSync(join(root, 'content'))).toHaveLength(Contents.length);
});

async function servingChild(root: string) {
  const program = `
    import { realTimerClock } from './infra/local/clock.ts';
    import { serveObjectStore } from './infra/local/s3/object-store.ts';
    const options = ${JSON.stringify({ root, credentials, region, allowedOrigins: [] })};
    const store = await serveObjectStore({ ...options, clock: realTimerClock() });
    store.createBucket('plain');
    process.stdout.write(store.endpoint);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program]);
  child.stderr.pipe(process.stderr);
  const endpoint = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data) => resolve(String(data))),
  );
  return { child, endpoint };
}
