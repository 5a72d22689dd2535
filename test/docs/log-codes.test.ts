import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const sources = ['shared', 'functions', 'infra'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8')),
);

/** Codes in the first argument of a call of the log: one of them, or two of a conditional. */
function codesLogged(): string[] {
  const calls = sources.flatMap((text) => [...text.matchAll(/\blog\.(?:info|error)\(([^,)]*)/g)]);
  return calls.flatMap(([, argument = '']) =>
    [...argument.matchAll(/'([A-Z_]+)'/g)].map(([, code = '']) => code),
  );
}

it('docs/errors.md names every log code of the code, and no other', () => {
  const page = readFileSync('docs/errors.md', 'utf8');
  const table = page.slice(page.indexOf('## Log codes'), page.indexOf('## Exit codes'));
  const named = [...table.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, code = '']) => code);
  expect([...new Set(named)].sort()).toEqual([...new Set(codesLogged())].sort());
});
