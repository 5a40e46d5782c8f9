import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coapFrameReader } from './frame-reader.ts';
import { code } from './message/code.ts';
import { encodeMessage } from './message/message.ts';
import { targetOptions } from './message/option.ts';

const frame = encodeMessage({
  type: 'CON',
  code: code('0.02'),
  id: 513,
  token: Uint8Array.of(7, 8),
  options: targetOptions('/telemetry?t=1'),
  payload: Buffer.from('{}'),
});

test('a request is told part by part, each where it stands', () => {
  const explained = coapFrameReader.explain(frame);
  expect(explained?.fields.map(({ name, value }) => [name.en, value])).toEqual([
    ['Type', 'CON'],
    ['Code', 'POST'],
    ['Message ID', '513'],
    ['Token', '0708'],
    ['Option uriPath', 'telemetry'],
    ['Option uriQuery', 't=1'],
    ['Payload', '7b7d'],
  ]);
  for (const { start, end, name, value } of explained?.fields ?? [])
    if (name.en === 'Option uriPath') expect(Buffer.from(frame.subarray(start, end)).toString()).toBe(value);
});

test('any bytes give fields within them, or nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) =>
      (coapFrameReader.explain(bytes)?.fields ?? []).every(({ start, end }) => start <= end && end <= bytes.length),
    ),
    { numRuns: 5_000, seed: 7252 },
  );
});
