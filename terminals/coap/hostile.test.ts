import { systemClock } from '@keystead/kernel/base';
import { isRefusal } from '@keystead/terminals/port';
import { eventually, recordingHost } from '@keystead/terminals/testing';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { Gathering } from './blocks/gathering.ts';
import { blockOf } from './blocks/serving.ts';
import { coapChannel } from './channel.ts';
import { encodeMessage } from './message/message.ts';
import { optionNumbers, targetOptions } from './message/option.ts';
import { readObject, writeObject } from './oscore/object.ts';
import { OscoreRelation } from './oscore/relation.ts';
import { readAttributes, readEvents, readJson, readTelemetry } from './payload.ts';
import { rawDevice } from './testing/device.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of ending.splice(0).reverse()) await stop();
});
const seeded = { seed: 7959, numRuns: 2_000 };
const option = fc.record({
  number: fc.oneof(fc.constantFrom(...Object.values(optionNumbers), 292), fc.integer({ min: 1, max: 300 })),
  value: fc.uint8Array({ maxLength: 12 }),
});
const content = fc.record({
  code: fc.integer({ min: 1, max: 31 }),
  options: fc.array(option, { maxLength: 6 }),
  payload: fc.uint8Array({ maxLength: 64 }),
});

test('blocks of any description are put together within their bounds', () => {
  const gathering = new Gathering(8);
  fc.assert(
    fc.property(content, fc.nat(20), (one, sender) => {
      gathering.add(`${sender}`, one, 0);
      blockOf({ code: 0x45, options: [], payload: one.payload }, one.options);
      expect(gathering.size).toBeLessThanOrEqual(8);
    }),
    seeded,
  );
});

test('OSCORE options and sealed bytes of any kind are read without throwing, and never taken', () => {
  const relation = new OscoreRelation(
    { masterSecret: new Uint8Array(16), senderId: Uint8Array.of(1), recipientId: Uint8Array.of(2) },
    systemClock,
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), fc.uint8Array({ maxLength: 40 }), (value, sealed) => {
      const object = readObject(value);
      if (object) {
        const written = writeObject(object);
        expect(writeObject(readObject(written) ?? {})).toEqual(written);
      }
      if (object?.piv) expect(relation.openRequest(sealed, object.piv).kind).toBe('forged');
    }),
    seeded,
  );
});

test('payloads of any JSON become uplinks of the sender, or are refused', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const read of [readTelemetry, readEvents, readAttributes]) {
        const uplink = read(value, 'd');
        if (!isRefusal(uplink)) expect(JSON.stringify(uplink)).toContain('kind');
      }
    }),
    seeded,
  );
  const read = (text: string) => readJson(Buffer.from(text));
  expect([read('['.repeat(40_000)), read(`${'['.repeat(17)}${']'.repeat(17)}`), read('{')].map(isRefusal)).toEqual([
    true,
    true,
    true,
  ]);
  expect(readTelemetry([{ a: 1 }, 5, { ts: 'now', values: {} }, { ts: 1.5, values: { b: 2 } }], 'd')).toMatchObject({
    readings: [{ values: { a: 1 } }, { time: 1500, values: { b: 2 } }],
    refused: [{ pointer: '/1' }, { pointer: '/2/ts' }],
  });
});

test('a channel that is sent thousands of broken datagrams goes on taking good ones', async () => {
  const host = recordingHost();
  const secret = 'a-secret-of-the-device';
  const devices = [{ name: 'd', at: { secret } }];
  const channel = await coapChannel.open(
    { name: 'c', settings: { listen: { port: 0 }, ackTimeout: 200 }, devices },
    host,
  );
  ending.push(() => channel.close());
  const raw = await rawDevice(() => channel.port);
  ending.push(() => raw.close());
  const path = targetOptions(`/v1/d/${secret}/telemetry`);
  const header = fc.record({ id: fc.nat(30_000), type: fc.constantFrom('CON' as const, 'NON' as const) });
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc
      .tuple(header, content)
      .map(([head, one]) =>
        encodeMessage({ ...head, ...one, token: Uint8Array.of(1), options: [...path, ...one.options] }),
      ),
  );
  for (const [index, one] of fc.sample(bytes, seeded).entries()) {
    raw.send(one);
    if (index % 100 === 0) await new Promise((done) => setTimeout(done, 1));
  }
  const good = {
    type: 'CON' as const,
    code: 2,
    id: 40_000,
    token: Uint8Array.of(9),
    options: path,
    payload: Buffer.from('{"good":1}'),
  };
  await eventually(() => {
    raw.send(good);
    return raw.received.some(({ id, code }) => id === 40_000 && code === 0x44);
  }, 'the good one is acknowledged');
  expect(JSON.stringify(host.uplinks)).toContain('"good":1');
});
