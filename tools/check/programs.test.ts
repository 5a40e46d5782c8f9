import { expect, test } from 'vitest';
import { readBiome, readTypeErrors } from './programs.ts';

test('a report of Biome becomes findings with file and line, whatever colours stand around it', () => {
  const report = {
    summary: { errors: 1 },
    diagnostics: [
      {
        severity: 'error',
        message: 'Unused',
        category: 'lint/unused',
        location: { path: 'a.ts', start: { line: 7, column: 1 } },
      },
    ],
  };
  expect(readBiome(`\u001b[0m${JSON.stringify(report)}\u001b[0m`)).toEqual([
    { rule: 'lint/unused', file: 'a.ts', line: 7, message: 'Unused' },
  ]);
});

test('errors of tsc become findings, those without a place point to the configuration', () => {
  const output = "data/a.ts(3,15): error TS2322: Type 'x'.\n  more about it\nerror TS18003: No inputs were found.\n";
  expect(readTypeErrors(output, '/project')).toEqual([
    { rule: 'TS2322', file: 'data/a.ts', line: 3, message: "Type 'x'." },
    { rule: 'TS18003', file: 'tsconfig.json', line: 1, message: 'No inputs were found.' },
  ]);
});
