import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import { crc16 } from './crc.ts';
import { decodeReply, encodeReply } from './reply.ts';
import { decodeRequest, encodeRequest, type ModbusRequest } from './request.ts';
import { rtuFraming } from './rtu-framing.ts';
import { tcpFraming } from './tcp-framing.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex').toUpperCase();

/** Frames of the protocol's own examples, with the checksum a serial line carries. */
const golden: readonly (readonly [string, ModbusRequest, string, string])[] = [
  ['coils', { function: 1, address: 0x13, count: 0x25 }, '11 01 00 13 00 25 0E 84', '11 01 05 CD 6B B2 0E 1B 45 E6'],
  ['inputs', { function: 2, address: 0xc4, count: 0x16 }, '11 02 00 C4 00 16 BA A9', '11 02 03 AC DB 35 20 18'],
  ['holding', { function: 3, address: 0x6b, count: 3 }, '11 03 00 6B 00 03 76 87', '11 03 06 AE 41 56 52 43 40 49 AD'],
  ['input registers', { function: 4, address: 8, count: 1 }, '11 04 00 08 00 01 B2 98', '11 04 02 00 0A F8 F4'],
  ['one coil', { function: 5, address: 0xac, value: true }, '11 05 00 AC FF 00 4E 8B', '11 05 00 AC FF 00 4E 8B'],
  ['one register', { function: 6, address: 1, value: 3 }, '11 06 00 01 00 03 9A 9B', '11 06 00 01 00 03 9A 9B'],
  [
    'many coils',
    {
      function: 15,
      address: 0x13,
      values: [true, false, true, true, false, false, true, true, true, false],
    },
    '11 0F 00 13 00 0A 02 CD 01 BF 0B',
    '11 0F 00 13 00 0A 26 99',
  ],
  [
    'many registers',
    { function: 16, address: 1, values: [10, 0x102] },
    '11 10 00 01 00 02 04 00 0A 01 02 C6 F0',
    '11 10 00 01 00 02 12 98',
  ],
];

for (const [name, request, asked, answered] of golden) {
  test(clause('H-7.1-b-1', 'I-7.1-a', `${name}: question and answer are the bytes of the protocol`), () => {
    const frame = rtuFraming.wrap(0x11, 0, encodeRequest(request));
    expect(hex(frame)).toBe(hex(bytes(asked)));
    expect(rtuFraming.findRequest(bytes(asked)).request?.pdu).toEqual(encodeRequest(request));
    expect(decodeRequest(encodeRequest(request))).toEqual(request);
    const found = rtuFraming.findReply(bytes(answered), { unit: 0x11, transaction: 0, request });
    expect(found.damaged).toBe(false);
    const reply = decodeReply(request, found.pdu ?? new Uint8Array(0));
    expect(reply).toHaveProperty('kind', request.function <= 4 ? 'data' : 'written');
    if ('kind' in reply) expect(hex(rtuFraming.wrap(0x11, 0, encodeReply(request, reply)))).toBe(hex(bytes(answered)));
  });
}

test('a mask write has both masks and is echoed', () => {
  const request = { function: 22, address: 4, and: 0xf2, or: 0x25 } as const;
  expect(hex(encodeRequest(request))).toBe('16000400F20025');
  expect(decodeReply(request, bytes('16 00 04 00 F2 00 25'))).toEqual({ kind: 'written' });
  expect(decodeRequest(bytes('16 00 04 00 F2 00 25'))).toEqual(request);
});

test('the checksum of the ASCII digits is the known one', () => {
  expect(crc16(new TextEncoder().encode('123456789'))).toBe(0x4b37);
});

test('an exception is an answer with its code', () => {
  const request = { function: 1, address: 0x04a1, count: 1 } as const;
  const found = rtuFraming.findReply(bytes('0A 81 02 B0 53'), { unit: 0x0a, transaction: 0, request });
  expect(decodeReply(request, found.pdu ?? new Uint8Array(0))).toEqual({ kind: 'exception', code: 2 });
});

test('a TCP frame carries transaction, protocol 0, length and unit', () => {
  const request = { function: 3, address: 0x6b, count: 3 } as const;
  const frame = tcpFraming.wrap(0x11, 0x1501, encodeRequest(request));
  expect(hex(frame)).toBe('15010000000611' + '03006B0003');
  expect(tcpFraming.findRequest(frame)).toEqual({
    request: { unit: 0x11, transaction: 0x1501, pdu: encodeRequest(request) },
    keepFrom: frame.length,
    damaged: false,
  });
});

test('an answer that does not fit the question is refused, not interpreted', () => {
  const read = { function: 3, address: 0, count: 2 } as const;
  const write = { function: 6, address: 1, value: 3 } as const;
  for (const [request, pdu] of [
    [read, '03 02 00 01'],
    [read, '03 03 00 01 00 02'],
    [read, '04 04 00 01 00 02'],
    [read, '83'],
    [read, ''],
    [write, '06 00 01 00 04'],
    [write, '06 00 02 00 03'],
  ] as const)
    expect(decodeReply(request, bytes(pdu)), pdu).toHaveProperty('problem.type', 'payload-malformed');
});

test('a request beyond the limits of the protocol gets its exception', () => {
  for (const [pdu, code] of [
    ['01 00 00 07 D1', 3],
    ['03 00 00 00 7E', 3],
    ['03 00 00 00 00', 3],
    ['03 FF FF 00 02', 2],
    ['05 00 00 12 34', 3],
    ['10 00 00 00 02 03 00 01 00', 3],
    ['0F 00 00 00 0A 02 FF', 3],
    ['2B 0E 01 00', 1],
    ['', 1],
  ] as const)
    expect(decodeRequest(bytes(pdu)), pdu).toBe(code);
});
