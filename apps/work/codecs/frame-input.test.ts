import { expect, test } from 'vitest';
import { bytesOf, bytesOfPaste, mostBytes } from './frame-input.ts';

const code = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (cause) {
    return (cause as { errors: { code: string }[] }).errors[0]?.code;
  }
  return undefined;
};

test.each([['68 10 AA'], ['0x68,0x10,0xaa'], ['68-10-aa'], ['68:10:\n AA'], ['\\x68\\x10\\xAA']])(
  'hexadecimal is read as people paste it: %j',
  (paste) => {
    expect(Buffer.from(bytesOfPaste(paste)).toString('hex')).toBe('6810aa');
  },
);

test('what is no whole number of bytes is refused at its place', () => {
  expect(code(() => bytesOfPaste('68 1'))).toBe('half-byte');
  expect(code(() => bytesOfPaste('RX: 68'))).toBe('not-hex');
  expect(code(() => bytesOfPaste(' '))).toBe('empty');
  expect(code(() => bytesOfPaste('00'.repeat(mostBytes + 1)))).toBe('too-long');
});

test('exactly one form is taken', () => {
  expect([...bytesOf({ base64: 'aBCq' })]).toEqual([0x68, 0x10, 0xaa]);
  expect([...bytesOf({ text: '@@' })]).toEqual([0x40, 0x40]);
  expect(code(() => bytesOf({}))).toBe('one-of');
  expect(code(() => bytesOf({ hex: '00', text: '0' }))).toBe('one-of');
  expect(code(() => bytesOf({ base64: '#' }))).toBe('not-base64');
});
