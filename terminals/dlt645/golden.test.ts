import { clause } from '@keystead/kernel/testing';
import {
  bytesOfHex,
  ChecksumWrong,
  DeviceRefused,
  hexOf,
  PayloadMalformed,
  PropertyUnknown,
  ProtocolViolated,
  type Refusal,
  TimeOutOfRange,
  type Uplink,
} from '@keystead/terminals/port';
import { expect, test } from 'vitest';
import { answerOf } from './answer.ts';
import { dlt645Driver } from './driver.ts';
import { bytesOfIdentifier, frameOf, partsOf } from './frame.ts';
import { dlt645Reader } from './reader.ts';
import { addressRequest, moreRequest, readRequest, readRequest1997, relayRequest } from './request.ts';

const driver = dlt645Driver();
const decode = (hex: string): Uplink | Refusal => driver.decode(bytesOfHex(hex));
const reading = (device: string, values: Record<string, unknown>): Uplink => ({
  kind: 'readings',
  readings: [{ device, values }],
});

const answers: readonly (readonly [what: string, frame: string, expected: Uplink])[] = [
  [
    'recorded total of 0.04 kWh',
    '68 37 03 00 92 81 39 68 91 08 33 33 34 33 37 33 33 33 8C 16',
    reading('398192000337', { energy: 0.04 }),
  ],
  [
    'recorded total of 0.07 kWh',
    '68 37 03 00 92 81 39 68 91 08 33 33 34 33 3A 33 33 33 8F 16',
    reading('398192000337', { energy: 0.07 }),
  ],
  [
    'total of 1234.56 kWh',
    '68 12 90 78 56 34 12 68 91 08 33 33 34 33 89 67 45 33 54 16',
    reading('123456789012', { energy: 1234.56 }),
  ],
  [
    'recorded total of 0.26 kWh',
    'FE FE FE FE 68 61 01 00 00 00 00 68 91 08 33 33 34 33 59 33 33 33 8A 16',
    reading('000000000161', { energy: 0.26 }),
  ],
  [
    'recorded voltage of 100.1 V',
    '68 61 01 00 00 00 00 68 91 06 33 34 34 35 34 43 10 16',
    reading('000000000161', { voltage: 100.1 }),
  ],
  [
    'total of a meter of 1997',
    '68 14 04 00 00 00 00 68 81 06 43 C3 48 B3 C8 33 6B 16',
    reading('000000000414', { energy: 9580.15 }),
  ],
  [
    'answer with its address',
    '68 12 90 78 56 34 12 68 93 06 45 C3 AB 89 67 45 07 16',
    { kind: 'attributes', sets: [{ device: '123456789012', values: { address: '123456789012' } }] },
  ],
];

for (const [what, frame, expected] of answers)
  test(clause('H-7.1-b-2', 'I-7.1-c', what), () => {
    expect(decode(frame)).toEqual(expected);
    expect(dlt645Reader.explain(bytesOfHex(frame))).toMatchObject({
      certainty: 1,
      checksum: 'right',
      uplink: expected,
    });
  });

test(clause('H-7.1-b-2', 'a meter without the data says so, and its words are kept'), () => {
  expect(decode('68 12 90 78 56 34 12 68 D1 01 35 8D 16')).toMatchObject({
    problem: DeviceRefused,
    detail: 'no such data',
    device: '123456789012',
  });
});

test(clause('H-7.1-b-2', 'a wrong checksum is refused'), () => {
  expect(decode('68 16 00 00 00 15 20 68 11 04 35 33 B3 35 85 16')).toMatchObject({ problem: ChecksumWrong });
});

const to = (address: string, preamble = 0) => ({ address, preamble });
const total = 0x00010000;
const requests: readonly (readonly [what: string, frame: string, made: Uint8Array])[] = [
  [
    'read any',
    `${'FE '.repeat(4)} 68 AA AA AA AA AA AA 68 11 04 33 33 34 33 AE 16`,
    readRequest(to('AAAAAAAAAAAA', 4), total),
  ],
  ['read 1', '68 01 00 00 00 00 00 68 11 04 33 33 34 33 B3 16', readRequest(to('1'), total)],
  ['read 22204546', '68 46 45 20 22 00 00 68 11 04 33 33 34 33 7F 16', readRequest(to('22204546'), total)],
  ['read 398192000337', '68 37 03 00 92 81 39 68 11 04 33 33 34 33 38 16', readRequest(to('398192000337'), total)],
  ['read 201500000016', '68 16 00 00 00 15 20 68 11 04 33 33 34 33 FD 16', readRequest(to('201500000016'), total)],
  ['read power factor', '68 16 00 00 00 15 20 68 11 04 33 33 39 35 04 16', readRequest(to('201500000016'), 0x02060000)],
  ['read address', '68 AA AA AA AA AA AA 68 13 00 DF 16', addressRequest(to('AAAAAAAAAAAA'))],
  ['read in 1997', '68 14 04 00 00 00 00 68 01 02 43 C3 F1 16', readRequest1997(to('414'), 0x9010)],
  ['read 123456789012', '68 12 90 78 56 34 12 68 11 04 33 33 34 33 68 16', readRequest(to('123456789012'), total)],
  [
    'read what follows',
    '68 12 90 78 56 34 12 68 12 05 34 33 63 36 34 D1 16',
    moreRequest(to('123456789012'), 0x03300001, 1),
  ],
];

for (const [what, frame, made] of requests)
  test(clause('H-7.1-b-2', `${what}: made byte by byte as recorded, and never taken for an answer`), () => {
    const recorded = bytesOfHex(frame);
    expect(hexOf(made)).toBe(hexOf(recorded));
    expect(dlt645Reader.explain(recorded)).toMatchObject({ certainty: 1, checksum: 'right' });
    expect(driver.decode(recorded)).toMatchObject({ problem: ProtocolViolated });
  });

test('a stray 68 before a preamble does not hide the frame behind it', () => {
  const frame = bytesOfHex('68 FE FE FE FE FE FE 68 88 88 88 88 88 88 68 11 04 33 33 34 33 E2 16');
  expect(dlt645Reader.explain(frame)).toMatchObject({ checksum: 'right', certainty: 1 });
  expect(dlt645Reader.explain(frame)?.fields.find(({ name }) => name.en === 'Address')).toMatchObject({
    start: 8,
    end: 14,
    value: '888888888888',
  });
});

const answer = (id: number, data: string): string =>
  hexOf(
    frameOf({
      address: '123456789012',
      control: 0x91,
      data: Uint8Array.from([...bytesOfIdentifier(id, 4), ...bytesOfHex(data)]),
    }),
  );

const quantities: readonly (readonly [id: number, data: string, values: Record<string, unknown>])[] = [
  [0x00000000, '56 34 12 80', { combinedEnergy: -1234.56 }],
  [0x0001ff00, '00 10 00 00 00 04 00 00 00 06 00 00', { energy: 10, energyRate1: 4, energyRate2: 6 }],
  [0x00010201, '99 99 99 99', { energyRate2Settled1: 999999.99 }],
  [0x01010000, '56 34 02 30 18 09 03 26', { maxDemand: 2345.6, maxDemandTime: '2026-03-09T10:30:00.000Z' }],
  [0x01010000, '00 00 00 00 00 00 00 00', { maxDemand: 0 }],
  [0x0201ff00, '05 22 FF FF 98 21', { voltage: 220.5, voltageC: 219.8 }],
  [0x02020100, '50 12 80', { current: -1.25 }],
  [0x02030000, '67 45 83', { power: -3456.7 }],
  [0x02040000, '00 05 00', { reactivePower: 0.05 }],
  [0x02050000, '00 12 00', { apparentPower: 0.12 }],
  [0x02060000, '99 89', { powerFactor: -0.999 }],
  [0x02800002, '98 49', { frequency: 49.98 }],
  [0x02800007, '55 80', { temperature: -5.5 }],
  [0x04000101, '05 20 11 26', { date: '2026-11-20' }],
  [0x04000102, '59 30 23', { clockTime: '23:30:59' }],
  [0x04000501, '04 00', { batteryLow: true }],
  [0x04000503, '10 00', { relayClosed: false }],
  [0x05060001, '00 00 20 11 26', { frozenAt: '2026-11-19T16:00:00.000Z' }],
  [0x0506011e, '21 43 00 00 01 00 00 00', { energy: 43.21, energyRate1: 0.01 }],
];

for (const [id, data, values] of quantities) {
  const name = id.toString(16).toUpperCase().padStart(8, '0');
  test(clause('H-7.1-b-2', 'I-7.1-c', `${name} gives ${JSON.stringify(values)}`), () => {
    expect(decode(answer(id, data))).toEqual(reading('123456789012', values));
  });
}

test('one bad field is refused alone; too little data and unknown identifiers are refused', () => {
  expect(decode(answer(0x0201ff00, '05 22 0A 00 98 21'))).toMatchObject({
    readings: [{ values: { voltage: 220.5, voltageC: 219.8 } }],
    refused: [{ problem: PayloadMalformed, pointer: '/voltageB' }],
  });
  expect(decode(answer(0x01010000, '56 34 02 30 18 32 03 26'))).toMatchObject({
    readings: [{ values: { maxDemand: 2345.6 } }],
    refused: [{ problem: TimeOutOfRange, pointer: '/maxDemandTime' }],
  });
  expect(decode(answer(0x00010000, '01'))).toMatchObject({ refused: [{ problem: PayloadMalformed }] });
  expect(decode(answer(0x0f0f0f0f, '01'))).toMatchObject({ problem: PropertyUnknown });
});

test('an answer in parts says that more follows, and the parts are numbered', () => {
  const first = frameOf({ address: '1', control: 0xb1, data: bytesOfHex('01 00 30 03 11 22') });
  const parts = partsOf(first);
  expect(parts && answerOf(parts)).toMatchObject({ kind: 'data', id: 0x03300001, more: true });
  const next = partsOf(frameOf({ address: '1', control: 0x92, data: bytesOfHex('01 00 30 03 33 44 01') }));
  expect(next && answerOf(next)).toEqual({
    kind: 'part',
    id: 0x03300001,
    sequence: 1,
    data: bytesOfHex('33 44'),
    more: false,
  });
});

test('an order to the relay carries level, password, operator and its end, and the frame desk shows none of them', () => {
  const access = { level: 2, password: '123456', operator: '00000007' };
  const until = { year: 2026, month: 11, day: 20, hour: 8, minute: 5, second: 9 };
  const frame = relayRequest(to('1'), 'open', access, until);
  expect(hexOf(partsOf(frame)?.data ?? new Uint8Array(0))).toBe('02 56 34 12 07 00 00 00 1A 00 09 05 08 20 11 26');
  const shown = JSON.stringify(dlt645Reader.explain(frame));
  expect(shown).toContain('16 字节 bytes');
  expect(shown).not.toContain('56 34 12');
});
