/** A small city on the deployed stack: the same people at the same API, with a real clock instead of a movable one. */
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { apiClient, type Client } from '../../../infra/local/drive/client.ts';
import type { CycleView } from '../../../infra/local/drive/year.ts';
import { openLogin } from '../../../infra/local/login/login.ts';
import { signIn } from '../../../infra/local/login/sign-in.ts';
import { documentClient, dynamoHistories } from '../../../shared/adapters/dynamodb.ts';
import { systemClock } from '../../../shared/app/clock.ts';
import type { RecordKey } from '../../../shared/app/ports.ts';
import { cycleKind, dossierKind, genesisOf, keys } from '../../../shared/app/records.ts';
import { cycleOf } from '../../../shared/domain/cycle.ts';
import { dossierOf } from '../../../shared/domain/dossier-of.ts';
import { brokenAt } from '../../../shared/domain/history.ts';
import { waitingGate } from '../../../shared/domain/run.ts';
import { roleOf, type Town } from '../../support/city.ts';
import { type Emulator, inRegion } from './emulator.ts';

const CLIENT_ID = 'xingping-portal';
const AUDIENCE = 'urn:xingping:api';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** One loopback origin: the issuer under `/oidc`, the deployed API under `/api`. */
export async function openFront() {
  let listener: Listener = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${origin}/oidc`;
  const redirectUri = `${origin}/signed-in`;
  const login = openLogin({
    file: ':memory:',
    clock: systemClock,
    issuerUrl: issuer,
    clients: [{ clientId: CLIENT_ID, redirectUris: [redirectUri], postLogoutRedirectUris: [`${origin}/`] }],
    audience: AUDIENCE,
  });
  const passwords = new Map<string, string>();
  return {
    origin,
    issuer,
    /** Sends what is under `/api` to the emulator, as its API's own host name would. */
    pointTo({ endpoint }: Emulator, apiUrl: string) {
      const [id = ''] = new URL(apiUrl).hostname.split('.');
      const { hostname, port } = new URL(endpoint);
      listener = (request, response) => {
        if (request.url?.startsWith('/oidc')) return void login.callback(request, response);
        const headers = { ...request.headers, host: `${id}.execute-api.localhost:${port}` };
        const { method, url: path } = request;
        const onward = httpRequest({ hostname, port, method, path, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        });
        onward.on('error', () => response.writeHead(502).end());
        request.pipe(onward);
      };
    },
    async tokenOf(account: string): Promise<string> {
      const role = roleOf(account);
      if (!passwords.has(account)) {
        const agency = role === 'agency' ? { agency: account } : {};
        const { password } = await login.accounts.add({
          id: account,
          username: account,
          name: account,
          role,
          ...agency,
        });
        passwords.set(account, password);
      }
      const password = passwords.get(account) ?? '';
      return (await signIn({ issuer, clientId: CLIENT_ID, redirectUri, username: account, password }))
        .access_token;
    },
    close() {
      login.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
type Front = Awaited<ReturnType<typeof openFront>>;

/** The records as they lie in the deployed table. */
async function recordsOf({ endpoint }: Emulator, region: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const histories = dynamoHistories(documentClient(client), TableNames[0] ?? '');
  return async (key: RecordKey) => {
    const stored = await histories.read(key);
    if (!stored) throw new Error(`there is no ${key.pk}/${key.sk}`);
    const broken = brokenAt(stored.entries, genesisOf(key));
    if (broken !== undefined) throw new Error(`${key.pk}/${key.sk} does not hold at ${broken}`);
    return stored.entries;
  };
}

export async function openTown(emulator: Emulator, front: Front, year: number, region: string) {
  const read = await recordsOf(emulator, region);
  const clients = new Map<string, Promise<Client>>();
  const enter = async (account: string) => apiClient(front.origin, await front.tokenOf(account));
  const as: Town['as'] = (account) => {
    const client = clients.get(account) ?? enter(account);
    clients.set(account, client);
    return client;
  };
  const cycle: Town['cycle'] = async () =>
    cycleOf((await read(keys.cycle(year))).map((entry) => cycleKind.schema.parse(entry)));

  /** Until the workflow has come to the next gate, or to its end. */
  async function settled(): Promise<void> {
    for (let tries = 0; tries < 240; tries++) {
      const now = await cycle();
      if (now.status !== 'open' || waitingGate(now)) return;
      await sleep(250);
    }
    throw new Error(`the workflow has not gone on: ${JSON.stringify((await cycle()).history.at(-1))}`);
  }

  async function invoke(name: string, payload: object): Promise<void> {
    const headers = inRegion('lambda');
    const { Functions } = (await (
      await fetch(`${emulator.endpoint}/2015-03-31/functions/`, { headers })
    ).json()) as {
      Functions: { FunctionName: string }[];
    };
    const found = Functions.find(({ FunctionName }) => FunctionName.includes(name.replaceAll('-', '')));
    const address = `${emulator.endpoint}/2015-03-31/functions/${found?.FunctionName}/invocations`;
    const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(payload) });
    if (!response.ok || response.headers.has('x-amz-function-error')) {
      throw new Error(`${name} failed: ${await response.text()}`);
    }
  }

  const town: Town = {
    runtime: { settled },
    year,
    silent: [],
    as,
    cycle,
    dossier: async (filingNumber) =>
      dossierOf(
        year,
        (await read(keys.dossier(year, filingNumber))).map((entry) => dossierKind.schema.parse(entry)),
      ),
    async decide(account, verdict, changes = {}) {
      const { gate } = await cycle();
      const body = { attempt: gate?.attempt, verdict, reason: '按规定办理', ...changes };
      const path = `/cycles/${year}/gates/${gate?.gate}/decision`;
      const view = await (await as(account)).post<CycleView>(path, body);
      await settled();
      return view;
    },
    // The clock is the world's: what an operator does instead is to move the deadline, and the sweep finds it passed.
    async moveTo() {
      const gate = waitingGate(await cycle());
      const deadline = new Date(Date.now() + 2_000).toISOString();
      await (await as('handler-1')).put(`/cycles/${year}/gates/${gate?.gate}/deadline`, {
        deadline,
        reason: '检验环境提前结束',
      });
      await sleep(2_500);
      await invoke('sweep-gates', {});
      await settled();
    },
  };
  return { ...town, invoke };
}
