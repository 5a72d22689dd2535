/** Messages on the wire: a mail for each address through a mail server, and a publication to a topic. */
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { expect, it, onTestFinished } from 'vitest';
import { secretMailNotifier } from '../../shared/adapters/secret-mail.ts';
import { smtpNotifier } from '../../shared/adapters/smtp.ts';
import { snsNotifier } from '../../shared/adapters/sns.ts';
import { compose } from '../../shared/domain/messages.ts';

const MESSAGE = compose(
  'cycleCancelled',
  { role: 'handler' },
  { at: '2022-03-01T01:00:00.000Z', of: 'x', about: { year: 2021 } },
  { year: 2021 },
);

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

interface Mail {
  to: string;
  content: string;
}

/** A mail server that takes every mail, or refuses every recipient. */
async function mailServer(refuses = false) {
  const mails: Mail[] = [];
  const server = createServer((socket) => void converse(socket, refuses, mails));
  return { url: `smtp://127.0.0.1:${await listen(server)}`, mails };
}

async function converse(socket: Socket, refuses: boolean, mails: Mail[]): Promise<void> {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let to = '';
  let lines: string[] | undefined;
  say('220 mail');
  for await (const line of createInterface(socket)) {
    if (lines && line !== '.') lines.push(line);
    else if (lines) {
      mails.push({ to, content: lines.join('\n').replace(/\n[ \t]+/g, ' ') });
      lines = undefined;
      say('250 taken');
    } else if (line === 'DATA') {
      lines = [];
      say('354 go on');
    } else {
      to = /^RCPT TO:<(.*)>/.exec(line)?.[1] ?? to;
      say(refuses && line.startsWith('RCPT') ? '550 nobody' : '250 ok');
    }
  }
}

it('mails each address on its own, with an id that a receiver can drop doubles by', async () => {
  const { url, mails } = await mailServer();
  const notifier = smtpNotifier(url, 'centre@example.org');
  await notifier.send(MESSAGE, ['one@example.org', 'two@example.org']);
  await notifier.send(MESSAGE, []);
  expect(mails.map(({ to }) => to)).toEqual(['one@example.org', 'two@example.org']);
  const ids = mails.map(({ content }) => /^Message-ID: (.*)$/im.exec(content)?.[1]);
  expect(ids[0]).toMatch(/^<2022-03-01T01\.00\.00\.000Z\.[0-9a-f]{32}@xingping>$/);
  expect(ids[1]).toBe(ids[0]);
  const [first] = mails;
  expect(first?.content).toContain('From: centre@example.org');
  expect(first?.content).not.toContain('two@example.org');
  const encoded = first?.content.split('\n\n').slice(1).join('') ?? '';
  expect(Buffer.from(encoded, 'base64').toString()).toContain('2021年度星级评估已经取消');
});

it('fails when the mail server refuses', async () => {
  const { url } = await mailServer(true);
  await expect(smtpNotifier(url, 'centre@example.org').send(MESSAGE, ['x@example.org'])).rejects.toThrow();
});

it('mails through the server that the secret names, read anew after a failure', async () => {
  const { url, mails } = await mailServer();
  const { url: refusing } = await mailServer(true);
  const secrets = [refusing, url].map((server) => JSON.stringify({ server, from: 'centre@example.org' }));
  const asked: unknown[] = [];
  const server = createHttpServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push(JSON.parse(body));
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ SecretString: secrets[asked.length - 1] }));
  });
  const endpoint = `http://127.0.0.1:${await listen(server)}`;
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new SecretsManagerClient({ region: 'cn-north-1', endpoint, credentials });
  const notifier = secretMailNotifier(client, 'mail');
  await expect(notifier.send(MESSAGE, ['one@example.org'])).rejects.toThrow();
  await notifier.send(MESSAGE, ['one@example.org']);
  await notifier.send(MESSAGE, ['two@example.org']);
  expect(mails.map(({ to }) => to)).toEqual(['one@example.org', 'two@example.org']);
  expect(asked).toEqual([{ SecretId: 'mail' }, { SecretId: 'mail' }]);
});

it('publishes to the topic with what subscriptions filter by', async () => {
  const bodies: string[] = [];
  const server = createHttpServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    response.setHeader('content-type', 'text/xml');
    response.end(
      '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
    );
  });
  const endpoint = `http://127.0.0.1:${await listen(server)}`;
  const client = new SNSClient({
    region: 'cn-north-1',
    endpoint,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  await snsNotifier(client, 'arn:aws-cn:sns:cn-north-1:000000000000:messages').send(MESSAGE, []);
  const published = new URLSearchParams(bodies[0]);
  expect(published.get('TopicArn')).toMatch(/:messages$/);
  expect(JSON.parse(published.get('Message') ?? '')).toMatchObject({
    id: MESSAGE.id,
    kind: 'cycleCancelled',
    to: { role: 'handler' },
  });
  expect([...published.values()]).toContain('cycleCancelled');
});
