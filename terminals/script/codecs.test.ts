import { movableClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import { type DecodedPayload, isRefusal, type Refusal } from '@keystead/terminals/port';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createCodecs, scriptLimits } from './index.ts';

const clock = movableClock('2026-01-01T00:00:00Z');
const codecs = createCodecs(clock);
afterAll(() => codecs.close());

const decode = (source: string, bytes: number[] = [1, 2, 3]) =>
  codecs.trial(source).decode({ bytes: Uint8Array.from(bytes), fPort: 2, recvTime: 1_700_000_000_000 });
const said = (answer: DecodedPayload | Refusal) =>
  isRefusal(answer) ? `${answer.problem.type}: ${answer.detail}` : answer.readings[0]?.values;

test(clause('H-7.1-b-2', 'a codec of the LoRaWAN form decodes, with port, receive time and warnings'), async () => {
  const source = `function decodeUplink(input) {
    return { data: { t: (input.bytes[0] << 8 | input.bytes[1]) / 10, port: input.fPort,
      at: input.recvTime.toISOString(), site: input.variables.site }, warnings: ['low'] };
  }`;
  const payload = { bytes: Uint8Array.from([0, 215]), fPort: 2, recvTime: 0, variables: { site: 'a' } };
  expect(await codecs.trial(source).decode(payload)).toMatchObject({
    readings: [{ values: { t: 21.5, port: 2, at: '1970-01-01T00:00:00.000Z', site: 'a' } }],
    warnings: ['low'],
  });
});

test('older forms of codecs run as they are', async () => {
  expect(said(await decode('function Decode(fPort, bytes) { return { v: bytes[2] + fPort } }'))).toEqual({ v: 5 });
  expect(said(await decode('function Decoder(bytes, port) { return { v: bytes[0] + port } }'))).toEqual({ v: 3 });
  // Codecs in the field use variables nobody declared.
  expect(
    said(
      await decode('decodeUplink = (i) => { sum = 0; for (k in i.bytes) sum += i.bytes[k]; return { data: { sum } } }'),
    ),
  ).toEqual({ sum: 6 });
});

test('a command becomes bytes, and bytes of a command are explained', async () => {
  const source = `function encodeDownlink(input) { return { fPort: 10, bytes: [input.data.open ? 1 : 0, input.request] } }
    function decodeDownlink(input) { return { data: { open: input.bytes[0] === 1 } } }`;
  expect(await codecs.trial(source).encode({ method: 'valve', params: { open: true }, request: 7 })).toEqual({
    bytes: Uint8Array.from([1, 7]),
    fPort: 10,
    replies: true,
  });
  expect(await codecs.explainDownlink(source, { bytes: Uint8Array.from([1]) })).toEqual({ data: { open: true } });
  const wrong = await codecs.trial('encodeDownlink = () => ({ bytes: [256] })').encode({ method: 'x', params: 1 });
  expect(isRefusal(wrong) && wrong.detail).toBe('bytes is no list of bytes');
});

test('nothing one payload leaves behind is there for the next', async () => {
  await codecs.put(
    'leaky',
    `var seen = 0; let kept; const own = { n: 0 };
    function decodeUplink(input) {
      seen++; own.n++; kept = input.bytes; globalThis.left = (globalThis.left || 0) + 1;
      Array.prototype.left = (Array.prototype.left || 0) + 1;
      decodeUplink.calls = (decodeUplink.calls || 0) + 1;
      return { data: { seen, n: own.n, left: globalThis.left, proto: [].left, calls: decodeUplink.calls } };
    }`,
  );
  for (let run = 0; run < 3; run++) {
    const answer = await codecs.codec('leaky')?.decode({ bytes: Uint8Array.from([run]) });
    expect(answer && said(answer)).toEqual({ seen: 1, n: 1, left: 1, proto: 1, calls: 1 });
  }
});

test.each([
  ['a loop', 'for (;;) {}'],
  ['a loop that catches', 'for (;;) { try { for (;;) {} } catch (e) {} }'],
  ['a loop inside the engine', 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)'],
  ['a regular expression without end', '/^(a+)+$/.test("a".repeat(60) + "b")'],
  ['unending recursion', 'return decodeUplink(input) + 1'],
  ['finally upon finally', 'try { decodeUplink() } finally { decodeUplink() }'],
  ['hoarding', 'const a = []; for (;;) a.push(new Uint8Array(100000))'],
])('%s is cut, and the next payload of another codec is decoded', async (_, body) => {
  const answer = await decode(`function decodeUplink(input) { ${body} }`);
  expect(isRefusal(answer) && answer.problem.type).toBe('codec-cut');
  expect(said(await decode('decodeUplink = () => ({ data: { fine: true } })'))).toEqual({ fine: true });
});

test('a codec that is cut again and again rests; a new version of it runs at once', async () => {
  await codecs.put('stuck', 'decodeUplink = (input) => { if (input.bytes[0]) for (;;) {} return { data: { n: 1 } } }');
  const run = (byte: number) => codecs.codec('stuck')?.decode({ bytes: Uint8Array.from([byte]) });
  for (let cuts = 0; cuts < scriptLimits.cuts; cuts++) await run(1);
  expect(await run(0)).toMatchObject({ detail: 'it was cut too often and rests' });
  clock.pass(scriptLimits.rest / 1000);
  expect(await run(0)).toMatchObject({ readings: [{ values: { n: 1 } }] });
  for (let cuts = 0; cuts < scriptLimits.cuts; cuts++) await run(1);
  await codecs.put('stuck', 'decodeUplink = () => ({ data: { n: 2 } })');
  expect(await run(0)).toMatchObject({ readings: [{ values: { n: 2 } }] });
});

test('a script sees nothing of the machine', async () => {
  const names =
    'process require module globalThis.process fetch setTimeout WebAssembly Worker console import.meta Deno';
  const source = `function decodeUplink() {
    const found = [];
    for (const name of ${JSON.stringify(names.split(' '))}) {
      try { if ((0, eval)(name) !== undefined) found.push(name); } catch (e) {}
    }
    let deep = 'nothing';
    try { deep = typeof (decodeUplink.constructor.constructor('return process')()); } catch (e) {}
    return { data: { found, deep } };
  }`;
  expect(said(await decode(source))).toEqual({ found: [], deep: 'nothing' });
  const waits = await decode("decodeUplink = async () => ({ data: (await import('node:fs')).constants })");
  expect(said(waits)).toBeUndefined();
});

test('tricks with prototypes deceive only the script itself', async () => {
  const polluted = await decode(`Object.prototype.polluted = 1; JSON.stringify = () => '{"data":{"mine":1}}';
    JSON.parse = () => { throw 1 };
    decodeUplink = () => JSON.constructor.assign(Object.create(null), { data: { ['__proto__']: { admin: true }, a: 1 } });`);
  expect(said(polluted)).toEqual({ a: 1 });
  expect(({} as { polluted?: number; admin?: boolean }).polluted).toBeUndefined();
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
  expect(said(await decode('Object.prototype.toJSON = () => 5; decodeUplink = () => ({ data: {} })'))).toMatch(
    'codec-failed',
  );
});

test.each([
  ['throws', 'throw new TypeError("no")', 'codec-failed: TypeError: no (line 1)'],
  ['throws what is no error', 'throw null', 'codec-failed: it threw something that is no error'],
  ['names its errors', 'return { errors: ["short", "worse"] }', 'codec-failed: short; worse'],
  ['returns nothing', '', 'codec-failed: it returned nothing'],
  ['returns a number as data', 'return { data: 5 }', 'codec-failed: data is no object'],
  ['returns a list', 'return [1]', 'codec-failed: it returned no object'],
  ['names a time that is none', 'return { data: { a: 1 }, time: "soon" }', 'codec-failed: a time is no time'],
  ['returns too much', 'return { data: { a: "x".repeat(70000) } }', 'codec-failed: more than 65536 characters'],
  [
    'nests too deep',
    'let a = 1; for (let i = 0; i < 40; i++) a = [a]; return { data: { a } }',
    'codec-failed: it returned something nested too deep',
  ],
])('a codec that %s is refused with the reason', async (_, body, expected) => {
  expect(said(await decode(`function decodeUplink(input) { ${body} }`))).toBe(expected);
});

test('what is no codec is not kept', async () => {
  await expect(codecs.put('broken', 'function (')).rejects.toMatchObject({ type: 'codec-failed' });
  await expect(codecs.put('empty', 'const x = 1')).rejects.toMatchObject({ type: 'codec-failed' });
  await expect(codecs.put('long', ' '.repeat(scriptLimits.source + 1))).rejects.toMatchObject({ type: 'codec-failed' });
  await expect(codecs.put('stuck too', 'for (;;) {}')).rejects.toMatchObject({ type: 'codec-cut' });
  expect(codecs.codec('broken')).toBeUndefined();
  const kept = await codecs.put('kept', 'decodeUplink = () => ({})');
  expect(kept).toEqual({ version: expect.stringMatching(/^[0-9a-f]{16}$/), functions: ['decodeUplink'] });
  codecs.remove('kept');
  expect(codecs.codec('kept')).toBeUndefined();
});

test('random texts and random bytes give words or a typed refusal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 200 }), fc.uint8Array({ maxLength: 64 }), async (text, bytes) => {
      const answer = await codecs.trial(`function decodeUplink(input) { ${text} }`).decode({ bytes });
      if (isRefusal(answer)) expect(['codec-failed', 'codec-cut']).toContain(answer.problem.type);
      else expect(answer.readings).toBeInstanceOf(Array);
    }),
    { numRuns: 500, seed: 4 },
  );
  const echo = codecs.trial(
    'decodeUplink = (i) => i.bytes.length ? { data: { sum: i.bytes.reduce((a, b) => a + b, 0) } } : {}',
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
      const answer = await echo.decode({ bytes });
      const sum = bytes.reduce((total, byte) => total + byte, 0);
      expect(said(answer)).toEqual(bytes.length === 0 ? undefined : { sum });
    }),
    { numRuns: 500, seed: 5 },
  );
});
