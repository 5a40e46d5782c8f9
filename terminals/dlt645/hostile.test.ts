import { bytesOfHex, FrameScanner, isRefusal } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dlt645Driver } from './driver.ts';
import { dlt645Form, frameOf, partsOf } from './frame.ts';
import { dlt645Reader } from './reader.ts';

const driver = dlt645Driver();
const known = bytesOfHex('68 12 90 78 56 34 12 68 91 08 33 33 34 33 89 67 45 33 54 16');
const uplinks = ['readings', 'attributes', 'reply'];
const refusals = ['payload-malformed', 'checksum-wrong', 'protocol-violated', 'device-refused', 'property-unknown'];

/** A frame as the standard forms it, around any address, function and data. */
const sound = fc
  .record({
    address: fc.stringMatching(/^[0-9]{12}$/),
    control: fc.constantFrom(0x11, 0x91, 0x91, 0xb1, 0xd1, 0x92, 0x93, 0x81, 0xc1, 0x9c, 0x08),
    data: fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .tuple(
          fc.constantFrom(0x00010000, 0x0001ff00, 0x01010000, 0x0203ff00, 0x05060101),
          fc.uint8Array({ maxLength: 40 }),
        )
        .map(([id, rest]) => Uint8Array.from([id & 255, (id >> 8) & 255, (id >> 16) & 255, id >>> 24, ...rest])),
    ),
  })
  .map((parts) => frameOf(parts));

function typed(bytes: Uint8Array): boolean {
  const said = driver.decode(bytes);
  return isRefusal(said) ? refusals.includes(said.problem.type) : uplinks.includes(said.kind);
}

test('any bytes give words or a typed refusal, and never an exception', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), sound), (bytes) => {
      const explained = dlt645Reader.explain(bytes);
      return typed(bytes) && (explained === undefined || explained.fields.every(({ end }) => end <= bytes.length));
    }),
    { numRuns: 3_000, seed: 188 },
  );
});

test('one flipped bit is never taken for the frame it was', () => {
  for (let bit = 0; bit < known.length * 8; bit++) {
    const byte = bit >> 3;
    const said = driver.decode(known.with(byte, (known[byte] ?? 0) ^ (1 << (bit & 7))));
    expect(isRefusal(said), `bit ${bit}`).toBe(true);
  }
});

test('behind noise, halves and false heads the frame is found, and nothing that is none', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.uint8Array({ maxLength: 30 }),
          fc.nat(known.length - 1).map((n) => known.slice(0, n)),
        ),
      ),
      (before) => {
        const scanner = new FrameScanner(dlt645Form);
        const stream = Uint8Array.from([...before.flatMap((part) => [...part]), ...known]);
        const found = [...scanner.push(stream), ...scanner.flush()].filter(({ kind }) => kind === 'frame');
        expect(found.map(({ bytes }) => bytes.join())).toContain(known.join());
        expect(found.every(({ bytes }) => bytes.join() === known.join())).toBe(true);
        expect(scanner.waiting).toBeLessThanOrEqual(2 * dlt645Form.longest);
      },
    ),
    { numRuns: 1_500, seed: 645 },
  );
});

test('what is made into a frame comes out of it unchanged', () => {
  fc.assert(
    fc.property(sound, (frame) => {
      const parts = partsOf(frame);
      expect(parts && frameOf(parts)).toEqual(frame);
      expect(dlt645Form.sound(frame)).toBe(true);
    }),
    { numRuns: 1_000, seed: 7 },
  );
});
