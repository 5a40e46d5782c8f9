import { bytesOfHex } from '@keystead/terminals/port';
import {
  comesBackUnchanged,
  findsTheFrame,
  type HostileScene,
  seesFlippedBits,
  staysTyped,
} from '@keystead/terminals/testing';
import fc from 'fast-check';
import { test } from 'vitest';
import { dlt645Driver } from './driver.ts';
import { dlt645Form, frameOf, partsOf } from './frame.ts';
import { dlt645Reader } from './reader.ts';

const known = bytesOfHex('68 12 90 78 56 34 12 68 91 08 33 33 34 33 89 67 45 33 54 16');

/** A frame as the standard forms it, around any address, function and data. */
const parts = fc.record({
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
});

const scene: HostileScene<Parameters<typeof frameOf>[0]> = {
  driver: dlt645Driver(),
  form: dlt645Form,
  reader: dlt645Reader,
  frameOf,
  partsOf,
  known,
  parts,
};

test('any bytes give words or a typed refusal, and never an exception', () => staysTyped(scene));
test('one flipped bit is never taken for the frame it was', () => seesFlippedBits(scene));
test('behind noise, halves and false heads the frame is found, and nothing that is none', () => findsTheFrame(scene));
test('what is made into a frame comes out of it unchanged', () => comesBackUnchanged(scene));
