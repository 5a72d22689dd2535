/** How heavy the functions are that are deployed, and what they are made of. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FUNCTIONS } from '../../../functions/catalogue.ts';
import { PERMISSIONS } from '../../../infra/permissions.ts';
import { bundledFunction } from '../../bench/bundles.ts';

const MOST_BYTES = 1.5 * 1024 * 1024;
/** Under which what is deployed may be passed on. `png-js` names none in its package.json; its LICENSE file is MIT's. */
const LICENCES = ['MIT', 'MIT-0', 'Apache-2.0', 'BlueOak-1.0.0', '0BSD', 'ISC', 'MIT AND OFL-1.1'];
const UNNAMED = ['png-js'];

interface Component {
  name: string;
  version: string;
  hashes?: { alg: string }[];
  licenses?: { license?: { id?: string }; expression?: string }[];
}

const packages = new Set<string>();
const folder = mkdtempSync(join(tmpdir(), 'xingping-bundles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(Object.keys(FUNCTIONS))('%s weighs no more than 1.5 MB, if it renders no documents', async (name) => {
  const { bytes, packages: used } = await bundledFunction(name, folder);
  for (const one of used) packages.add(one);
  if (PERMISSIONS[name]?.fonts) expect(bytes).toBeLessThan(2 * MOST_BYTES);
  else expect(bytes).toBeLessThan(MOST_BYTES);
});

it.each(Object.keys(FUNCTIONS))("%s loads no facade of Node's http", (name) => {
  expect(readFileSync(join(folder, `${name}.mjs`), 'utf8')).not.toMatch(/from ?["'](node:)?http["']/);
});

it('are made of packages that the bill of materials lists with digest and licence', () => {
  const { components }: { components: Component[] } = JSON.parse(
    execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
  );
  const listed = new Map(components.map((one) => [`${one.name}@${one.version}`, one]));
  expect(packages.size).toBeGreaterThan(20);
  for (const name of packages) {
    const component = listed.get(name);
    expect(
      component?.hashes?.map(({ alg }) => alg),
      name,
    ).toContain('SHA-512');
    if (UNNAMED.includes(component?.name ?? '')) continue;
    const licences = component?.licenses?.map(({ license, expression }) => license?.id ?? expression);
    expect(LICENCES, name).toEqual(expect.arrayContaining(licences ?? ['none']));
  }
});
