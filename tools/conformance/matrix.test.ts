import { expect, test } from 'vitest';
import { type Clause, idsIn, withoutIds } from './clause.ts';
import { buildMatrix, summary } from './matrix.ts';

const clause = (id: string, kind: Clause['kind'] = 'software', module = 'kernel'): Clause => ({
  id,
  kind,
  module,
  text: id,
  strength: 'must',
});

const run = (...tests: [name: string, outcome: 'passed' | 'failed' | 'skipped'][]) => ({
  startedAt: 0,
  files: [],
  tests: tests.map(([name, outcome]) => ({ file: 'a.test.ts', name, outcome })),
});

test('a test may name several clauses, anywhere in its name and the names around it', () => {
  const id = (text: string) => `[${text}]`;
  const name = `${id('H-7.1-c-3')} a site ${id('I-7.1-d')}${id('M-4.1.4-6b')} keeps ${id('x')} going`;
  expect(idsIn(name)).toEqual(['H-7.1-c-3', 'I-7.1-d', 'M-4.1.4-6b']);
  expect(withoutIds(name)).toBe('a site keeps [x] going');
});

test('one red test makes a clause unproven, whatever else passed', () => {
  const { rows } = buildMatrix([clause('H-1-1')], run(['[H-1-1] one', 'passed'], ['[H-1-1] two', 'failed']));
  expect(rows[0]).toMatchObject({ status: 'unproven', result: 'failed' });
});

test('skipped tests alone prove nothing; beside a passed one they do no harm', () => {
  const { rows } = buildMatrix(
    [clause('H-1-1'), clause('H-1-2')],
    run(['[H-1-1] one', 'skipped'], ['[H-1-2] one', 'skipped'], ['[H-1-2] two', 'passed']),
  );
  expect(rows.map(({ status, result }) => [status, result])).toEqual([
    ['unproven', 'skipped'],
    ['proven', 'passed'],
  ]);
});

test('an id that no source has is told with the test that names it', () => {
  const { unknown } = buildMatrix([clause('H-1-1')], run(['[H-1-99] one', 'passed']));
  expect(unknown).toEqual([{ id: 'H-1-99', file: 'a.test.ts', name: '[H-1-99] one' }]);
});

test('figures are counted over all and per module', () => {
  const clauses = [
    clause('H-1-1'),
    clause('H-1-2', 'device-contract', 'edge'),
    clause('H-1-3', 'organisation', 'edge'),
  ];
  const matrix = buildMatrix(clauses, run(['[H-1-1][H-1-2] one', 'passed']));
  expect(summary(matrix)).toEqual({
    proven: 1,
    software: 1,
    total: 3,
    byModule: { edge: { proven: 0, software: 0, total: 2 }, kernel: { proven: 1, software: 1, total: 1 } },
  });
});
