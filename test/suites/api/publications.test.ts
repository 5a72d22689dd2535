/** What is being written is not there yet: a year, and each later version, comes out with its manifest. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Published } from '../../../shared/app/published.ts';
import { YEAR } from '../../support/agencies.ts';
import { type City, openCity } from '../../support/city.ts';

let city: City;
beforeAll(async () => {
  city = await openCity({ agencies: [] });
});
afterAll(() => city.close());

const write = (key: string) =>
  city.deps.objects.put('reports', key, '{}\n', { contentType: 'application/json' });
const statusOf = async (path: string) => (await fetch(`${city.runtime.origin}/api${path}`)).status;
const listed = async () => {
  const { years } = (await (await fetch(`${city.runtime.origin}/api/public`)).json()) as Published;
  return years.flatMap(({ files }) => files);
};
const archived = async (path: string) =>
  (await city.as('auditor-1')).download(`/cycles/${YEAR}/archive/${path}`).then(
    () => 200,
    () => 404,
  );

it('shows what was announced on its own day, and of the results nothing before their manifest', async () => {
  for (const path of ['notice.json', 'draw.json', 'circular.json', 'draw-final.json']) {
    await write(`public/${YEAR}/${path}`);
  }
  await write(`archive/${YEAR}/results.json`);
  expect(await listed()).toEqual(['draw.json', 'notice.json']);
  expect(await statusOf(`/public/${YEAR}/notice.json`)).toBe(200);
  expect(await statusOf(`/public/${YEAR}/circular.json`)).toBe(404);
  expect(await archived('results.json')).toBe(404);
  await write(`public/${YEAR}/manifest.json`);
  expect(await listed()).toEqual([
    'circular.json',
    'draw-final.json',
    'draw.json',
    'manifest.json',
    'notice.json',
  ]);
  expect(await statusOf(`/public/${YEAR}/circular.json`)).toBe(200);
  expect(await archived('results.json')).toBe(200);
});

it('shows of a later version nothing before its own manifest', async () => {
  await write(`public/${YEAR}/v2/circular.json`);
  await write(`archive/${YEAR}/v2/history.json`);
  expect(await statusOf(`/public/${YEAR}/v2/circular.json`)).toBe(404);
  expect(await archived('v2/history.json')).toBe(404);
  expect(await listed()).not.toContain('v2/circular.json');
  await write(`public/${YEAR}/v2/manifest.json`);
  expect(await statusOf(`/public/${YEAR}/v2/circular.json`)).toBe(200);
  expect(await archived('v2/history.json')).toBe(200);
  expect(await listed()).toContain('v2/circular.json');
});
