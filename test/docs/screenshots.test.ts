/** The pictures of the portal: each that is taken is kept, small, and shown with its caption; none lies about unused. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PICTURES } from '../screenshots/pictures.ts';

const FOLDER = 'docs/screenshots';
const page = readFileSync('docs/portal.md', 'utf8');

it('are those that the command takes', () => {
  const taken = PICTURES.map(({ name }) => `${name}.png`).sort();
  expect(readdirSync(FOLDER).sort()).toEqual(taken);
});

it.each(PICTURES.map(({ name }) => name))('%s is a PNG under 160 KB, with a Chinese caption', (name) => {
  const bytes = readFileSync(`${FOLDER}/${name}.png`);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(bytes.length).toBeLessThan(160 * 1024);
  expect(page).toMatch(
    new RegExp(`!\\[[^\\]]*\\p{Script=Han}[^\\]]*\\]\\(screenshots/${name}\\.png\\)`, 'u'),
  );
});
