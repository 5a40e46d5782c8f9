import { expect, test } from 'vitest';
import { plannedAnew, sql, statement } from './query.ts';

test('a text is planned once under one name, unless each run is to be planned for its values', () => {
  const asked = (n: number) => sql<{ n: number }>`select ${n}::int as n`;
  expect(statement(asked(1)).name).toBe(statement(asked(2)).name);
  expect(statement(asked(1)).name).toMatch(/^k/);
  expect(statement(plannedAnew(asked(1)))).toMatchObject({ name: undefined, text: 'select $1::int as n', values: [1] });
});
