import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { samples } from './sample-fixture.ts';
import { readThumbnail } from './thumbnail.ts';

interface Raw {
  width: number;
  height: number;
  data: Uint8Array;
}
/** An encoder and decoder that is not ours. */
const { jpegjs } = createRequire(import.meta.url)('playwright-core/lib/utilsBundle') as {
  jpegjs: { encode(raw: Raw, quality: number): { data: Buffer }; decode(bytes: Uint8Array): Raw };
};

function painted(width: number, height: number, grey: (x: number, y: number) => number): Raw {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.fill(grey(x, y), 4 * (y * width + x), 4 * (y * width + x) + 3);
  return { width, height, data };
}

/** Largest difference to the means of the blocks another decoder finds. */
function worst(bytes: Uint8Array): number {
  const whole = jpegjs.decode(bytes);
  const mine = readThumbnail(bytes);
  if (!mine) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let y = 0; y < mine.height; y++)
    for (let x = 0; x < mine.width; x++) {
      let sum = 0;
      for (let n = 0; n < 64; n++) {
        const at = 4 * ((8 * y + Math.floor(n / 8)) * whole.width + 8 * x + (n % 8));
        sum += 0.299 * (whole.data[at] ?? 0) + 0.587 * (whole.data[at + 1] ?? 0) + 0.114 * (whole.data[at + 2] ?? 0);
      }
      most = Math.max(most, Math.abs(sum / 64 - (mine.luma[y * mine.width + x] ?? 0)));
    }
  return most;
}

const waves = (x: number, y: number) => 128 + 60 * Math.sin(x / 9) + 40 * Math.cos(y / 13) + ((x * 7 + y * 3) % 17);
const sample = jpegjs.encode(painted(320, 184, waves), 80).data;

describe('the brightness of a JPEG', () => {
  test.each([30, 75, 95])('at quality %i is that of another decoder, block by block', (quality) => {
    expect(worst(jpegjs.encode(painted(328, 200, waves), quality).data)).toBeLessThan(3);
  });

  test('keeps the blocks where they are, also when the sides are no multiples of eight', () => {
    const picture = readThumbnail(
      jpegjs.encode(
        painted(101, 67, (x, y) => (x < 48 && y < 32 ? 240 : 20)),
        90,
      ).data,
    );
    expect(picture).toMatchObject({ width: 12, height: 8 });
    const at = (x: number, y: number) => Math.round(picture?.luma[y * 12 + x] ?? -1);
    expect([at(0, 0), at(5, 3), at(6, 0), at(0, 4)].map((each) => (each > 128 ? 'light' : 'dark'))).toEqual([
      'light',
      'light',
      'dark',
      'dark',
    ]);
  });

  test.each(samples())('reads %s', (_form, text) => {
    expect(worst(Buffer.from(text, 'base64'))).toBeLessThan(3);
  });

  test('of a picture that is cut off is none', () => {
    for (const part of [0.1, 0.5, 0.9]) expect(readThumbnail(sample.subarray(0, sample.length * part))).toBeUndefined();
    expect(readThumbnail(Buffer.from('<html>401</html>'))).toBeUndefined();
  });

  test('broken bytes are refused or read, never thrown at', () => {
    const broken = fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(broken, fc.nat(sample.length), (changes, length) => {
        const bytes = Uint8Array.from(sample.subarray(0, length));
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const picture = readThumbnail(bytes);
        if (picture) expect(picture.luma.length).toBe(picture.width * picture.height);
      }),
      { seed: 28, numRuns: 2000 },
    );
  });
});
