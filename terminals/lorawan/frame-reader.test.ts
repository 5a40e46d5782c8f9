import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lorawanFrameReader } from './frame-reader.ts';

const explain = (hex: string) => lorawanFrameReader.explain(Buffer.from(hex, 'hex'));
const values = (hex: string) => explain(hex)?.fields.map(({ name, value }) => [name.en, value]);

test('a frame from the air is laid out', () => {
  expect(values('40F17DBE4900020001954378762B11FF0D')).toEqual([
    ['MHDR', '上行（不确认） uplink, unconfirmed'],
    ['DevAddr', '49BE7DF1'],
    ['FCtrl', '0'],
    ['FCnt', '2'],
    ['FPort', '1'],
    ['FRMPayload (encrypted)', '95437876'],
    ['MIC', '2B11FF0D'],
  ]);
  expect(values('00DC0000D07ED5B3701E6FEDF57CEEAF0085CC587FE913')).toEqual([
    ['MHDR', '入网请求 join request'],
    ['JoinEUI', '70B3D57ED00000DC'],
    ['DevEUI', '00AFEE7CF5ED6F1E'],
    ['DevNonce', 'CC85'],
    ['MIC', '587FE913'],
  ]);
});

test('what cannot be such a frame is left to others', () => {
  for (const hex of ['', '40', 'E0F17DBE4900020001954378762B11FF0D', '41F17DBE4900020001954378762B11FF0D'])
    expect(explain(hex)).toBeUndefined();
  // More options announced than there are bytes.
  expect(explain('40F17DBE490F020001954378762B11FF0D')).toBeUndefined();
});

test('the fields of any bytes lie inside them, in order, without gaps', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0x00, 0x20, 0x40, 0x60, 0x80, 0xa0, 0xc0),
      fc.uint8Array({ maxLength: 300 }),
      (head, rest) => {
        const bytes = Uint8Array.from([head, ...rest]);
        const fields = lorawanFrameReader.explain(bytes)?.fields ?? [];
        for (const [at, { start, end }] of fields.entries()) {
          expect(start).toBeGreaterThanOrEqual(fields[at - 1]?.end ?? 0);
          expect(end).toBeGreaterThan(start);
        }
        if (fields.length > 0) expect(fields.at(-1)?.end).toBe(bytes.length);
      },
    ),
    { numRuns: 3_000, seed: 13 },
  );
});
