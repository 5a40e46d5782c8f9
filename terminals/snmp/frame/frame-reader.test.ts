import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementAt, oidText } from './ber.ts';
import { snmpReader } from './frame-reader.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const explain = (hex: string) => snmpReader.explain(bytes(hex));
const said = (hex: string) => {
  const walk = (fields: { name: { en: string }; value: string; fields?: never[] }[]): [string, string][] =>
    fields.flatMap(({ name, value, fields: inner = [] }) => [[name.en, value] as [string, string], ...walk(inner)]);
  return walk((explain(hex)?.fields ?? []) as never);
};

const request =
  '30 29 02 01 01 04 06 7075626c6963 a0 1c 02 04 1e2c3f10 02 01 00 02 01 00 30 0e 30 0c 06 08 2b06010201010100 05 00';
const trap =
  '30 31 02 01 00 04 06 7075626c6963 a4 24 06 06 2b0601040109 40 04 c0000205 02 01 03 02 01 00 43 02 03e8 30 0a 30 08 06 03 2b0601 02 01 ff';

describe('datagrams of SNMP', () => {
  test('a question of the second version is told with its variable', () => {
    expect(said(request)).toEqual([
      ['version', 'v2c'],
      ['community', 'public'],
      ['PDU', '读取 · get'],
      ['request id', '506216208'],
      ['error status', '0'],
      ['error index', '0'],
      ['variable', '1.3.6.1.2.1.1.1.0 = NULL'],
    ]);
  });

  test('a trap of the first version is told with who sent it and what it carries', () => {
    expect(said(trap)).toContainEqual(['agent address', '192.0.2.5']);
    expect(said(trap)).toContainEqual(['time stamp', '1000']);
    expect(said(trap)).toContainEqual(['variable', '1.3.6.1 = -1 (INTEGER)']);
  });

  test('the parts stand where they are said to stand', () => {
    const community = explain(request)?.fields[1];
    const frame = bytes(request);
    expect(Buffer.from(frame.subarray((community?.start ?? 0) + 2, community?.end)).toString()).toBe('public');
  });

  test.each([
    ['cut', request.slice(0, -3)],
    ['longer than it says', `${request} 00`],
    ['of a version nobody knows', request.replace('02 01 01', '02 01 07')],
    ['of an unknown kind', request.replace('a0 1c', 'bf 1c')],
    ['without end', '30 80 02 01 01'],
  ])('%s: not ours', (_, hex) => {
    expect(explain(hex)).toBeUndefined();
  });

  test('an object identifier within a number, or beyond 32 bits, is none', () => {
    for (const hex of ['06022b86', '06062bffffffff7f']) {
      const frame = bytes(hex);
      const element = elementAt(frame, 0, frame.length);
      expect(element && oidText(frame, element)).toBeUndefined();
    }
  });

  test('whatever the bytes are, reading them ends and throws nothing', () => {
    const base = bytes(request);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(base.length - 1), fc.nat(255), (random, at, value) => {
        snmpReader.explain(random);
        const bent = Uint8Array.from(base);
        bent[at] = value;
        const told = snmpReader.explain(bent);
        for (const { start, end } of told?.fields ?? []) expect(start >= 0 && end <= bent.length).toBe(true);
      }),
      { numRuns: 3_000, seed: 7 },
    );
  });
});
