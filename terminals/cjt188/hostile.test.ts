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
import { cjt188Driver } from './driver.ts';
import { cjt188Form, frameOf, partsOf } from './frame.ts';
import { cjt188Reader } from './reader.ts';

const known = bytesOfHex(
  '68 10 45 41 10 05 15 33 78 81 16 90 1F AA 00 59 59 00 2C FF FF FF FF 2C FF FF FF FF FF FF FF 00 00 C2 16',
);

/** A frame as the standard forms it, around any address, function and data. */
const parts = fc.record({
  type: fc.integer({ min: 0x10, max: 0x59 }),
  address: fc.stringMatching(/^[0-9]{14}$/),
  control: fc.constantFrom(0x01, 0x81, 0x81, 0xc1, 0x03, 0x83, 0x04, 0x84, 0x96),
  data: fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.uint8Array({ minLength: 20, maxLength: 50 }).map((rest) => Uint8Array.from([0x90, 0x1f, 1, ...rest])),
  ),
});

const scene: HostileScene<Parameters<typeof frameOf>[0]> = {
  driver: cjt188Driver(),
  form: cjt188Form,
  reader: cjt188Reader,
  frameOf,
  partsOf,
  known,
  parts,
};

test('any bytes give words or a typed refusal, and never an exception', () => staysTyped(scene));
test('one flipped bit is never taken for the frame it was', () => seesFlippedBits(scene));
test('behind noise, halves and false heads the frame is found, and nothing that is none', () => findsTheFrame(scene));
test('what is made into a frame comes out of it unchanged', () => comesBackUnchanged(scene));
