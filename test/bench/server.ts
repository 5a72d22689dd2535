/** The embedded server as its users meet it: how soon it is ready, and how it answers fifty people who read at once. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manyAgencies, YEAR } from '../support/agencies.ts';
import { openCity } from '../support/city.ts';
import { type Line, median, quantile } from './timing.ts';

const START = fileURLToPath(new URL('../../infra/local/cli/start.ts', import.meta.url));
const STARTS = 5;
const READERS = 50;
const READS_EACH = 20;

export async function benchStart(): Promise<Line> {
  const data = mkdtempSync(join(tmpdir(), 'xingping-start-'));
  try {
    // The first start also makes the accounts; people start again and again.
    await startOnce(data);
    const seconds: number[] = [];
    for (let count = 0; count < STARTS; count++) seconds.push(await startOnce(data));
    const taken = median(seconds);
    return {
      what: 'seconds from npm start to the line that it is ready',
      ours: taken.toFixed(2),
      peer: '1.5',
      ratio: (taken / 1.5).toFixed(2),
      asked: 'below 1',
      holds: taken < 1.5,
    };
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function startOnce(data: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [START, '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('星评已启动')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${said}`)));
  });
  const seconds = (performance.now() - start) / 1000;
  child.kill('SIGTERM');
  await exited;
  return seconds;
}

/** Readers of a city of 100: the cycle, a page of dossiers, one dossier, in turn. */
export async function benchReads(): Promise<Line[]> {
  const agencies = manyAgencies(100);
  const city = await openCity({ agencies });
  try {
    await city.start();
    await city.to('collectSelfEvaluations');
    const client = await city.as('auditor-1');
    const paths = [
      `/cycles/${YEAR}`,
      `/cycles/${YEAR}/dossiers`,
      `/cycles/${YEAR}/dossiers/${agencies[0]?.filingNumber}`,
    ];
    const times: number[] = [];
    const reader = async (first: number) => {
      for (let read = 0; read < READS_EACH; read++) {
        const start = performance.now();
        await client.get(paths[(first + read) % paths.length] ?? '');
        times.push(performance.now() - start);
      }
    };
    await reader(0);
    times.length = 0;
    const start = performance.now();
    await Promise.all(Array.from({ length: READERS }, (_none, index) => reader(index)));
    const seconds = (performance.now() - start) / 1000;
    const rate = Math.round((READERS * READS_EACH) / seconds).toLocaleString('en');
    const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
    return [
      {
        what: `API reads a second with ${READERS} readers at once (p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms)`,
        ours: rate,
        peer: '',
        ratio: (p99 / p50).toFixed(1),
        asked: '',
        holds: true,
      },
    ];
  } finally {
    await city.close();
  }
}
