import { expect, test } from 'vitest';
import { bytesOf, lsnOf, segmentAt, segmentName, segmentNumber, timelineOf } from './lsn.ts';

const size = 16 * 1024 * 1024;

test('a position is read and written as PostgreSQL does', () => {
  expect(bytesOf('0/2000028')).toBe(0x2000028n);
  expect(bytesOf('16/B374D848')).toBe(0x16b374d848n);
  expect(lsnOf(0x16b374d848n)).toBe('16/B374D848');
  expect(() => bytesOf('16')).toThrow(RangeError);
});

test('log files are numbered through the end of a 4 GB log, in both directions', () => {
  expect(segmentName(1, segmentAt('0/2000028', size), size)).toBe('000000010000000000000002');
  expect(segmentName(2, segmentAt('16/FF000000', size), size)).toBe('0000000200000016000000FF');
  expect(segmentName(2, segmentAt('16/FF000000', size) + 1n, size)).toBe('000000020000001700000000');
  expect(segmentNumber('000000020000001700000000', size)).toBe(segmentAt('17/0', size));
  expect(timelineOf('0000000A0000001700000000')).toBe(10);
});

test('a cluster with log files of another size is counted right', () => {
  const big = 64 * 1024 * 1024;
  expect(segmentName(1, segmentAt('1/4000000', big), big)).toBe('000000010000000100000001');
});
