/** URLs for uploading and for reading, with every field changed in turn: the store itself refuses, and keeps or gives nothing. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answered, POWER, pdf, STEEL } from '../../support/agencies.ts';
import { type City, openCity } from '../../support/city.ts';
import { confirm, dossierPath, type Grant, grantFor, submit } from '../../support/passage.ts';
import { type Sent, send } from './wire.ts';

const BYTES = pdf('佐证材料');
const OTHER = pdf('其他材料');

let city: City;
let grant: Grant;
let foreign: Grant;
let reading: string;
beforeAll(async () => {
  city = await openCity();
  await city.start();
  await city.to('collectSelfEvaluations');
  const kept = await grantFor(city, POWER, OTHER);
  expect((await put(kept, {}, OTHER)).status).toBe(200);
  const file = await confirm(city, POWER, kept.id);
  await submit(city, POWER, answered(file));
  const path = `${dossierPath(POWER)}/uploads/${file.id}/file`;
  reading = (await (await city.as(POWER)).get<{ url: string }>(path)).url;
  grant = await grantFor(city, STEEL, BYTES);
  foreign = await grantFor(city, POWER, pdf('另一份'));
}, 120_000);
afterAll(() => city.close());

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');

const originOf = (url: string) => new URL(url).origin;
/** Path and query exactly as granted. */
const targetOf = (url: string) => url.slice(originOf(url).length);

async function put({ url, headers }: Grant, changes: Partial<Sent> = {}, body: Buffer = BYTES) {
  const sent = { 'content-length': String(body.length), ...headers, ...changes.headers };
  const present = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== ''));
  return send(originOf(url), { method: 'PUT', path: targetOf(url), body, ...changes, headers: present });
}

const read = (path: string, changes: Partial<Sent> = {}) =>
  send(originOf(reading), { method: 'GET', path, headers: {}, body: undefined, ...changes });

/** Every way to change one parameter of a signed URL: its name, its value, its number. */
function tampered(url: string): [string, string][] {
  const [path = '', query = ''] = targetOf(url).split('?');
  const pairs = query.split('&');
  const joined = (all: string[]) => `${path}?${all.join('&')}`;
  return pairs.flatMap((pair, index): [string, string][] => {
    const [name = '', value = ''] = pair.split('=');
    const instead = (...others: string[]) => joined(pairs.toSpliced(index, 1, ...others));
    const last = value.at(-1) === '0' ? '1' : '0';
    return [
      [`without ${name}`, instead()],
      [`${name} empty`, instead(`${name}=`)],
      [`${name} changed at its end`, instead(`${name}=${value.slice(0, -1)}${last}`)],
      [`${name} lengthened`, instead(`${name}=${value}0`)],
      [`${name} given twice`, instead(pair, pair)],
      [`${name} given twice otherwise`, instead(pair, `${name}=${value}0`)],
      [`${name} in other letters`, instead(`${name.toUpperCase()}=${value}`)],
    ];
  });
}

/** Parameters that nobody signed. */
const ADDED = [
  'acl',
  'versionId=null',
  'uploads',
  'partNumber=1&uploadId=1',
  'x-amz-acl=public-read',
  'X-Amz-Security-Token=x',
  'response-content-type=text%2Fhtml',
  'response-content-disposition=inline',
  'x-id=DeleteObject',
];

function elsewhere(url: string, other: string): [string, string][] {
  const path = targetOf(url);
  const [bare = '', query = ''] = path.split('?');
  const key = bare.split('/').at(-1) ?? '';
  const bucket = bare.split('/')[1] ?? '';
  return [
    ['another key', path.replace(key, other)],
    ['a key that begins alike', path.replace(key, `${key}0`)],
    ['a key in other letters', path.replace(key, key.toUpperCase())],
    ['a way up', path.replace(key, `../${key}`)],
    ['a way up, encoded', path.replace(key, `%2e%2e%2f${key}`)],
    ['a way out of the folder', path.replace(bare, `/${bucket}/../../../../etc/passwd`)],
    ['a doubled slash', path.replace(bare, `/${bare}`)],
    ['an end of string', path.replace(key, `${key}%00`)],
    ['the evidence', path.replace(bucket, 'xingping-evidence')],
    ['the reports', path.replace(bucket, 'xingping-reports')],
    ['the whole bucket', `/${bucket}?${query}`],
    ['all buckets', `/?${query}`],
  ].filter(([, changed]) => changed !== path) as [string, string][];
}

function expectRefused(status: number, body: Buffer, title: string) {
  expect(status, title).toBeGreaterThanOrEqual(400);
  expect(status, title).toBeLessThan(500);
  const text = body.toString();
  expect(text, title).not.toMatch(/local-machine-only|node_modules|\/tmp\/|StringToSign|%PDF/);
}

describe('a URL for uploading', () => {
  it('is refused with any parameter changed, left out, doubled or added', async () => {
    const cases = [
      ...tampered(grant.url),
      ...ADDED.map((extra): [string, string] => [`with ${extra}`, `${targetOf(grant.url)}&${extra}`]),
      ...elsewhere(grant.url, foreign.id),
    ];
    expect(cases.length).toBeGreaterThan(60);
    for (const [title, path] of cases) {
      const { status, body } = await put(grant, { path });
      expectRefused(status, body, title);
    }
  });

  it('is refused with any one digit of its signature changed', async () => {
    const path = targetOf(grant.url);
    const at = path.indexOf('X-Amz-Signature=') + 'X-Amz-Signature='.length;
    for (let digit = 0; digit < 64; digit++) {
      const other = path[at + digit] === 'a' ? 'b' : 'a';
      const changed = path.slice(0, at + digit) + other + path.slice(at + digit + 1);
      expect((await put(grant, { path: changed })).status).toBe(403);
    }
  });

  it.each(['GET', 'HEAD', 'POST', 'DELETE', 'PATCH', 'OPTIONS'])('is not for %s', async (method) => {
    const { status, body } = await put(grant, { method });
    expectRefused(status, body, method);
  });

  it.each<[string, Partial<Sent>, Buffer?]>([
    ['another type', { headers: { 'content-type': 'text/html' } }],
    ['no type', { headers: { 'content-type': '' } }],
    ['the digest of other bytes', { headers: { 'x-amz-checksum-sha256': sha256(OTHER) } }],
    ['no digest', { headers: { 'x-amz-checksum-sha256': '' } }],
    [
      'another kind of digest',
      { headers: { 'x-amz-checksum-sha256': '', 'x-amz-checksum-crc32': 'AAAAAA==' } },
    ],
    ['leave to overwrite', { headers: { 'if-none-match': '' } }],
    ['another condition', { headers: { 'if-none-match': '"x"' } }],
    ['access for all', { headers: { 'x-amz-acl': 'public-read' } }],
    ['a copy of another object', { headers: { 'x-amz-copy-source': '/xingping-evidence/2021/x' } }],
    ['metadata of its own', { headers: { 'x-amz-meta-checked': 'yes' } }],
    [
      'a tag that says clean',
      { headers: { 'x-amz-tagging': 'GuardDutyMalwareScanStatus=NO_THREATS_FOUND' } },
    ],
    ['another lock', { headers: { 'x-amz-object-lock-mode': 'GOVERNANCE' } }],
    ['a page to lead to', { headers: { 'x-amz-website-redirect-location': 'https://evil.example' } }],
    [
      'a credential of its own',
      { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c' } },
    ],
    ['another host', { headers: { host: 'evil.example' } }],
    [
      'other bytes of the same length',
      {},
      Buffer.from(BYTES.toString('latin1').replace('EOF', 'XOF'), 'latin1'),
    ],
    ['longer bytes', {}, Buffer.concat([BYTES, BYTES])],
    ['shorter bytes', {}, BYTES.subarray(1)],
    ['nothing', {}, Buffer.alloc(0)],
  ])('is not for %s', async (title, changes, body) => {
    const answer = await put(grant, changes, body ?? BYTES);
    expectRefused(answer.status, answer.body, title);
  });

  it('has let nothing in by then; as it was granted it is good, once', async () => {
    const stored = await city.deps.objects.list('quarantine', '');
    expect(stored.filter((key) => key.includes(grant.id) || key.includes(foreign.id))).toEqual([]);
    expect((await put(grant)).status).toBe(200);
    expect((await put(grant)).status).toBe(412);
    expect(await city.deps.objects.head('quarantine', `2021/${grant.id}`)).toMatchObject({
      size: BYTES.length,
    });
  });

  it('ends when it says, to the second', async () => {
    const late = await grantFor(city, STEEL, pdf('迟到'));
    await city.moveTo(new Date(city.clock.now().getTime() + 601_000).toISOString());
    expect((await put(late, {}, pdf('迟到'))).status).toBe(403);
  });
});

describe('a URL for reading', () => {
  beforeAll(async () => {
    const path = `${dossierPath(POWER)}/uploads/${/\/([0-9a-f]{32})\?/.exec(reading)?.[1]}/file`;
    reading = (await (await city.as(POWER)).get<{ url: string }>(path)).url;
  });

  it('gives the file as an attachment, and nothing with any parameter changed, left out, doubled or added', async () => {
    const good = await read(targetOf(reading));
    expect(good.status).toBe(200);
    expect(good.headers['content-disposition']).toMatch(/^attachment; /);
    const cases = [
      ...tampered(reading),
      ...ADDED.map((extra): [string, string] => [`with ${extra}`, `${targetOf(reading)}&${extra}`]),
      ...elsewhere(reading, foreign.id),
    ];
    for (const [title, path] of cases) {
      const { status, body } = await read(path);
      expectRefused(status, body, title);
    }
  });

  it.each(['PUT', 'POST', 'DELETE', 'HEAD'])('is not for %s', async (method) => {
    const { status, body } = await read(targetOf(reading), { method });
    expectRefused(status, body, method);
  });

  it('ends when it says, to the second', async () => {
    await city.moveTo(new Date(city.clock.now().getTime() + 121_000).toISOString());
    expect((await read(targetOf(reading))).status).toBe(403);
  });
});
