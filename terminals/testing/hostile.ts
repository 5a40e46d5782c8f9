import { type Driver, type FrameForm, type FrameReader, FrameScanner, isRefusal } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect } from 'vitest';

/** A meter protocol under attack; `Parts` is what its frames are made of. */
export interface HostileScene<Parts> {
  driver: Driver<Uint8Array>;
  form: FrameForm;
  reader: FrameReader;
  frameOf(parts: Parts): Uint8Array;
  partsOf(frame: Uint8Array): Parts | undefined;
  /** One good frame. */
  known: Uint8Array;
  /** What good frames are made of, whatever is in them. */
  parts: fc.Arbitrary<Parts>;
}

const uplinks = ['readings', 'attributes', 'reply'];
const refusals = ['payload-malformed', 'checksum-wrong', 'protocol-violated', 'device-refused', 'property-unknown'];

/** Any bytes give words or a typed refusal, and never an exception; an explanation never points behind the end. */
export function staysTyped<Parts>({ driver, reader, frameOf, parts }: HostileScene<Parts>): void {
  const typed = (bytes: Uint8Array): boolean => {
    const said = driver.decode(bytes);
    return isRefusal(said) ? refusals.includes(said.problem.type) : uplinks.includes(said.kind);
  };
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), parts.map(frameOf)), (bytes) => {
      const explained = reader.explain(bytes);
      return typed(bytes) && (explained === undefined || explained.fields.every(({ end }) => end <= bytes.length));
    }),
    { numRuns: 3_000, seed: 188 },
  );
}

/** One flipped bit is never taken for the frame it was. */
export function seesFlippedBits<Parts>({ driver, known }: HostileScene<Parts>): void {
  for (let bit = 0; bit < known.length * 8; bit++) {
    const byte = bit >> 3;
    const said = driver.decode(known.with(byte, (known[byte] ?? 0) ^ (1 << (bit & 7))));
    expect(isRefusal(said), `bit ${bit}`).toBe(true);
  }
}

/** Behind noise, halves and false heads the frame is found, and nothing that is none. */
export function findsTheFrame<Parts>({ form, known }: HostileScene<Parts>): void {
  const half = fc.nat(known.length - 1).map((length) => known.slice(0, length));
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 30 }), half)), (before) => {
      const scanner = new FrameScanner(form);
      const stream = Uint8Array.from([...before.flatMap((part) => [...part]), ...known]);
      const found = [...scanner.push(stream), ...scanner.flush()].filter(({ kind }) => kind === 'frame');
      expect(found.map(({ bytes }) => bytes.join())).toContain(known.join());
      expect(found.every(({ bytes }) => bytes.join() === known.join())).toBe(true);
      expect(scanner.waiting).toBeLessThanOrEqual(2 * form.longest);
    }),
    { numRuns: 1_500, seed: 645 },
  );
}

/** What is made into a frame comes out of it unchanged. */
export function comesBackUnchanged<Parts>({ form, frameOf, partsOf, parts }: HostileScene<Parts>): void {
  fc.assert(
    fc.property(parts.map(frameOf), (frame) => {
      const read = partsOf(frame);
      expect(read && frameOf(read)).toEqual(frame);
      expect(form.sound(frame)).toBe(true);
    }),
    { numRuns: 1_000, seed: 7 },
  );
}
