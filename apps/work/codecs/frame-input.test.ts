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

const frame = [...Array(20).keys()].map((n) => n + 0x60);
test.each([
  [
    'Wireshark',
    `0000  60 61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f   \`abcdefghijklmno
0010  70 71 72 73                                       pqrs`,
  ],
  [
    'hexdump -C',
    `00000000  60 61 62 63 64 65 66 67  68 69 6a 6b 6c 6d 6e 6f  |\`abcdefghijklmno|
00000010  70 71 72 73                                       |pqrs|`,
  ],
  ['xxd', `00000000: 6061 6263 6465 6667 6869 6a6b 6c6d 6e6f  \`abcdefghijklmno\n00000010: 7071 7273  pqrs`],
  ['tcpdump -X', `\t0x0000:  6061 6263 6465 6667 6869 6a6b 6c6d 6e6f  .abc\n\t0x0010:  7071 7273  pqrs`],
])('a dump of %s is read without its offsets and its text', (_, paste) => {
  expect([...bytesOfPaste(paste)]).toEqual(frame);
});

test('packets one after the other are one capture, and lines whose offsets do not fit are plain bytes', () => {
  expect([...bytesOfPaste('0000  68 16\n\n0000  68 17')]).toEqual([0x68, 0x16, 0x68, 0x17]);
  expect([...bytesOfPaste('0001  68 16')]).toEqual([0, 1, 0x68, 0x16]);
});

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
