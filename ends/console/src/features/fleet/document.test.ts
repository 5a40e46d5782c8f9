import { expect, test } from 'vitest';
import { channelsOf, lineOf } from './document.ts';

const document = {
  channels: [
    { name: 'a', protocol: 'trial', settings: {}, devices: [] },
    { name: 'b', protocol: 'modbus', settings: { host: 'x, {y}' }, devices: [{ name: 'D-1' }, { name: 'D-2' }] },
  ],
  store: { hours: 24 },
};
const text = JSON.stringify(document, null, 2);
const at = (pointer: string) => text.split('\n')[(lineOf(text, pointer) ?? 0) - 1]?.trim();

test('a fault is shown at the line of its field, whatever signs stand in the texts before it', () => {
  expect(at('/channels/1/devices/1/name')).toBe('"name": "D-2"');
  expect(at('/channels/1/settings/host')).toBe('"host": "x, {y}"');
  expect(at('/store/hours')).toBe('"hours": 24');
  expect(lineOf(text, '')).toBe(1);
});

test('a field that is missing is shown at its parent', () => {
  expect(at('/store/bytes')).toBe('"store": {');
  expect(lineOf('{}', '/a/b/c')).toBe(1);
});

test('channels of a document, and none of nonsense', () => {
  expect(channelsOf(document)).toEqual([
    { name: 'a', protocol: 'trial', devices: [] },
    { name: 'b', protocol: 'modbus', devices: ['D-1', 'D-2'] },
  ]);
  for (const none of [null, undefined, 7, [], { channels: 'x' }]) expect(channelsOf(none)).toEqual([]);
});
