import { defineConfig } from 'vitest/config';

// Unit tests touch nothing outside the process; integration tests (*.it.test.ts) share one embedded PostgreSQL
// whose template database is cloned per file; black-box suites live in tests/ and start real processes.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['**/*.it.test.ts', 'tests/**', '**/node_modules/**', '**/fixtures/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.it.test.ts'],
          exclude: ['tests/**', '**/node_modules/**', '**/fixtures/**'],
          globalSetup: ['kernel/testing/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'black-box',
          include: ['tests/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/fixtures/**'],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
