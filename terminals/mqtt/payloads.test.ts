import { isRefusal, type Refusal, type Uplink } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mqttDriver } from './driver.ts';
import { within } from './json.ts';

const decode = (topic: string, payload: string | Uint8Array): Uplink | Refusal =>
  mqttDriver.decode({ topic, payload: typeof payload === 'string' ? Buffer.from(payload) : payload });

const typeOf = (answer: Uplink | Refusal): string => (isRefusal(answer) ? answer.problem.type : answer.kind);

const telemetry = 'v1/devices/me/telemetry';

test('[H-5-2] the four telemetry forms give the same readings', () => {
  const values = { temperature: 21.5, on: true, label: 'a' };
  expect(decode(telemetry, JSON.stringify(values))).toEqual({ kind: 'readings', readings: [{ values }] });
  expect(decode(telemetry, JSON.stringify([values]))).toEqual({ kind: 'readings', readings: [{ values }] });
  const timed = { ts: 1_700_000_000_123, values };
  const reading = { time: 1_700_000_000_123_000, values };
  expect(decode(telemetry, JSON.stringify(timed))).toEqual({ kind: 'readings', readings: [reading] });
  expect(decode(telemetry, JSON.stringify([timed, values]))).toEqual({
    kind: 'readings',
    readings: [reading, { values }],
  });
});

test('a fraction of a millisecond is kept as microseconds', () => {
  expect(decode(telemetry, '{"ts":1700000000000.25,"values":{"t":1}}')).toEqual({
    kind: 'readings',
    readings: [{ time: 1_700_000_000_000_250, values: { t: 1 } }],
  });
});

test('a property named ts without values is a property', () => {
  expect(decode(telemetry, '{"ts":5,"t":1}')).toEqual({ kind: 'readings', readings: [{ values: { ts: 5, t: 1 } }] });
});

test('a gateway speaks for many devices, and a broken part is refused alone', () => {
  const payload = '{"Device A":[{"ts":1700000000000,"values":{"t":1}},{"t":2}],"B/b":{"t":3},"C":[{"t":4},5]}';
  const uplink = decode('v1/gateway/telemetry', payload);
  expect(uplink).toMatchObject({
    kind: 'readings',
    readings: [
      { device: 'Device A', time: 1_700_000_000_000_000, values: { t: 1 } },
      { device: 'Device A', values: { t: 2 } },
      { device: 'C', values: { t: 4 } },
    ],
  });
  const refused = 'refused' in uplink ? (uplink.refused ?? []) : [];
  expect(refused.map(({ problem, pointer, device }) => [problem.type, pointer, device])).toEqual([
    ['payload-malformed', '/B~1b', 'B/b'],
    ['payload-malformed', '/C/1', 'C'],
  ]);
});

test('events carry a name, an optional time and data', () => {
  expect(decode('v1/devices/me/events', '{"event":"tamper","ts":1700000000000,"data":{"by":"lid"}}')).toEqual({
    kind: 'occurrences',
    occurrences: [{ event: 'tamper', time: 1_700_000_000_000_000, data: { by: 'lid' } }],
  });
  expect(decode('v1/gateway/events', '{"Lock 1":[{"event":"tamper"}]}')).toEqual({
    kind: 'occurrences',
    occurrences: [{ device: 'Lock 1', event: 'tamper' }],
  });
  expect(typeOf(decode('v1/devices/me/events', '{"event":""}'))).toBe('occurrences');
  expect(decode('v1/devices/me/events', '{"event":7}')).toMatchObject({
    occurrences: [],
    refused: [{ pointer: '/event' }],
  });
});

test('attributes are asked for by name, by kind, or all together', () => {
  const ask = (body: object) => decode('v1/devices/me/attributes/request/3', JSON.stringify(body));
  expect(ask({ clientKeys: 'a, b', sharedKeys: 'c' })).toEqual({
    kind: 'attributes-wanted',
    request: 3,
    client: ['a', 'b'],
    shared: ['c'],
  });
  expect(ask({ clientKeys: 'a' })).toEqual({ kind: 'attributes-wanted', request: 3, client: ['a'], shared: [] });
  expect(ask({})).toEqual({ kind: 'attributes-wanted', request: 3, client: undefined, shared: undefined });
  expect(typeOf(ask({ clientKeys: ['a'] }))).toBe('payload-malformed');
  expect(decode('v1/gateway/attributes/request', '{"id":1,"device":"A","client":true,"key":"k"}')).toEqual({
    kind: 'attributes-wanted',
    request: 1,
    device: 'A',
    client: ['k'],
    shared: [],
    single: true,
  });
});

test('calls and replies go both ways with their number', () => {
  expect(decode('v1/devices/me/rpc/request/9', '{"method":"time","params":{}}')).toEqual({
    kind: 'call',
    request: 9,
    method: 'time',
    params: {},
  });
  expect(decode('v1/devices/me/rpc/response/9', '"ok"')).toEqual({ kind: 'reply', request: 9, reply: 'ok' });
  expect(decode('v1/gateway/rpc', '{"device":"A","id":2,"data":{"ok":true}}')).toEqual({
    kind: 'reply',
    device: 'A',
    request: 2,
    reply: { ok: true },
  });
  const sent = mqttDriver.encode({ kind: 'call', request: 2, device: 'A', method: 'open', params: { s: 5 } });
  expect(sent.topic).toBe('v1/gateway/rpc');
  expect(JSON.parse(String(sent.payload))).toEqual({ device: 'A', data: { id: 2, method: 'open', params: { s: 5 } } });
});

test('each malformed payload has its own stable problem type', () => {
  const cases: [string | Uint8Array, string][] = [
    ['', 'payload-malformed'],
    ['{"t":1', 'payload-malformed'],
    ['{"t":NaN}', 'payload-malformed'],
    ["{'t':1}", 'payload-malformed'],
    ['\u0000', 'payload-malformed'],
    ['5', 'readings'],
    ['null', 'readings'],
    [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'payload-not-utf8'],
    [Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'payload-not-utf8'],
    [`{"t":"${'x'.repeat(65_536)}"}`, 'payload-too-large'],
    [`{"t":${'['.repeat(20)}${']'.repeat(20)}}`, 'payload-malformed'],
    ['{"ts":"1700000000000","values":{"t":1}}', 'time-out-of-range'],
    ['{"ts":1e300,"values":{"t":1}}', 'time-out-of-range'],
    ['{"ts":null,"values":{"t":1}}', 'time-out-of-range'],
    ['{"ts":1,"values":[1]}', 'payload-malformed'],
  ];
  for (const [payload, type] of cases)
    expect(typeOf(decode(telemetry, payload)), String(payload).slice(0, 40)).toBe(type);
  // A bare number or null is no reading: it comes back as a refused part, with nothing taken.
  expect(decode(telemetry, '5')).toMatchObject({ readings: [], refused: [{ pointer: '' }] });
  expect(typeOf(decode('v1/devices/other/telemetry', '{}'))).toBe('topic-forbidden');
});

test('depth is measured without walking deeper than allowed', () => {
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(within(deep, 16)).toBe(false);
  expect(within([[1]], 2)).toBe(true);
  expect(within([[1]], 1)).toBe(false);
});

const known = new Set([
  'payload-malformed',
  'payload-not-utf8',
  'payload-too-large',
  'time-out-of-range',
  'topic-forbidden',
]);
const uplinks = new Set([
  'readings',
  'occurrences',
  'attributes',
  'attributes-wanted',
  'call',
  'reply',
  'connect',
  'disconnect',
]);
const anyTopic = fc.constantFrom(
  telemetry,
  'v1/devices/me/attributes',
  'v1/devices/me/attributes/request/1',
  'v1/devices/me/rpc/request/1',
  'v1/devices/me/rpc/response/1',
  'v1/devices/me/events',
  'v1/gateway/telemetry',
  'v1/gateway/attributes',
  'v1/gateway/attributes/request',
  'v1/gateway/events',
  'v1/gateway/rpc',
  'v1/gateway/connect',
  'v1/gateway/disconnect',
);

test('random bytes give words or a typed refusal, never an exception', () => {
  fc.assert(
    fc.property(anyTopic, fc.uint8Array({ maxLength: 300 }), (topic, bytes) => {
      const type = typeOf(decode(topic, bytes));
      return known.has(type) || uplinks.has(type);
    }),
    { numRuns: 2_000 },
  );
});

test('random JSON gives words or a typed refusal, and readings hold exactly what was sent', () => {
  fc.assert(
    fc.property(anyTopic, fc.json(), (topic, json) => {
      const answer = decode(topic, json);
      const type = typeOf(answer);
      expect(known.has(type) || uplinks.has(type)).toBe(true);
      if (!isRefusal(answer) && answer.kind === 'readings' && topic === telemetry) {
        const sent: unknown = JSON.parse(json);
        const items = Array.isArray(sent) ? sent : [sent];
        for (const { values } of answer.readings)
          expect(items.some((item) => item === values || equal(item, values))).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

function equal(item: unknown, values: unknown): boolean {
  const inner = item !== null && typeof item === 'object' && 'ts' in item && 'values' in item ? item.values : item;
  return JSON.stringify(inner) === JSON.stringify(values);
}
