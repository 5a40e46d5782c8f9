import { defineConfig } from 'vitest/config';

// Unit tests touch nothing outside the process; integration tests (*.it.test.ts) share one embedded PostgreSQL
// whose template database is cloned per file; black-box suites live in tests/ and start real processes. No test replaces
// a module, so files of one worker share what they imported: a third of the time. What compares times with a limit runs
// last and alone.
const timed = ['tests/load/**/*.test.ts', 'tests/devices/deadlines.test.ts'];

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
          isolate: false,
          include: ['**/*.test.ts'],
          exclude: ['**/*.it.test.ts', 'tests/**', '**/node_modules/**', '**/fixtures/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          isolate: false,
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
          exclude: [...timed, '**/node_modules/**', '**/fixtures/**'],
          globalSetup: ['tools/test/pages.ts', 'tools/test/database.ts'],
          testTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'timed',
          include: timed,
          testTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
