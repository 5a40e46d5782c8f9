import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Framing, joined, longestWait } from './framing.ts';
import { decodeReply } from './reply.ts';
import { encodeRequest, type ModbusRequest } from './request.ts';
import { rtuFraming } from './rtu-framing.ts';
import { tcpFraming } from './tcp-framing.ts';

const asked = { unit: 7, transaction: 300, request: { function: 3, address: 0, count: 2 } as ModbusRequest };
const pdu = Uint8Array.of(3, 4, 0, 1, 0, 2);
const framings = [tcpFraming, rtuFraming];
const runs = { seed: 20_261, numRuns: 3000 };

/** Feeds chunks as they come from a wire, until the answer is there. */
function found(framing: Framing, chunks: Iterable<Uint8Array>): Uint8Array | undefined {
  let bytes: Uint8Array = new Uint8Array(0);
  for (const chunk of chunks) {
    bytes = joined(bytes, chunk);
    const search = framing.findReply(bytes, asked);
    if (search.pdu) return search.pdu;
    bytes = bytes.subarray(search.keepFrom);
    expect(bytes.length).toBeLessThanOrEqual(longestWait);
  }
  return undefined;
}

for (const framing of framings) {
  const frame = framing.wrap(asked.unit, asked.transaction, pdu);

  test(`${framing.name}: an answer is found byte by byte and glued to its neighbours`, () => {
    expect(
      found(
        framing,
        Array.from(frame, (byte) => Uint8Array.of(byte)),
      ),
    ).toEqual(pdu);
    const other = framing.wrap(8, 299, pdu);
    expect(found(framing, [Uint8Array.of(...other, ...frame, ...other)])).toEqual(pdu);
  });

  test(`${framing.name}: an answer is found behind any noise`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (noise, size) => {
        const all = Uint8Array.of(...noise, ...frame);
        const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
          all.subarray(at * size, (at + 1) * size),
        );
        expect(found(framing, chunks)).toEqual(pdu);
      }),
      runs,
    );
  });

  test(`${framing.name}: no bytes make it throw, hang or remember without end`, () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 6 }), (chunks) => {
        found(framing, chunks);
        let bytes: Uint8Array = new Uint8Array(0);
        for (const chunk of chunks) {
          bytes = joined(bytes, chunk);
          for (let search = framing.findRequest(bytes); ; search = framing.findRequest(bytes)) {
            bytes = bytes.subarray(search.keepFrom);
            if (!search.request) break;
          }
          expect(bytes.length).toBeLessThanOrEqual(longestWait);
        }
      }),
      runs,
    );
  });

  test(`${framing.name}: a request is found behind noise that cannot be one`, () => {
    const request = encodeRequest({ function: 16, address: 9, values: [1, 2, 3] });
    const wrapped = framing.wrap(1, 77, request);
    const bytes = Uint8Array.of(0xff, 0xff, 0xff, 0xff, ...wrapped.subarray(0, 5), 0xff, 0xff, ...wrapped);
    let rest = bytes;
    for (let turn = 0; turn < bytes.length; turn++) {
      const search = framing.findRequest(rest);
      rest = rest.subarray(search.keepFrom);
      if (search.request?.unit === 1 && search.request.transaction === (framing.name === 'tcp' ? 77 : 0)) {
        expect(search.request.pdu).toEqual(request);
        return;
      }
      if (!search.request) break;
    }
    throw new Error('the request was not found');
  });
}

test('each single wrong bit of an RTU answer is seen, and counted as damage or as nothing', () => {
  const frame = rtuFraming.wrap(asked.unit, 0, pdu);
  for (let bit = 0; bit < frame.length * 8; bit++) {
    const broken = Uint8Array.from(frame);
    broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const search = rtuFraming.findReply(broken, asked);
    expect(search.pdu).toBeUndefined();
    // Beyond the three bytes that are compared with the question, only the checksum can tell.
    if (bit >= 24) expect(search.damaged).toBe(true);
  }
});

test('a line that echoes the question does not take the echo for the answer', () => {
  const echo = rtuFraming.wrap(asked.unit, 0, encodeRequest(asked.request));
  const frame = rtuFraming.wrap(asked.unit, 0, pdu);
  expect(found(rtuFraming, [echo, frame])).toEqual(pdu);
});

test('any data unit of any length is read or refused, never thrown at', () => {
  const request = fc.oneof(
    fc.record({
      function: fc.constantFrom(1, 2, 3, 4),
      address: fc.nat(65_535),
      count: fc.integer({ min: 1, max: 125 }),
    }),
    fc.record({ function: fc.constant(6), address: fc.nat(65_535), value: fc.nat(65_535) }),
  );
  fc.assert(
    fc.property(request, fc.uint8Array({ maxLength: 260 }), (any, data) => {
      const reply = decodeReply(any as ModbusRequest, data);
      expect('kind' in reply || 'problem' in reply).toBe(true);
    }),
    runs,
  );
});
