import { clause } from '@keystead/kernel/testing';
import {
  bytesOfHex,
  ChecksumWrong,
  DeviceRefused,
  hexOf,
  isRefusal,
  PayloadMalformed,
  ProtocolViolated,
  type Refusal,
  TimeOutOfRange,
  type Uplink,
} from '@keystead/terminals/port';
import { expect, test } from 'vitest';
import { cjt188Driver } from './driver.ts';
import { cjt188Form, frameOf, partsOf } from './frame.ts';
import { cjt188Reader } from './reader.ts';
import { readAddressRequest, readRequest, valveRequest } from './request.ts';

const decode = (hex: string, options: Parameters<typeof cjt188Driver>[0] = {}): Uplink | Refusal =>
  cjt188Driver(options).decode(bytesOfHex(hex));

const aa = 'AA AA AA AA AA AA AA';
const reading = (device: string, values: Record<string, unknown>, time?: number): Uplink => ({
  kind: 'readings',
  readings: [{ device, ...(time !== undefined && { time: time * 1000 }), values }],
});
const open = { valveOpen: true, valveFault: false, batteryLow: false };

const answers: readonly (readonly [what: string, frame: string, expected: Uplink])[] = [
  [
    'short water answer, a total without unit is cubic metres',
    '68 10 77 66 55 44 33 22 11 81 09 90 1F 01 78 56 34 12 00 FF A1 16',
    reading('11223344556677', { volume: 123456.78, ...open }),
  ],
  [
    'water answer, clock never set',
    '68 10 18 02 12 20 20 00 00 81 16 90 1F 00 00 02 00 00 2C 00 02 00 00 2C 00 00 00 00 00 00 00 00 FF 85 16',
    reading('00002020120218', { volume: 2, settlementVolume: 2, ...open }),
  ],
  [
    'water answer with another total',
    '68 10 01 00 00 05 08 00 00 81 16 90 1F 00 00 23 01 00 2C 00 00 00 00 2C 00 00 00 00 00 00 00 00 00 48 16',
    reading('00000805000001', { volume: 123, settlementVolume: 0, ...open }),
  ],
  [
    'recorded water answer, what the meter lacks is FF',
    'FE FE 68 10 45 41 10 05 15 33 78 81 16 90 1F AA 00 59 59 00 2C FF FF FF FF 2C FF FF FF FF FF FF FF 00 00 C2 16',
    reading('78331505104145', { volume: 5959, ...open }),
  ],
  [
    'answer with its address',
    'FE FE 68 10 89 67 45 23 01 33 78 83 03 0A 81 A7 34 16',
    {
      kind: 'attributes',
      sets: [{ device: '78330123456789', values: { address: '78330123456789', meterType: '10' } }],
    },
  ],
  [
    'textbook answer (checksum put right): litres of identifier low first, clock, flags',
    '68 10 44 33 22 11 00 33 78 81 16 1F 90 00 00 77 66 55 2C 00 77 66 55 2C 31 01 22 11 05 15 20 21 84 13 16',
    reading(
      '78330011223344',
      { volume: 556677, settlementVolume: 556677, valveOpen: false, valveFault: false, batteryLow: false },
      Date.parse('2015-05-11T22:01:31+08:00'),
    ),
  ],
];

for (const [what, frame, expected] of answers)
  test(clause('H-6.4-a', 'H-7.1-b-2', 'I-7.1-c', what), () => {
    expect(decode(frame)).toEqual(expected);
  });

test(clause('H-6.4-a', 'I-7.1-c', 'a short heat answer says no unit: refused until the maker tells one'), () => {
  const frame = '68 20 77 66 55 44 33 22 11 81 09 90 1F 01 78 56 34 12 00 FF B1 16';
  expect(decode(frame)).toMatchObject({ problem: PayloadMalformed, detail: 'no unit' });
  expect(decode(frame, { heatUnit: 0x05 })).toEqual(reading('11223344556677', { energy: 123456.78, ...open }));
  expect(decode(frame, { heatUnit: 0x11 })).toMatchObject({ readings: [{ values: { energy: 34_293_550 } }] });
});

test(clause('H-6.4-a', 'a gas meter that refuses says why'), () => {
  expect(decode('68 30 77 66 55 44 33 22 11 C1 04 90 1F 01 02 EB 16')).toMatchObject({
    problem: DeviceRefused,
    detail: 'error 02',
    device: '11223344556677',
  });
});

test(clause('H-6.4-a', 'a wrong checksum is refused, whatever the rest looks like'), () => {
  const frame =
    '68 10 44 33 22 11 00 33 78 81 16 1F 90 00 00 77 66 55 2C 00 77 66 55 2C 31 01 22 11 05 15 20 21 84 08 16';
  expect(decode(frame)).toMatchObject({ problem: ChecksumWrong, device: '78330011223344' });
  expect(cjt188Reader.explain(bytesOfHex(frame))).toMatchObject({ checksum: 'wrong', certainty: 0.6 });
});

const requests: readonly (readonly [what: string, frame: string, made: Uint8Array])[] = [
  [
    'read any water meter',
    `FE FE FE 68 10 ${aa} 01 03 90 1F 01 D2 16`,
    readRequest({ type: 0x10, address: 'AAAAAAAAAAAAAA', order: 'high-first', serial: 1, preamble: 3 }, 0x901f),
  ],
  [
    'read the address of a water meter',
    `68 10 ${aa} 03 03 81 0A 01 B0 16`,
    readAddressRequest({ type: 0x10, address: 'AAAAAAAAAAAAAA', order: 'high-first', serial: 1 }),
  ],
  [
    'read the address of a heat meter',
    `68 20 ${aa} 03 03 81 0A 01 C0 16`,
    readAddressRequest({ type: 0x20, address: 'AAAAAAAAAAAAAA', order: 'high-first', serial: 1 }),
  ],
  [
    'read the address, low byte first',
    `FE FE FE 68 10 ${aa} 03 03 0A 81 00 AF 16`,
    readAddressRequest({ type: 0x10, address: 'AAAAAAAAAAAAAA', order: 'low-first', serial: 0, preamble: 3 }),
  ],
  [
    'read one water meter',
    '68 10 77 66 55 44 33 22 11 01 03 90 1F 01 08 16',
    readRequest({ type: 0x10, address: '11223344556677', order: 'high-first', serial: 1 }, 0x901f),
  ],
  [
    'read low byte first',
    '68 10 01 00 00 05 08 00 00 01 03 1F 90 00 39 16',
    readRequest({ type: 0x10, address: '00000805000001', order: 'low-first', serial: 0 }, 0x901f),
  ],
  [
    'read low byte first, another address',
    '68 10 44 33 22 11 00 33 78 01 03 1F 90 00 80 16',
    readRequest({ type: 0x10, address: '78330011223344', order: 'low-first', serial: 0 }, 0x901f),
  ],
  [
    'read any, serial number AA',
    `FE FE FE 68 10 ${aa} 01 03 1F 90 AA 7B 16`,
    readRequest({ type: 0x10, address: 'AAAAAAAAAAAAAA', order: 'low-first', serial: 0xaa, preamble: 3 }, 0x901f),
  ],
  [
    'close the valve by the standard',
    '68 10 45 41 10 05 15 33 78 04 04 A0 17 01 99 2C 16',
    valveRequest({ type: 0x10, address: '78331505104145', order: 'high-first', serial: 1 }, 0x99),
  ],
  ...([0x66, 0x77, 0x55, 0x00] as const).map((code): [string, string, Uint8Array] => [
    `a maker's valve code ${code.toString(16)}`,
    `68 10 01 13 12 19 00 00 00 04 04 A0 17 01 ${{ 102: '66 DD', 119: '77 EE', 85: '55 CC', 0: '00 77' }[code]} 16`,
    valveRequest({ type: 0x10, address: '00000019121301', order: 'high-first', serial: 1 }, code),
  ]),
];

for (const [what, frame, made] of requests)
  test(clause('H-6.4-a', `${what}: made byte by byte as recorded, and understood by the frame desk`), () => {
    const recorded = bytesOfHex(frame);
    expect(hexOf(made)).toBe(hexOf(recorded));
    expect(cjt188Reader.explain(recorded)).toMatchObject({ certainty: 1, checksum: 'right' });
    // A request is not an answer: on a line that hears itself it must never become a reading.
    expect(cjt188Driver().decode(recorded)).toMatchObject({ problem: ProtocolViolated });
  });

const frame = (type: number, data: string, control = 0x81): string =>
  hexOf(frameOf({ type, address: '12345678901234', control, data: bytesOfHex(data) }));

test(
  clause('H-6.4-a', 'I-7.1-c', 'a heat meter tells energy, power, flow and temperatures in one set of units'),
  () => {
    const body =
      '00 00 10 00 05 50 34 12 00 05 25 01 00 00 17 00 50 01 00 35 78 56 34 00 2C 25 65 00 40 35 00 04 12 00' +
      ' 00 30 08 15 03 26 20 04 00';
    expect(decode(frame(0x20, `90 1F 07 ${body}`))).toEqual(
      reading(
        '12345678901234',
        {
          settlementEnergy: 1000,
          energy: 1234.5,
          power: 1.25,
          flow: 1.5,
          volume: 3456.78,
          supply: 65.25,
          return: 35.4,
          workingHours: 1204,
          valveOpen: true,
          valveFault: false,
          batteryLow: true,
        },
        Date.parse('2026-03-15T08:30:00+08:00'),
      ),
    );
  },
);

test(clause('I-7.1-c', 'litres, gigajoules and megawatts become the units of the platform'), () => {
  const water = `90 1F 00 00 50 12 00 29 FF FF FF FF 29 ${'FF '.repeat(7)} 00 00`;
  expect(decode(frame(0x10, water))).toMatchObject({ readings: [{ values: { volume: 1.25 } }] });
  const heat = `90 1F 00 00 01 00 00 11 ${'FF '.repeat(4)} 05 00 01 00 00 1A ${'FF '.repeat(26)} FF FF`;
  expect(decode(frame(0x20, heat))).toMatchObject({
    readings: [{ values: { settlementEnergy: 277.777777778, power: 1000 } }],
  });
});

test('one bad field is refused alone: a half byte that is no digit, a unit nobody knows, a date that does not exist', () => {
  const said = decode(frame(0x10, '90 1F 00 0A 50 12 00 2C 00 01 00 00 77 00 00 00 31 02 26 20 00 00'));
  expect(said).toMatchObject({ kind: 'readings', readings: [{ values: open }] });
  expect(isRefusal(said) ? [] : (said as { refused?: Refusal[] }).refused).toMatchObject([
    { problem: PayloadMalformed, pointer: '/volume' },
    { problem: PayloadMalformed, pointer: '/settlementVolume', detail: 'unit 77 is not in the standard' },
    { problem: TimeOutOfRange, pointer: '/clock' },
  ]);
});

test("a status byte FF says nothing, and a maker's bits are told under the names in the settings", () => {
  const total = `90 1F 00 00 01 00 00 2C ${'FF '.repeat(5)} ${'FF '.repeat(7)}`;
  expect(decode(frame(0x10, `${total} FF FF`))).toMatchObject({ readings: [{ values: { volume: 1 } }] });
  const status = [
    { byte: 2 as const, bit: 3, name: 'magnetism' },
    { byte: 2 as const, bit: 0, name: 'sealed', inverted: true },
  ];
  expect(decode(frame(0x10, `${total} 03 08`), { status })).toMatchObject({
    readings: [{ values: { valveFault: true, batteryLow: false, magnetism: true, sealed: true } }],
  });
});

test('a frozen month answers with its number; a write with the state of the valve', () => {
  expect(decode(frame(0x10, 'D1 22 05 00 21 03 00 2C'))).toEqual({
    kind: 'reply',
    request: 5,
    device: '12345678901234',
    reply: { number: 3, volume: 321 },
  });
  expect(decode(frame(0x10, 'A0 17 06 01 00', 0x84))).toMatchObject({ kind: 'reply', reply: { valveOpen: false } });
});

test('the frame desk shows where each part stands', () => {
  const bytes = bytesOfHex(answers[3]?.[1] ?? '');
  const explanation = cjt188Reader.explain(bytes);
  const names = explanation?.fields.map(({ name, start, end, value }) => `${name.en} ${start}-${end} ${value}`);
  expect(names).toContain('Volume 16-21 5959');
  expect(names).toContain('Address 4-11 78331505104145');
  expect(explanation?.fields.at(-1)?.end).toBe(bytes.length);
  expect(cjt188Reader.explain(bytesOfHex('01 03 00 00 00 02 C4 0B'))).toBeUndefined();
});

test('what the driver says to a meter is a frame that the meter can read back', () => {
  const bytes = cjt188Driver().encode({
    kind: 'call',
    request: 9,
    device: '12345678901234',
    method: 'read',
    params: {},
  });
  expect(cjt188Form.sound(bytes)).toBe(true);
  expect(partsOf(bytes)).toMatchObject({ type: 0x10, address: '12345678901234', control: 1 });
});
