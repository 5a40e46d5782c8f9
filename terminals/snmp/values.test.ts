import { expect, test } from 'vitest';
import { Counters } from './counters.ts';
import { loadLibrary } from './library.ts';
import { readNotification } from './traps/notification.ts';
import { plainOf, pointValue, writtenValue } from './values.ts';

const { ObjectType: types } = loadLibrary();
const plain = (type: string, value: unknown, form?: Parameters<typeof plainOf>[2]) =>
  plainOf(
    {
      oid: '1.3',
      type: types[type] ?? 0,
      value: typeof value === 'string' && /^0x/.test(value) ? Buffer.from(value.slice(2), 'hex') : value,
    },
    types,
    form,
  );

test('values are plain numbers and texts', () => {
  expect(plain('Integer', -5)).toBe(-5);
  expect(plain('Counter', 4_294_967_295)).toBe(4_294_967_295);
  expect(plain('Counter64', '0x1fffffffffffff')).toBe(Number.MAX_SAFE_INTEGER);
  expect(plain('Counter64', '0x20000000000000')).toBe('9007199254740992');
  expect(plain('OctetString', Buffer.from('机柜 1\0'))).toBe('机柜 1');
  expect(plain('OctetString', '0x00155d0a0b0c')).toBe('00:15:5d:0a:0b:0c');
  expect(plain('OctetString', Buffer.from(' 21.5 '), 'number')).toBe(21.5);
  expect(plain('OctetString', Buffer.from('warm'), 'number')).toBeUndefined();
  expect(plain('Opaque', '0x9f780441ac0000')).toBe(21.5);
  expect(plain('IpAddress', '10.0.0.1')).toBe('10.0.0.1');
  expect(plain('NoSuchInstance', null)).toBeUndefined();
  expect([pointValue({ scale: 0.1 }, 213), pointValue({ labels: { '2': 'down' } }, 2)]).toEqual([21.3, 'down']);
});

test('what is written is held against type, limits and words', () => {
  const point = {
    name: 'p',
    oid: '1.3',
    writable: 'Integer' as const,
    min: -10,
    max: 90,
    scale: 0.1,
    labels: { '3': 'dry' },
  };
  expect([writtenValue(point, 21.5), writtenValue(point, 'dry')]).toEqual([215, 3]);
  for (const wrong of [91, 'wet', null, Number.NaN]) expect(() => writtenValue(point, wrong)).toThrow('input-invalid');
  expect(() => writtenValue({ name: 'p', oid: '1.3' }, 1)).toThrow('input-invalid');
  expect(() => writtenValue({ name: 'p', oid: '1.3', writable: 'Gauge' }, -1)).toThrow('input-invalid');
});

test('a counter goes on over its wrap, and begins again with its device', () => {
  const counters = new Counters();
  const at = (upTime: number, value: number | string, kind: 'counter32' | 'counter64' = 'counter32') => {
    counters.started(upTime);
    return counters.continued(kind, value, kind);
  };
  expect([at(1, 4_294_967_290), at(2, 4), at(3, 9)]).toEqual([4_294_967_290, 4_294_967_300, 4_294_967_305]);
  expect([at(4, '18446744073709551615', 'counter64'), at(5, 1, 'counter64')]).toEqual([
    '18446744073709551615',
    '18446744073709551617',
  ]);
  expect([at(1, 3), at(2 ** 32 - 5, 8), at(20, 2)]).toEqual([3, 8, 4_294_967_298]);
});

test('a trap without a name is none', () => {
  const rinfo = { address: '127.0.0.1', family: 'IPv4' as const, port: 1, size: 1 };
  expect(readNotification({ pdu: { type: 167, varbinds: [] }, rinfo }, new Map(), types)).toBeUndefined();
});
