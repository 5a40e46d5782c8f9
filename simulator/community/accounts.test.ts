import { expect, test } from 'vitest';
import { accountTable } from './accounts.ts';

test('the table of accounts lines up, Chinese names and all', () => {
  const lines = accountTable([
    { username: 'zhiban', name: '李值班', role: '值班员', password: 'aaaa-bbbb-cccc-11' },
    { username: 'jianguan', name: '陈监管', role: '监管（只读）', password: 'dddd-eeee-ffff-22' },
  ]);
  expect(lines).toHaveLength(3);
  const columns = lines.slice(1).map((line) => {
    const before = line.slice(0, line.search(/[a-z]{4}-[a-z]{4}/));
    return [...before].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1), 0);
  });
  expect(new Set(columns).size).toBe(1);
});
