/** One system through many lives: a process that is killed and started again on the same folder and port. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewAccount } from '../../../../infra/local/login/accounts.ts';

import type { Opening, Told } from './child.ts';

/** Of what a life dies; of nothing if all is absent. */
export interface Death {
  /** At writes: from the next life on. */
  dieAt?: Opening['dieAt'];
  /** How many milliseconds the next life lasts. */
  lifetime?: () => number;
}

export interface LivesOptions {
  dir: string;
  /** The same in every life: who has signed in stays so. */
  port: number;
  now: string;
  /** Looks at the folder as it lies after a death. */
  afterDeath?: (lives: number) => Promise<void>;
}

export interface Lives {
  origin: string;
  where: { issuer: string; clientId: string; redirectUri: string };
  now(): string;
  /** How often it died. */
  deaths(): number;
  add(accounts: NewAccount[]): Promise<void>;
  /** Everything under way comes to rest, the clock moves, and everything comes to rest again. */
  moveTo(instant: string): Promise<void>;
  settled(): Promise<void>;
  /** Resolves once somebody answers. */
  up(): Promise<void>;
  /** The most memory that this life has held so far, in megabytes. */
  peakMegabytes(): number;
  /** Says of what they die from now on; the life that is lived now is ended first. */
  arm(death: Death): void;
  close(): Promise<void>;
}

interface Process {
  child: ChildProcess;
  loaded: Promise<void>;
}

/** Loads ahead: what a start costs is the opening of the folder alone. */
function load(): Process {
  const child = fork(join(import.meta.dirname, 'child.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // Each life compiles nothing that one before it has compiled.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'xingping-compiled') },
  });
  const loaded = new Promise<void>((resolve) => {
    child.on('message', (message: { loaded?: true }) => message.loaded && resolve());
  });
  return { child, loaded };
}

export async function openLives(options: LivesOptions): Promise<Lives> {
  const { dir } = options;
  const { port } = options;
  let death: Death = {};
  let arming = false;
  let timer: NodeJS.Timeout | undefined;
  let now = options.now;
  let deaths = 0;
  let closing = false;
  let isUp = false;
  let failure: Error | undefined;
  let spare = load();
  let current: ChildProcess;
  let up = Promise.withResolvers<Lives['where']>();
  const origin = `http://127.0.0.1:${port}`;

  const begin = async () => {
    const { child, loaded } = spare;
    current = child;
    child.once('exit', (code, signal) => {
      if (!closing) void end(child, code, signal);
    });
    await loaded;
    const opening: Opening = {
      dir,
      port,
      now,
      life: `${deaths}`,
      ...(death.dieAt && { dieAt: death.dieAt }),
    };
    child.on('message', (message: { opened?: string; where?: Lives['where'] }) => {
      if (!message.where) return;
      isUp = true;
      up.resolve(message.where);
      const time = death.lifetime?.();
      if (time !== undefined) timer = setTimeout(() => child.kill('SIGKILL'), time);
    });
    child.send({ open: opening });
    spare = load();
  };

  const end = async (_child: ChildProcess, code: number | null, signal: string | null) => {
    if (!arming) deaths++;
    arming = false;
    // Whoever waits already goes on waiting: many a life ends before it is up.
    if (isUp) up = Promise.withResolvers();
    isUp = false;
    up.promise.catch(() => undefined);
    try {
      if (signal !== 'SIGKILL') throw new Error(`it ended by itself: ${code ?? signal}`);
      await options.afterDeath?.(deaths);
      await begin();
    } catch (cause) {
      failure = cause instanceof Error ? cause : new Error(String(cause));
      up.reject(failure);
    }
  };

  let ids = 0;
  /** Asks until one life lives long enough to answer. */
  const ask = async (told: (id: number) => Told): Promise<void> => {
    for (;;) {
      await up.promise;
      const child = current;
      const id = ids++;
      const answered = await new Promise<boolean>((resolve) => {
        const hear = (message: { done?: number }) => message.done === id && settle(true);
        const gone = () => settle(false);
        const settle = (done: boolean) => {
          child.off('message', hear);
          child.off('exit', gone);
          resolve(done);
        };
        child.on('message', hear);
        child.once('exit', gone);
        if (child.exitCode !== null || child.signalCode !== null) return settle(false);
        child.send(told(id), (error) => error && settle(false));
      });
      if (answered) return;
      if (closing) throw new Error('it died while it was being closed');
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  const moveTo = (instant: string) => {
    if (instant > now) now = instant;
    return ask((id) => ({ moveTo: now, id }));
  };

  await begin();
  const where = await up.promise;
  return {
    origin,
    where,
    now: () => now,
    deaths: () => deaths,
    add: (accounts) => ask((id) => ({ add: accounts, id })),
    moveTo,
    settled: () => moveTo(now),
    async up() {
      await up.promise;
    },
    peakMegabytes: () => {
      const status = readFileSync(`/proc/${current.pid}/status`, 'utf8');
      return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    },
    arm(next) {
      death = next;
      clearTimeout(timer);
      if (!next.dieAt && !next.lifetime) return;
      arming = true;
      current.kill('SIGKILL');
    },
    async close() {
      closing = true;
      if (!failure) {
        await up.promise;
        await ask((id) => ({ close: true, id }));
      }
      for (const child of [current, spare.child]) child.kill('SIGKILL');
    },
  };
}
