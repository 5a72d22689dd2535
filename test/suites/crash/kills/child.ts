/**
 * The process that kills.test.ts kills: the runtime of `npm start` with a clock that is told where to stand, and a hook on
 * the functions' clients. Started ahead of time, it waits with everything loaded until it is told to open a folder.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Clients } from '../../../../functions/container.ts';
import { lockFolder } from '../../../../infra/local/cli/lock-folder.ts';
import { movableClock } from '../../../../infra/local/clock.ts';
import { seededRandom } from '../../../../infra/local/drive/seeded.ts';
import type { NewAccount } from '../../../../infra/local/login/accounts.ts';
import { openRuntime, type Runtime } from '../../../../infra/local/runtime.ts';

export interface Opening {
  dir: string;
  port: number;
  /** Where the clock stands. */
  now: string;
  /** Whatever chance decides is another in each life. */
  life: string;
  /** Dies at the next write that no life before it died at; those are in the file. */
  dieAt?: { side: 'before' | 'after'; known: string };
}

export type Told =
  | { open: Opening }
  | { moveTo: string; id: number }
  | { add: NewAccount[]; id: number }
  | { close: true; id: number };

/** The seed of the draw is drawn once a year, whoever draws it: the same in every run. */
const SEED_BYTES = 32;

/** What a write is, whatever random name it bears. */
export function nameOf(command: string, input: Record<string, unknown>): string {
  const {
    Key,
    Item,
    Bucket,
    name,
    ExpressionAttributeValues: values,
  } = input as {
    Key?: { pk?: unknown; sk?: unknown } | string;
    Item?: { pk?: unknown; sk?: unknown };
    Bucket?: string;
    name?: string;
    ExpressionAttributeValues?: Record<string, unknown>;
  };
  const key = typeof Key === 'string' ? Key : Object.values(Key ?? {});
  const place = [Bucket, key, Item?.pk, Item?.sk, name].flat().filter((part) => part !== undefined);
  const entry = JSON.stringify(values ?? {}).match(/"type":(?:\{"S":)?"(\w+)"/)?.[1] ?? '';
  const text = `${command} ${place.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('/')} ${entry}`;
  return text.replaceAll(/[0-9a-f]{32,}/g, '*').replaceAll(/[\w-]{40,}/g, '*');
}

const WRITES =
  /^(PutItem|UpdateItem|DeleteItem|PutObject|CopyObject|DeleteObject|SendTaskSuccess|StartExecution)(Command)?$/;

/** With `KILL_SHARE=n`, one write of n, always the same: for where time is short. */
const SHARE = Number(process.env.KILL_SHARE ?? 1);
const isShare = (name: string) => createHash('sha256').update(name).digest().readUInt32BE() % SHARE === 0;

/** Puts a hook before or after every write of the functions. */
function dieAt({ side, known }: NonNullable<Opening['dieAt']>, clients: Clients): void {
  const died = new Set(existsSync(known) ? readFileSync(known, 'utf8').split('\n') : []);
  const meet = (command: string, input: object) => {
    const name = nameOf(command, input as Record<string, unknown>);
    if (!WRITES.test(command) || died.has(name) || !isShare(name)) return;
    appendFileSync(known, `${name}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
  const around = async <T>(command: string, input: object, write: () => Promise<T>): Promise<T> => {
    if (side === 'before') meet(command, input);
    const answer = await write();
    if (side === 'after') meet(command, input);
    return answer;
  };
  clients.dynamodb.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) =>
        around(commandName, args.input, () => next(args)),
    HOOK,
  );
  clients.s3.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) =>
        around(commandName, args.input, () => next(args)),
    HOOK,
  );
  clients.stepFunctions.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) =>
        around(commandName, args.input, () => next(args)),
    HOOK,
  );
}

const HOOK = { step: 'initialize', name: 'dies at a write' } as const;

let runtime: Runtime;
let clock: ReturnType<typeof movableClock>;
const tell = (message: object) => process.send?.(message, undefined, undefined, () => undefined);

async function open({ dir, port, now, life, dieAt: death }: Opening): Promise<void> {
  lockFolder(dir);
  clock = movableClock(new Date(now));
  const { random, randomBytes } = seededRandom(life);
  runtime = await openRuntime({
    dir,
    port,
    clock,
    random,
    randomBytes: (count) => (count === SEED_BYTES ? new Uint8Array(count).fill(7) : randomBytes(count)),
    yearlyStart: 'cron(0 9 1 3 ? *)',
    observer: {
      clients: (clients) => death && dieAt(death, clients),
      invoked: () => undefined,
      closing: async () => undefined,
    },
  });
  tell({ opened: runtime.origin, where: runtime.signIn });
}

process.on('message', async (told: Told) => {
  if ('open' in told) return open(told.open);
  const { id } = told;
  if ('add' in told) for (const account of told.add) await runtime.accounts.add(account);
  if ('moveTo' in told) {
    await runtime.settled();
    clock.moveTo(new Date(told.moveTo));
    await runtime.settled();
  }
  if ('close' in told) await runtime.close();
  tell({ done: id });
});
process.on('disconnect', () => process.exit(0));
// The first document and the first workbook load much: here, before anybody waits.
await import('../../../../shared/adapters/render-documents.ts');
tell({ loaded: true });
