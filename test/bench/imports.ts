/** What starting a function takes beyond making its clients: bundles of hot paths against one, made the same way, that only makes them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALIAS } from '../../infra/bundling.ts';
import { bundled, bundledFunction } from './bundles.ts';
import { type Line, median } from './timing.ts';

/** What people wait for, and what answers the workflow. */
const HOT = [
  'serve-dossiers',
  'serve-cycles',
  'serve-evidence',
  'serve-publications',
  'open-gate',
  'score-agencies',
];
/** In each, every bundle is started once after the clients: what slows the machine slows both. */
const ROUNDS = 25;
const CLIENTS = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
export const clients = [DynamoDBDocumentClient.from(new DynamoDBClient({})), new S3Client({}), new SFNClient({})];
`;
const ENV = {
  ...process.env,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  TABLE: 'table',
  QUARANTINE_BUCKET: 'quarantine',
  EVIDENCE_BUCKET: 'evidence',
  REPORTS_BUCKET: 'reports',
  STATE_MACHINE_ARN_PREFIX: 'arn:aws:states:eu-central-1:000000000000:stateMachine:xingping-',
  SCANNER: 'none',
  MAIL_SECRET: 'none',
  TOPIC_ARN: 'arn:aws:sns:eu-central-1:000000000000:messages',
  FONTS_DIR: 'fonts',
};

export async function benchImports(): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'xingping-imports-'));
  try {
    const entry = new URL('clients-only.ts', import.meta.url).pathname;
    writeFileSync(entry, CLIENTS);
    const bundles = [await bundled(entry, 'clients-only', folder, ALIAS).finally(() => rmSync(entry))];
    for (const name of HOT) bundles.push(await bundledFunction(name, folder));
    const times = bundles.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, { file }] of bundles.entries()) times[index]?.push(importTime(file));
    }
    const [clients = [], ...hot] = times;
    return hot.map((own, index) => {
      const ratio = median(own.map((milliseconds, round) => milliseconds / (clients[round] ?? 0)));
      return {
        what: `milliseconds of processor time to import ${HOT[index]}, against its clients alone`,
        ours: median(own).toFixed(0),
        peer: median(clients).toFixed(0),
        ratio: ratio.toFixed(2),
        asked: 'below 1.5',
        holds: ratio < 1.5,
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Processor time, in milliseconds: what else the machine does is not counted. */
function importTime(file: string): number {
  const script = `
    const used = process.cpuUsage();
    await import(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(used);
    process.stdout.write(String((user + system) / 1000), () => process.exit(0));`;
  const args = ['--input-type=module', '-e', script];
  return Number(execFileSync(process.execPath, args, { env: ENV, encoding: 'utf8' }));
}
