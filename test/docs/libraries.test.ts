import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = readFileSync('docs/decisions/0010-few-libraries-each-for-one-thing.md', 'utf8');
const rows = [...page.matchAll(/^\| `([^`]+)` (\d+) \| ([^|]+) \|/gm)];

it('lists libraries', () => expect(rows.length).toBeGreaterThan(10));

it.each(rows.map(([, name = '', major = '', licence = '']) => ({ name, major, licence })))(
  '$name is the major version and has the licence that the record says',
  ({ name, major, licence }) => {
    const installed = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
    expect({ major: installed.version.split('.')[0], licence: installed.license }).toEqual({
      major,
      licence,
    });
  },
);
