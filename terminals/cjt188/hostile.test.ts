import { bytesOfHex, FrameScanner, isRefusal } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cjt188Driver } from './driver.ts';
import { cjt188Form, frameOf, partsOf } from './frame.ts';
import { cjt188Reader } from './reader.ts';

const driver = cjt188Driver();
const known = bytesOfHex(
  '68 10 45 41 10 05 15 33 78 81 16 90 1F AA 00 59 59 00 2C FF FF FF FF 2C FF FF FF FF FF FF FF 00 00 C2 16',
);
const uplinks = ['readings', 'attributes', 'reply'];
const refusals = ['payload-malformed', 'checksum-wrong', 'protocol-violated', 'device-refused', 'property-unknown'];

/** A frame as the standard forms it, around any address, function and data. */
const sound = fc
  .record({
    type: fc.integer({ min: 0x10, max: 0x59 }),
    address: fc.stringMatching(/^[0-9]{14}$/),
    control: fc.constantFrom(0x01, 0x81, 0x81, 0xc1, 0x03, 0x83, 0x04, 0x84, 0x96),
    data: fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.uint8Array({ minLength: 20, maxLength: 50 }).map((rest) => Uint8Array.from([0x90, 0x1f, 1, ...rest])),
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
      const explained = cjt188Reader.explain(bytes);
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
        const scanner = new FrameScanner(cjt188Form);
        const stream = Uint8Array.from([...before.flatMap((part) => [...part]), ...known]);
        const found = [...scanner.push(stream), ...scanner.flush()].filter(({ kind }) => kind === 'frame');
        expect(found.map(({ bytes }) => bytes.join())).toContain(known.join());
        expect(found.every(({ bytes }) => bytes.join() === known.join())).toBe(true);
        expect(scanner.waiting).toBeLessThanOrEqual(2 * cjt188Form.longest);
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
      expect(cjt188Form.sound(frame)).toBe(true);
    }),
    { numRuns: 1_000, seed: 7 },
  );
});
