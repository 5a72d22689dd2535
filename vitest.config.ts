import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/suites/**'],
    testTimeout: 30_000,
    // One worker less than cores is the default: on a machine of two cores half of it would wait.
    maxWorkers: '100%',
  },
});
