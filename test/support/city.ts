/** A small city on the embedded runtime: its people, its clock, and the way from gate to gate over HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { FUNCTIONS } from '../../functions/catalogue.ts';
import { environment } from '../../functions/environment.ts';
import { type MovableClock, movableClock } from '../../infra/local/clock.ts';
import { ApiRefusal, apiClient, type Client } from '../../infra/local/drive/client.ts';
import { seededRandom } from '../../infra/local/drive/seeded.ts';
import type { CycleView } from '../../infra/local/drive/year.ts';
import { signIn } from '../../infra/local/login/sign-in.ts';
import { openRuntime, type Runtime } from '../../infra/local/runtime.ts';
import type { Deps, Notifier } from '../../shared/app/ports.ts';
import { readCycle, readDossier } from '../../shared/app/records.ts';
import { expectDone } from '../../shared/app/refusal.ts';
import type { Agency } from '../../shared/domain/agency.ts';
import type { Cycle } from '../../shared/domain/cycle.ts';
import type { Dossier } from '../../shared/domain/dossier.ts';
import type { GateName } from '../../shared/domain/gates.ts';
import type { Actor, Role } from '../../shared/domain/history.ts';
import { EXCLUDED, registryFile, SMALL_CITY, YEAR } from './agencies.ts';
import { holdingToDeclared } from './declared-answers.ts';
import { pass } from './passage.ts';
import { useBook } from './uses.ts';

export interface CityOptions {
  agencies?: Agency[];
  settings?: object;
  /** Agencies that file nothing. */
  silent?: string[];
  /** What looks for malware; nothing if absent. */
  scanner?: string;
  /** Carries messages out of the city. */
  notifier?: Notifier;
  /** A folder in which the city keeps its data; in memory without it. */
  dir?: string;
  /** A clock that does more than move on. */
  clock?: MovableClock;
}

/** A city as the people see it who work on its year, wherever it runs. */
export interface Town {
  runtime: Pick<Runtime, 'settled'>;
  /** The year that everybody works on. */
  year: number;
  silent: string[];
  /** Somebody by account: `approver-1`, or an agency by filing number. Signed in at first use. */
  as(account: string): Promise<Client>;
  cycle(): Promise<Cycle>;
  dossier(filingNumber: string): Promise<Dossier>;
  /** Decides the gate that waits. */
  decide(account: string, verdict: string, changes?: object): Promise<CycleView>;
  moveTo(instant: string): Promise<void>;
}

export interface City extends Town {
  runtime: Runtime;
  clock: MovableClock;
  /** What the API's functions are given: the same store, storage and workflow as the running city's. */
  deps: Deps;
  /** While it is cut, the API cannot reach the workflow. */
  wire: { cut: boolean };
  tokenOf(account: string): Promise<string>;
  /** What the person types at the issuer's page; their username is the account. */
  passwordOf(account: string): Promise<string>;
  /** Gives the account another role. Whoever was signed in before still holds a token of the old one. */
  reappoint(account: string, role: Exclude<Role, 'agency' | 'system'>): Promise<Client>;
  view(account?: string): Promise<CycleView>;
  start(year?: number): Promise<void>;
  /** Everybody does their part until this gate waits, then for the `attempt`-th time. */
  to(gate: GateName, attempt?: number): Promise<void>;
  toEnd(): Promise<CycleView>;
  /** An hour passes, and the sweep comes by. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** `handler-2` is a handler; a filing number is an agency. */
export function roleOf(account: string): Exclude<Role, 'system'> {
  const [role = ''] = account.split('-');
  const staff = ['handler', 'inspector', 'approver', 'director', 'auditor'] as const;
  return staff.find((one) => one === role) ?? 'agency';
}

export function actor(account: string, role: Role = roleOf(account)): Actor {
  return { id: account, name: account, role };
}

export async function openCity(options: CityOptions = {}): Promise<City> {
  const { agencies = SMALL_CITY, settings = {}, silent = [], scanner, notifier } = options;
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'xingping-city-'));
  const { random, randomBytes } = seededRandom('小城');
  const passwords = new Map<string, string>();
  const tokens = new Map<string, Promise<string>>();
  const wire = { cut: false };
  const uses = useBook();

  const clock = options.clock ?? movableClock(new Date('2022-02-28T01:00:00Z'));
  const yearlyStart = 'cron(0 9 1 3 ? *)';
  const runtime = await openRuntime({
    dir,
    clock,
    random,
    randomBytes,
    yearlyStart,
    port: 0,
    volatile: options.dir === undefined,
    ...(notifier && { notifier }),
    onUse: uses.note,
    scanner,
  });
  const enter = async (account: string, role: Exclude<Role, 'system'>): Promise<string> => {
    const { accounts, signIn: where } = city.runtime;
    if (!passwords.has(account)) {
      const agency = role === 'agency' ? { agency: account } : {};
      const added = await accounts.add({ id: account, username: account, name: account, role, ...agency });
      passwords.set(account, added.password);
    }
    const password = passwords.get(account) ?? '';
    return (await signIn({ ...where, username: account, password })).access_token;
  };
  const tokenOf = (account: string) => {
    const token = tokens.get(account) ?? enter(account, roleOf(account));
    tokens.set(account, token);
    return token;
  };

  const city: City = {
    runtime,
    clock,
    year: YEAR,
    silent,
    deps: undefined as unknown as Deps,
    wire,
    tokenOf,
    async passwordOf(account) {
      await tokenOf(account);
      return passwords.get(account) ?? '';
    },
    as: async (account) => holdingToDeclared(apiClient(city.runtime.origin, await tokenOf(account))),
    async reappoint(account, role) {
      await tokenOf(account);
      city.runtime.accounts.remove(account);
      passwords.delete(account);
      tokens.set(account, enter(account, role));
      return city.as(account);
    },
    view: async (account = 'auditor-1') => (await city.as(account)).get(`/cycles/${city.year}`),
    cycle: async () => expectDone(await readCycle(city.deps, city.year)),
    dossier: async (filingNumber) => expectDone(await readDossier(city.deps, city.year, filingNumber)),
    async decide(account, verdict, changes = {}) {
      const { gate } = await city.cycle();
      const path = `/cycles/${city.year}/gates/${gate?.gate}/decision`;
      const body = { attempt: gate?.attempt, verdict, reason: '按规定办理', ...changes };
      const view = await (await city.as(account)).post<CycleView>(path, body);
      await city.runtime.settled();
      return view;
    },
    async start(year = YEAR) {
      city.year = year;
      await (await city.as('handler-1')).post('/cycles', { year });
      await city.runtime.settled();
    },
    async to(gate, attempt = 1) {
      for (let gates = 0; gates < 30; gates++) {
        const { status, gate: at } = await city.cycle();
        if (status !== 'open') throw new Error(`the year is ${status}, not at ${gate}`);
        if (at?.gate === gate && at.attempt >= attempt && !at.decision) return;
        await pass(city);
      }
      throw new Error(`${gate} was never reached`);
    },
    async toEnd() {
      while ((await city.cycle()).status === 'open') await pass(city);
      return city.view();
    },
    async moveTo(instant) {
      await city.runtime.settled();
      city.clock.moveTo(new Date(instant));
      await city.runtime.settled();
    },
    sweep: () => city.moveTo(new Date(city.clock.now().getTime() + 3_600_000).toISOString()),
    async close() {
      await city.runtime.close();
      if (options.dir === undefined) rmSync(dir, { recursive: true, force: true });
      uses.close();
    },
  };

  await watchDeps(city);
  const handler = await city.as('handler-1');
  const exclusions = agencies
    .filter(({ filingNumber }) => filingNumber === EXCLUDED)
    .map(({ filingNumber }) => ({ filingNumber, reason: '省中心抽查评估' }));
  const sampling = { percent: 0, atLeast: 2 };
  const centre = { centre: '淮河市职业技能鉴定中心', city: '淮河市', exclusions, sampling, ...settings };
  await handler.put('/profile', { settings: centre });
  if (agencies.length === 0) return city;
  const file = registryFile(agencies);
  const { digest } = await handler.post<{ digest: string }>('/agencies/import-preview', file);
  await handler.post('/agencies/import', { ...file, digest });
  return city;
}

/** A city for one test. */
export async function aCity(options: CityOptions = {}): Promise<City> {
  const city = await openCity(options);
  onTestFinished(city.close);
  return city;
}

/** Looks at what the runtime gives the function behind the cycles' routes, and puts a switch into its line to the workflow. */
async function watchDeps(city: City): Promise<void> {
  const entry = FUNCTIONS['serve-cycles'];
  if (!entry) throw new Error('the catalogue has no serve-cycles');
  const env = environment(
    'TABLE',
    'QUARANTINE_BUCKET',
    'EVIDENCE_BUCKET',
    'REPORTS_BUCKET',
    'STATE_MACHINE_ARN_PREFIX',
    'SCANNER',
  );
  FUNCTIONS['serve-cycles'] = {
    ...entry,
    env,
    makeHandler(deps) {
      city.deps = deps;
      return entry.makeHandler({ ...deps, workflow: switched(deps.workflow, city.wire) });
    },
  };
  try {
    await (await city.as('auditor-1')).get('/profile');
  } finally {
    FUNCTIONS['serve-cycles'] = entry;
  }
}

function switched({ start, succeed }: Deps['workflow'], wire: City['wire']): Deps['workflow'] {
  const through = () => {
    if (wire.cut) throw new Error('the line to the workflow is cut');
  };
  return {
    async start(run, name, input) {
      through();
      await start(run, name, input);
    },
    async succeed(token, output) {
      through();
      return succeed(token, output);
    },
  };
}

/** What the API refused; fails when it did not. */
export async function refusalOf(call: Promise<unknown>) {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof ApiRefusal)) throw new Error('was not refused', { cause: outcome });
  const { status, code, message } = outcome;
  return { status, code, message };
}
