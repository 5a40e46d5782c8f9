import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frame } from '../testing/raw-mqtt.ts';
import { FrameGuard } from './frame-guard.ts';

test('packets up to the limit pass, however the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 20 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 50 })),
      (lengths, cuts) => {
        const bytes = Buffer.concat(lengths.map((length) => frame(0x30, Buffer.alloc(length, 0xff))));
        const guard = new FrameGuard(400);
        for (let at = 0; at < bytes.length; ) {
          const to = at + (cuts.next().value ?? 1);
          if (!guard.admit(bytes.subarray(at, to))) return false;
          at = to;
        }
        return true;
      },
    ),
  );
});

test('a packet over the limit is found by its announced length, behind any number of good ones', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 10 }),
      fc.integer({ min: 401, max: 268_435_455 }),
      (lengths, tooLong) => {
        const good = lengths.map((length) => frame(0x32, Buffer.alloc(length)));
        const guard = new FrameGuard(400);
        return guard.admit(Buffer.concat(good)) && !guard.admit(frame(0x32, Buffer.alloc(0), tooLong));
      },
    ),
  );
});

test('a length of more than four bytes is no length', () => {
  expect(new FrameGuard(1e9).admit(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x01]))).toBe(false);
});
