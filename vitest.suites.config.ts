import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** In which the cities of all test files leave what their functions called of AWS. */
const uses = mkdtempSync(join(tmpdir(), 'xingping-uses-'));
process.on('exit', () => rmSync(uses, { recursive: true, force: true }));
const shared = { testTimeout: 120_000, provide: { uses } };

/** Suites that take longer than the default run allows, each called by a script of its own. */
export default defineConfig({
  test: {
    // One worker less than cores is the default: on a machine of two cores half of it would wait.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          ...shared,
          name: 'suites',
          include: ['test/suites/**/*.test.ts'],
          // 0 is no number of its own: such files may come last.
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Looks back at what the functions called in all the years before it.
        test: {
          ...shared,
          name: 'afterwards',
          include: ['test/suites/**/*.after.ts'],
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
