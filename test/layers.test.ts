import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** The arrows between layers are Biome's rules (biome.json); what an import does not show is looked for here. */
const sources = ['shared/domain', 'shared/app'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

it('finds the sources it looks at', () => {
  expect(sources.length).toBeGreaterThan(50);
});

it.each(sources.filter((path) => path !== 'shared/app/clock.ts'))(
  '%s takes clock and randomness as arguments',
  (path) => {
    expect(readFileSync(path, 'utf8')).not.toMatch(
      /new Date(?!\()|new Date\(\)|Date\.now\b|Math\.random\b|performance\.now\b|crypto\.\w/,
    );
  },
);
