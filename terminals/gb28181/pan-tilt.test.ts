import { expect, test } from 'vitest';
import { moveCommand, presetCommand, readMove, readPreset } from './pan-tilt.ts';
import { offer } from './session-description.ts';

const channel = '34020000001320000001';

test('what is said to move a camera is these bytes, checked by their sum', () => {
  expect(moveCommand([], 0)).toBe('A50F0100000000B5');
  expect(moveCommand(['left'], 0x1f)).toBe('A50F01021F0000D6');
  expect(moveCommand(['right'], 0x1f)).toBe('A50F01011F0000D5');
  expect(moveCommand(['up'], 0x1f)).toBe('A50F0108001F00DC');
  expect(moveCommand(['down'], 0x1f)).toBe('A50F0104001F00D8');
  expect(moveCommand(['left', 'up'], 0x40)).toBe('A50F010A4040003F');
  expect(moveCommand(['in'], 0x5f)).toBe('A50F011000005015');
  expect(moveCommand(['out'], 0xff)).toBe('A50F01200000F0C5');
  expect([presetCommand('set', 1), presetCommand('call', 1), presetCommand('delete', 255)]).toEqual([
    'A50F018100010037',
    'A50F018200010038',
    'A50F018300FF0037',
  ]);
});

test('only whole wishes are taken: no way against itself, no speed or place beyond a byte, no movement without end', () => {
  expect(readMove({ channel, ways: ['up', 'left'] })).toEqual({ channel, ways: ['up', 'left'], speed: 64, lasts: 500 });
  const wrong = [
    {},
    { channel: '1', ways: ['up'] },
    { channel, ways: [] },
    { channel, ways: ['up', 'down'] },
    { channel, ways: ['toString'] },
    { channel, ways: ['up'], speed: 256 },
    { channel, ways: ['up'], lasts: 60_000 },
  ];
  for (const each of wrong) expect(() => readMove(each), JSON.stringify(each)).toThrow('payload-malformed');
  expect(readPreset({ channel, act: 'call', number: 3 })).toEqual({ channel, act: 'call', number: 3 });
  for (const each of [
    { channel, act: 'call', number: 0 },
    { channel, act: 'valueOf', number: 1 },
  ])
    expect(() => readPreset(each)).toThrow('payload-malformed');
});

test('an offer for the past says so, names the channel again, and counts whole seconds', () => {
  const target = { host: '192.0.2.7', port: 30_000, ssrc: '1100000001' };
  const text = Buffer.from(offer(channel, target, { from: 1_789_000_000_999, to: 1_789_000_600_000 })).toString();
  expect(text.split('\r\n').slice(1, 6)).toEqual([
    `o=${channel} 0 0 IN IP4 192.0.2.7`,
    's=Playback',
    `u=${channel}:0`,
    'c=IN IP4 192.0.2.7',
    't=1789000000 1789000600',
  ]);
  expect(text).toContain('y=1100000001');
});
