import { defineConfig } from 'vitest/config';

/** Suites that take longer than the default run allows, each called by a script of its own. */
export default defineConfig({
  test: { include: ['test/suites/**/*.test.ts'], testTimeout: 120_000 },
});
