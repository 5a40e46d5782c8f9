import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAgentLog, writeAgentLog, writeRecord } from './agent-log.ts';

const head = { log: 'abcdefgh12', level: 1, from: 100, offset: -1_500_000, dropped: [] } as const;
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

test('what an agent writes is read with its numbers, times corrected by the offset', () => {
  const at = 1_780_000_000_000_000;
  const message = writeAgentLog({ ...head, dropped: [{ from: 3, to: 9, first: 1, last: 2 }] }, [
    writeRecord({ device: 'meter-1', time: at, values: { temperature: 21.5 } }),
    writeRecord({ device: '', time: at + 1, event: 'alarm', data: { rule: 'x' } }),
    writeRecord({ device: 'meter-2', time: at, own: true, values: { count: 1 } }),
  ]);
  expect(readAgentLog(message)).toEqual({
    log: 'abcdefgh12',
    level: 1,
    from: 100,
    dropped: [{ from: 3, to: 9, first: 1, last: 2 }],
    records: [
      {
        sequence: 100,
        kind: 'reading',
        reading: { device: 'meter-1', time: at - 1_500_000, values: { temperature: 21.5 } },
      },
      {
        sequence: 101,
        kind: 'occurrence',
        occurrence: { device: undefined, time: at - 1_499_999, event: 'alarm', data: { rule: 'x' } },
      },
      { sequence: 102, kind: 'reading', reading: { device: 'meter-2', time: at, values: { count: 1 } } },
    ],
  });
});

test('a broken record is refused alone and keeps its number', () => {
  const read = readAgentLog(bytes({ ...head, records: [['a', 1, { x: 1 }], ['b'], 7, ['c', 2, 'opened']] }));
  expect('records' in read && read.records.map(({ sequence, kind }) => [sequence, kind])).toEqual([
    [100, 'reading'],
    [101, 'refused'],
    [102, 'refused'],
    [103, 'occurrence'],
  ]);
});

test('a message without its numbers is refused whole', () => {
  for (const broken of [
    { log: 'X' },
    { level: 4 },
    { from: 0 },
    { from: 1.5 },
    { offset: 'no' },
    { records: {} },
    { dropped: [[1]] },
  ]) {
    expect('problem' in readAgentLog(bytes({ ...head, records: [], ...broken })), JSON.stringify(broken)).toBe(true);
  }
});

test('no bytes make it throw', () => {
  const almost = fc.record({
    log: fc.constantFrom('abcdefgh12', '', 3),
    level: fc.constantFrom(1, 3, 9, null),
    from: fc.oneof(fc.integer(), fc.constant('1')),
    offset: fc.oneof(fc.integer(), fc.jsonValue()),
    dropped: fc.oneof(fc.jsonValue(), fc.array(fc.array(fc.integer()))),
    records: fc.oneof(fc.jsonValue(), fc.array(fc.array(fc.jsonValue()))),
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        almost.map(bytes),
        fc.json().map((text) => Buffer.from(text)),
      ),
      (payload) => {
        const read = readAgentLog(payload);
        expect('problem' in read || Array.isArray(read.records)).toBe(true);
      },
    ),
    { numRuns: 3_000 },
  );
});
