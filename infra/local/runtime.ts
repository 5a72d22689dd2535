/**
 * The whole system in one process on loopback: the same handlers, the same state machine file and the same clients as on
 * AWS, with embedded services behind them and everything kept in one folder.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { FUNCTIONS } from '../../functions/catalogue.ts';
import type { Clients } from '../../functions/container.ts';
import type { Deps, Notifier, ReadTables, RenderDocument } from '../../shared/app/ports.ts';
import { RUN_NAMES } from '../../shared/domain/gates.ts';
import { filledDefinition, placeholders } from '../definition.ts';
import type { TimerClock } from './clock.ts';
import { claimFolder } from './data-format.ts';
import { createTables, serveDynamoDB } from './dynamodb/dynamodb.ts';
import { openFront } from './front.ts';
import { type Invoke, localFunctions } from './functions.ts';
import { openHttpApi } from './http-api/http-api.ts';
import { fileLog } from './log.ts';
import { type Login, openLogin } from './login/login.ts';
import { BUCKETS, CREDENTIALS, FILES, REGION, TABLE } from './names.ts';
import { openPortal } from './portal/portal.ts';
import type { Use } from './roles.ts';
import { clockedS3Client } from './s3/clocked-client.ts';
import { serveObjectStore } from './s3/object-store.ts';
import { openSchedules } from './schedule/schedules.ts';
import { deployStateMachine } from './state-machine.ts';
import { serveStepFunctions } from './step-functions/index.ts';

export interface RuntimeOptions {
  /** The folder of all data. Used by one process at a time. */
  dir: string;
  clock: TimerClock;
  random: () => number;
  randomBytes: Deps['randomBytes'];
  /** When the yearly cycle starts, for instance `cron(0 9 1 3 ? *)`, in China's time. */
  yearlyStart: string;
  /** The port of API and login; 0 takes a free one. Storage takes another free one. */
  port: number;
  /** Carries messages out; without one they are in the inboxes alone. */
  notifier?: Notifier;
  /** For data that are thrown away: nothing is synced to disk, and the workflow is kept in memory. */
  volatile?: boolean;
  /** Told of every call of AWS that a function makes. */
  onUse?: (use: Use) => void;
  /** Looks on: for measurements. */
  observer?: Observer;
  /** What looks for malware in uploads, as the functions' SCANNER says it; nothing does if absent. */
  scanner?: string | undefined;
}

export interface Observer {
  /** Given the functions' clients before their first call. */
  clients(clients: Clients): void;
  /** Told of every invocation of a function that has ended, well or not. */
  invoked(functionName: string, milliseconds: number): void;
  /** The last moment at which everything still answers. */
  closing(): Promise<void>;
}

export interface Runtime {
  /** `http://127.0.0.1:4600` */
  origin: string;
  /** The issuer, the client and the redirect that a script signs in with. */
  signIn: { issuer: string; clientId: string; redirectUri: string };
  accounts: Login['accounts'];
  /** Resolves when nothing is under way: everything waits for a person or for time. */
  settled(): Promise<void>;
  /** When the yearly cycle starts next. */
  nextStart(): Date;
  close(): Promise<void>;
}

const ACCOUNT = '000000000000';
const AUDIENCE = 'urn:xingping:api';
const CLIENT_ID = 'xingping-portal';
const STATE_MACHINE_ARN_PREFIX = `arn:aws-cn:states:${REGION}:${ACCOUNT}:stateMachine:`;
const PORTAL = fileURLToPath(new URL('../../web/dist', import.meta.url));
const FONTS_DIR = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Loaded with the first table that somebody uploads. */
const readTables: ReadTables = async (fileName, bytes) => {
  const { readUploadedTables } = await import('../../shared/adapters/uploaded-tables.ts');
  return readUploadedTables(fileName, bytes);
};

/** What renders documents is loaded with the first document: starting takes no longer for it. */
const render: RenderDocument = async (document) => {
  const { rendererFor } = await import('../../shared/adapters/render-documents.ts');
  return rendererFor(FONTS_DIR)(document);
};

const MAX_UPLOAD_BODY = 10 * 1024 * 1024;

export async function openRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { dir, clock, random, randomBytes, volatile = false } = options;
  mkdirSync(dir, { recursive: true });
  if (!volatile) claimFolder(dir);
  const file = (name: string) => (volatile ? ':memory:' : join(dir, name));
  const log = fileLog(join(dir, FILES.log), clock);
  const front = await openFront(options.port, (cause) => log.error('REQUEST_FAILED', {}, cause));
  const { origin } = front;

  const dynamodb = await serveDynamoDB({ path: join(dir, FILES.dynamodb) });
  const storage = await serveObjectStore({
    root: join(dir, FILES.storage),
    clock,
    credentials: CREDENTIALS,
    region: REGION,
    allowedOrigins: [origin],
    durable: !volatile,
  });
  storage.createBucket(BUCKETS.quarantine);
  storage.createBucket(BUCKETS.evidence, { versioned: true });
  storage.createBucket(BUCKETS.reports, { objectLock: true });

  // The engine calls functions, and functions call the engine: the clients are made once it listens. What it goes on with
  // after a restart waits for them.
  const functions = Promise.withResolvers<Invoke>();
  const invoke: Invoke = async (name, payload) => (await functions.promise)(name, payload);
  const workflow = await serveStepFunctions({
    file: file(FILES.stepFunctions),
    clock,
    random,
    invoke,
    region: REGION,
    accountId: ACCOUNT,
    partition: 'aws-cn',
  });
  const aws = { region: REGION, credentials: CREDENTIALS };
  const clients = {
    dynamodb: new DynamoDBClient({ ...aws, endpoint: dynamodb.endpoint }),
    s3: clockedS3Client(clock, { ...aws, endpoint: storage.endpoint }),
    stepFunctions: new SFNClient({ ...aws, endpoint: workflow.endpoint }),
  };
  const env = {
    TABLE,
    QUARANTINE_BUCKET: BUCKETS.quarantine,
    EVIDENCE_BUCKET: BUCKETS.evidence,
    REPORTS_BUCKET: BUCKETS.reports,
    STATE_MACHINE_ARN_PREFIX,
    SCANNER: options.scanner ?? 'none',
    FONTS_DIR,
    // There is no topic on one machine: messages go through the notifier of the options.
    TOPIC_ARN: 'none',
    MAIL_SECRET: 'none',
  };
  await createTables(clients.dynamodb, [recordsTable()]);
  const messages = options.notifier ? 'outbox' : 'inbox';
  const surroundings = {
    clock,
    randomBytes,
    log,
    render,
    readTables,
    messages,
    notifier: options.notifier,
  } as const;
  options.observer?.clients(clients);
  functions.resolve(timed(localFunctions(clients, env, surroundings, options.onUse), options.observer));
  for (const run of RUN_NAMES) {
    const definition = filledDefinition(run, { Partition: 'aws-cn', ...placeholders(run) });
    await deployStateMachine(clients.stepFunctions, run, STATE_MACHINE_ARN_PREFIX + run, definition);
  }

  const issuer = `${origin}/oidc`;
  const redirectUri = `${origin}/signed-in`;
  const login = openLogin({
    file: file(FILES.login),
    clock,
    issuerUrl: issuer,
    clients: [{ clientId: CLIENT_ID, redirectUris: [redirectUri], postLogoutRedirectUris: [`${origin}/`] }],
    audience: AUDIENCE,
  });
  const api = openHttpApi({
    routes: apiRoutes(),
    authorizer: { issuer, audience: AUDIENCE, keys: new URL(`${issuer}/jwks`) },
    invoke,
    clock,
    allowedOrigins: [origin],
    maxBodyBytes: MAX_UPLOAD_BODY,
    onFailure: (name, cause) => log.error('FUNCTION_FAILED', { function: name }, cause),
  });
  const portal = openPortal({
    dir: PORTAL,
    config: { api: '/api', issuer, clientId: CLIENT_ID, scope: 'openid profile' },
    connectTo: [new URL(storage.endpoint).origin],
  });
  front.handle(async (request, response) => {
    const path = request.url ?? '/';
    if (path === '/oidc' || path.startsWith('/oidc/')) return login.callback(request, response);
    if (path.startsWith('/api/')) {
      request.url = path.slice('/api'.length);
      return api.handle(request, response);
    }
    portal(request, response);
  });

  const schedules = openSchedules({
    file: file(FILES.schedules),
    clock,
    schedules: [
      { ...yearly(options.yearlyStart), target: async (event) => void (await invoke('start-cycle', event)) },
      { ...HOURLY, target: async (event) => void (await invoke('sweep-gates', event)) },
      { ...UPLOADS, target: async (event) => void (await invoke('sweep-uploads', event)) },
    ],
  });

  // What a kill left between two writes goes on at once, not at the next full hour.
  const caughtUp = invoke('sweep-gates', { scheduledTime: clock.now().toISOString() }).catch((cause) =>
    log.error('FUNCTION_FAILED', { function: 'sweep-gates' }, cause),
  );

  return {
    origin,
    signIn: { issuer, clientId: CLIENT_ID, redirectUri },
    accounts: login.accounts,
    nextStart: () => schedules.next('yearly-start'),
    async settled() {
      await caughtUp;
      // A schedule's target may start the workflow, so the order matters; a second look sees what the first set off.
      for (let look = 0; look < 2; look++) {
        await schedules.settled();
        await workflow.settled();
      }
    },
    async close() {
      await caughtUp;
      await options.observer?.closing();
      schedules.close();
      await front.close();
      await workflow.close();
      login.close();
      await storage.close();
      for (const client of Object.values(clients)) client.destroy();
      await dynamodb.close();
    },
  };
}

function timed(invoke: Invoke, observer: Observer | undefined): Invoke {
  if (!observer) return invoke;
  return async (functionName, payload) => {
    const start = performance.now();
    try {
      return await invoke(functionName, payload);
    } finally {
      observer.invoked(functionName, performance.now() - start);
    }
  };
}

const TIMEZONE = 'Asia/Shanghai';
const HOURLY = { name: 'hourly-sweep', expression: 'rate(1 hour)', timezone: TIMEZONE };
const UPLOADS = { ...HOURLY, name: 'hourly-upload-sweep' };
const yearly = (expression: string) => ({ name: 'yearly-start', expression, timezone: TIMEZONE });

function recordsTable() {
  return {
    TableName: TABLE,
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' as const },
      { AttributeName: 'sk', KeyType: 'RANGE' as const },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' as const },
      { AttributeName: 'sk', AttributeType: 'S' as const },
    ],
    BillingMode: 'PAY_PER_REQUEST' as const,
  };
}

function apiRoutes() {
  return Object.entries(FUNCTIONS).flatMap(([functionName, { routes }]) =>
    routes.map(({ key, roles, limit }) => ({
      routeKey: key,
      functionName,
      authorization: roles === 'public' ? ('NONE' as const) : ('JWT' as const),
      limit,
    })),
  );
}
