/** Requests made from the routes' own schemas, and then broken in every way that we can think of. */
import fc from 'fast-check';
import type { Route } from '../../../functions/api.ts';
import { YEAR } from '../../support/agencies.ts';
import { namesIn } from './asking.ts';
import { valuesOf } from './bodies.ts';

const LONG = '长'.repeat(2000);

/** Texts that have broken something somewhere. */
export const NASTY = [
  '',
  ' ',
  '\0',
  '\u0001\u001f\u007f',
  '\r\nset-cookie: a=b\r\n\r\n<html>',
  '\u202e\u2066反转',
  '\ufeff\ufffe\uffff',
  '\ud800',
  '𠮷👩‍👩‍👧‍👦é́́́',
  'ｉｄ＝１＇',
  LONG,
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "=cmd|' /C calc'!A0",
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  'file:///etc/passwd',
  '%2e%2e%2f%00',
  '{{7*7}} ${7*7} {% $states %}',
  "' OR '1'='1",
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '[object Object]',
  'NaN',
  '1e400',
  '-0',
  '9'.repeat(400),
  '0x7e5',
  '2021-02-30',
  '2022-01-01T00:00:00Z',
  'S000034040003#x',
  'READ#handler-1#',
];

const nastyValue = fc.oneof(
  fc.constantFrom<unknown>(...NASTY),
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, [], {}, [[]], [null], {
    a: { b: [] },
  }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Keys under which a careless merge would reach every object of the process. */
const POISON = ['__proto__', 'constructor', 'prototype', 'toString', 'length', '$ref', ''];

type Place = (string | number)[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null || at.length > 6) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))];
}

function changedAt(value: unknown, [first, ...rest]: Place, change: (before: unknown) => unknown): unknown {
  if (first === undefined) return change(value);
  const copy = (Array.isArray(value) ? [...value] : { ...Object(value) }) as Record<string, unknown>;
  copy[first] = changedAt(copy[first], rest, change);
  return copy;
}

const withKey = (key: string, inner: unknown) => (before: unknown) => {
  const copy = Array.isArray(before) ? { ...before } : { ...Object(before) };
  // As JSON.parse does it: an own property, whatever its name.
  Object.defineProperty(copy, key, { value: inner, enumerable: true, configurable: true, writable: true });
  return copy;
};

const change = fc.oneof(
  nastyValue.map((value) => () => value),
  fc.tuple(fc.constantFrom(...POISON), nastyValue).map(([key, value]) => withKey(key, value)),
  fc.constant(withKey('__proto__', { polluted: true, role: 'director' })),
  fc.constant((before: unknown) => [before, before, before]),
  fc.constant(() => undefined),
);

/** A value of the schema with one to three places changed. */
function broken(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const changes = fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 3 });
  return fc.tuple(values, changes).map(([value, all]) => {
    const result = all.reduce<unknown>((rest, [pick, apply]) => {
      const places = placesIn(rest);
      return changedAt(rest, places[pick % places.length] ?? [], apply);
    }, value);
    return JSON.stringify(result) ?? '';
  });
}

/** What is no JSON, or hardly. */
const RAW = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '{"a":1,}',
    '\ufeff{}',
    'null',
    'true',
    '[]',
    '""',
    '{"a":1,"a":2}',
    '{"year":2021}{"year":2021}',
    "{'year':2021}",
    'NaN',
    '<xml/>',
    'year=2021',
    '[1e999]',
    '"\\ud800"',
    '['.repeat(20_000),
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
    `${'{"items":'.repeat(5000)}1${'}'.repeat(5000)}`,
  ),
  fc.string({ unit: 'binary' }),
);

export type Body = { text: string } | { bytes: Uint8Array } | undefined;

export const bodyBytes = (body: Body): Buffer | undefined =>
  body && ('text' in body ? Buffer.from(body.text) : Buffer.from(body.bytes));

function bodies({ body }: Route): fc.Arbitrary<Body> {
  const values = body ? valuesOf(body) : fc.jsonValue({ maxDepth: 2 });
  const text = (one: fc.Arbitrary<string>) => one.map((content): Body => ({ text: content }));
  return fc.oneof(
    { weight: 5, arbitrary: text(values.map((value) => JSON.stringify(value) ?? '')) },
    { weight: 6, arbitrary: text(broken(values)) },
    { weight: 2, arbitrary: text(RAW) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes): Body => ({ bytes })) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

const encodedNasty = fc
  .constantFrom(...NASTY.filter((text) => text !== ''))
  .map((text) => encodeURIComponent(text.toWellFormed()));

/** Segments as they stand in a path; not all of them can be decoded. */
const SEGMENTS = fc.oneof(
  encodedNasty,
  fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '..%5c..%5c',
    '%00',
    '%ff%fe',
    '%',
    '%zz',
    '%0d%0ax-injected:%201',
    '%ef%bc%8e%ef%bc%8e',
    '*',
    '2021.0',
    '+2021',
    '20210',
    '-1',
    ';a=b',
    'notice.json%00.pdf',
    'notice.json%2f..%2f..%2farchive%2fhistory.json',
  ),
);

export interface Segment {
  whose: 'own' | 'foreign' | 'missing';
  /** In place of what the name would stand for. */
  instead: Record<string, string>;
}

function segments(route: Route): fc.Arbitrary<Segment> {
  const names = namesIn(route);
  const whose = fc.constantFrom('own', 'own', 'own', 'foreign', 'missing') as fc.Arbitrary<Segment['whose']>;
  const some =
    names.length === 0 ? fc.constant({}) : fc.dictionary(fc.constantFrom(...names), SEGMENTS, { minKeys: 1 });
  const instead = fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: some });
  return fc.record({ whose, instead });
}

const QUERIES = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '?',
      '?cursor=',
      '?cursor=a&cursor=b',
      '?cursor=%00',
      '?cursor=%ff',
      '?cursor=%',
      `?cursor=${'9'.repeat(300)}`,
      '?cursor[]=a',
      '?cursor=S000034040003%23',
      '?__proto__=1',
      '?__proto__[role]=director',
      '?constructor.prototype.role=director',
      `?year=${YEAR}&role=director`,
      '?cursor=%0d%0aset-cookie:%20a=b',
      '?&&&=&==',
    ),
  },
  { weight: 1, arbitrary: encodedNasty.map((text) => `?cursor=${text}`) },
);

const TYPES = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/octet-stream',
      'application/json; charset=utf-16',
      'APPLICATION/JSON;charset="',
      'image/png',
    ),
  },
);

const HEADERS = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Record<string, string | string[]>>(
      { 'x-forwarded-for': '10.0.0.1', 'x-forwarded-host': 'evil.example' },
      { host: 'evil.example' },
      { 'x-http-method-override': 'DELETE' },
      { 'content-encoding': 'gzip' },
      { origin: 'https://evil.example' },
      { cookie: '__proto__=1; a=%00; ; =' },
      { 'accept-language': LONG.slice(0, 1) && 'x'.repeat(4000) },
      { 'x-amz-date': '20220101T000000Z', 'x-api-key': 'x' },
      { range: 'bytes=0-0,-1', 'if-none-match': '*' },
      { accept: ['text/html', 'application/xml'] },
    ),
  },
);

export interface Made {
  segment: Segment;
  query: string;
  type: string;
  headers: Record<string, string | string[]>;
  body: Body;
}

export const requestsFor = (route: Route): fc.Arbitrary<Made> =>
  fc.record({ segment: segments(route), query: QUERIES, type: TYPES, headers: HEADERS, body: bodies(route) });
