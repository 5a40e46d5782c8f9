import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteSum, type FrameForm, FrameScanner } from './frame-scanner.ts';

/** 7E, length of the data, data, sum. */
const form: FrameForm = {
  longest: 258,
  measure: (bytes, at) => {
    if (bytes[at] !== 0x7e) return -1;
    const length = bytes[at + 1];
    return length === undefined ? 0 : length + 3;
  },
  sound: (frame) => byteSum(frame, 0, frame.length - 1) === frame.at(-1),
};

const frameOf = (data: readonly number[]): Uint8Array => {
  const body = [0x7e, data.length, ...data];
  return Uint8Array.from([...body, byteSum(Uint8Array.from(body), 0, body.length)]);
};

const kinds = (found: readonly { kind: string }[]): string[] => found.map(({ kind }) => kind);

test('frames cut anywhere and glued together are all found, in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 0x7d }), { maxLength: 20 }), { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 30 }),
      (datas, cuts) => {
        const stream = Uint8Array.from(datas.flatMap((data) => [0x00, ...frameOf(data), 0x55]));
        const scanner = new FrameScanner(form);
        const found: string[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = cuts[turn % cuts.length] ?? 1;
          for (const { bytes } of scanner.push(stream.subarray(at, at + size))) found.push(bytes.join());
          at += size;
        }
        expect(found).toEqual(datas.map((data) => frameOf(data).join()));
      },
    ),
    { numRuns: 500, seed: 1 },
  );
});

test('a damaged frame is told, and the one behind it is found', () => {
  const broken = frameOf([1, 2, 3]).with(2, 9);
  const found = new FrameScanner(form).push(Uint8Array.from([...broken, ...frameOf([4])]));
  expect(kinds(found)).toEqual(['damaged', 'frame']);
});

test('a false head that waits for bytes that never come gives way when the line goes quiet', () => {
  const scanner = new FrameScanner(form);
  expect(scanner.push(Uint8Array.from([0x7e, 0xf0, ...frameOf([1])]))).toEqual([]);
  expect(kinds(scanner.flush())).toEqual(['damaged', 'frame']);
  expect(scanner.waiting).toBe(0);
});

test('whatever comes, no more than two longest frames are kept', () => {
  const scanner = new FrameScanner(form);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (noise) => {
      scanner.push(noise);
      return scanner.waiting <= 2 * form.longest;
    }),
    { numRuns: 500, seed: 2 },
  );
});
