import { clause } from '@keystead/kernel/testing';
import { isRefusal } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chirpstack } from './chirpstack.ts';
import type { NetworkEvent } from './network-server.ts';
import { Repeats } from './repeats.ts';
import { thingsStack } from './things-stack.ts';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const device = { devEui: '0101010101010101' };

test(clause('H-7.1-b-2', 'an uplink of ChirpStack is read with the strongest gateway'), () => {
  const event = {
    deduplicationId: '3ac7e3c4-4401-4b8d-9386-a5c902f9202d',
    time: '2022-07-18T09:34:15.775023242+00:00',
    deviceInfo: {
      applicationId: '17c82e96-be03-4f38-aef3-f83d48582d97',
      deviceName: 'Test',
      devEui: '0101010101010101',
    },
    devAddr: '00189440',
    dr: 1,
    fPort: 1,
    data: 'qg==',
    rxInfo: [
      { gatewayId: 'a', rssi: -100, snr: 2 },
      { gatewayId: '0016c001f153a14c', rssi: -36, snr: 10.5 },
    ],
    txInfo: { frequency: 868_100_000, modulation: { lora: { bandwidth: 125_000, spreadingFactor: 11 } } },
  };
  expect(chirpstack.read('application/17c8/device/0101010101010101/event/up', json(event))).toEqual({
    kind: 'up',
    devEui: '0101010101010101',
    application: '17c82e96-be03-4f38-aef3-f83d48582d97',
    time: Date.parse('2022-07-18T09:34:15.775Z'),
    devAddr: '00189440',
    // A counter of nought is left out by the server.
    fCnt: 0,
    fPort: 1,
    bytes: Uint8Array.from([0xaa]),
    object: undefined,
    reception: { rssi: -36, snr: 10.5, gateway: '0016c001f153a14c', gateways: 2 },
    spreadingFactor: 11,
  });
});

test('status, join and the fates of commands of ChirpStack', () => {
  const read = (about: string, more: object) => chirpstack.read(about, json({ deviceInfo: device, ...more }));
  expect(read('status', { margin: 7, batteryLevel: 75.5 })).toMatchObject({ kind: 'status', battery: 75.5, margin: 7 });
  expect(read('status', { batteryLevelUnavailable: true, batteryLevel: 0, externalPowerSource: true })).toMatchObject({
    battery: undefined,
    externalPower: true,
  });
  expect(read('x/event/join', { devAddr: '00189440' })).toMatchObject({ kind: 'join', devAddr: '00189440' });
  expect(read('ack', { queueItemId: 'q', acknowledged: true })).toMatchObject({ id: 'q', fate: 'acknowledged' });
  expect(read('ack', { queueItemId: 'q' })).toMatchObject({ fate: 'unheard' });
  expect(read('txack', { queueItemId: 'q' })).toMatchObject({ fate: 'sent' });
  const log = {
    level: 'ERROR',
    code: 'DOWNLINK_PAYLOAD_SIZE',
    description: 'too big',
    context: { queue_item_id: 'q' },
  };
  expect(read('log', log)).toMatchObject({ id: 'q', fate: 'failed', detail: 'too big' });
  expect(read('location', {})).toEqual({ kind: 'other' });
});

const ids = {
  device_id: 'dev1',
  application_ids: { application_id: 'app1' },
  dev_eui: '0004A30B001C0530',
  dev_addr: '00BCB929',
};

test(clause('H-7.1-b-2', 'an uplink of The Things Stack is read'), () => {
  const event = {
    end_device_ids: ids,
    correlation_ids: ['as:up:01'],
    received_at: '2020-02-12T15:15:46.000Z',
    uplink_message: {
      f_port: 1,
      f_cnt: 5,
      frm_payload: 'gkHe',
      decoded_payload: { temperature: 1 },
      rx_metadata: [{ gateway_ids: { gateway_id: 'gtw1' }, rssi: -35, snr: 5.2 }],
      settings: { data_rate: { lora: { bandwidth: 125_000, spreading_factor: 7 } }, frequency: '868300000' },
      received_at: '2020-02-12T15:15:45.787123Z',
      last_battery_percentage: { value: 94.5 },
    },
  };
  expect(thingsStack.read('', json(event))).toEqual({
    kind: 'up',
    devEui: '0004a30b001c0530',
    deviceId: 'dev1',
    application: 'app1',
    time: Date.parse('2020-02-12T15:15:45.787Z'),
    devAddr: '00BCB929',
    fCnt: 5,
    fPort: 1,
    bytes: Uint8Array.from([0x82, 0x41, 0xde]),
    object: { temperature: 1 },
    reception: { rssi: -35, snr: 5.2, gateway: 'gtw1', gateways: 1 },
    spreadingFactor: 7,
    battery: 94.5,
  });
});

test('join and the fates of commands of The Things Stack; those of others are not ours', () => {
  const read = (more: object) => thingsStack.read('', json({ end_device_ids: ids, ...more }));
  const sent = { f_port: 15, correlation_ids: ['as:downlink:1', 'keystead:one'] };
  expect(read({ join_accept: { session_key_id: 'x' } })).toMatchObject({ kind: 'join', devAddr: '00BCB929' });
  expect(read({ downlink_ack: sent })).toMatchObject({ kind: 'fate', id: 'one', fate: 'acknowledged' });
  expect(read({ downlink_nack: sent })).toMatchObject({ fate: 'unheard' });
  expect(read({ downlink_sent: sent })).toMatchObject({ fate: 'sent' });
  expect(read({ downlink_failed: { downlink: sent, error: { message_format: 'no session' } } })).toMatchObject({
    fate: 'failed',
    detail: 'no session',
  });
  expect(read({ downlink_ack: { correlation_ids: ['as:downlink:1'] } })).toEqual({ kind: 'other' });
});

test('commands are written as each server has them', () => {
  const downlink = {
    id: 'one',
    devEui: '0101010101010101',
    deviceId: 'dev1',
    application: 'app1@tenant',
    fPort: 10,
    bytes: Uint8Array.from([1, 2]),
    confirmed: true,
  };
  const ours = chirpstack.command({ ...downlink, application: 'app' });
  expect(ours.topic).toBe('application/app/device/0101010101010101/command/down');
  expect(JSON.parse(ours.payload)).toEqual({
    id: 'one',
    devEui: '0101010101010101',
    confirmed: true,
    fPort: 10,
    data: 'AQI=',
  });
  const theirs = thingsStack.command(downlink);
  expect(theirs.topic).toBe('v3/app1@tenant/devices/dev1/down/push');
  expect(JSON.parse(theirs.payload)).toEqual({
    downlinks: [
      { f_port: 10, frm_payload: 'AQI=', priority: 'NORMAL', confirmed: true, correlation_ids: ['keystead:one'] },
    ],
  });
});

test.each([
  ['not JSON', '{', 'payload-malformed'],
  ['a list', '[]', 'payload-malformed'],
  ['no device', '{}', 'payload-malformed'],
  ['a wrong device', '{"deviceInfo":{"devEui":"01"},"end_device_ids":{"dev_eui":"zz"}}', 'payload-malformed'],
  ['no base64', '{"deviceInfo":{"devEui":"0101010101010101"},"data":"?"}', 'payload-malformed'],
  ['a wrong counter', '{"deviceInfo":{"devEui":"0101010101010101"},"fCnt":-1}', 'payload-malformed'],
  ['too long', `{"x":"${'x'.repeat(300_000)}"}`, 'payload-too-large'],
])('%s is refused', (_, text, type) => {
  const event = chirpstack.read('event/up', Buffer.from(text));
  expect(isRefusal(event) && event.problem.type).toBe(type);
});

test('random words give an event or a refusal', () => {
  const any = fc.jsonValue({ maxDepth: 4 });
  const shaped = fc.record(
    {
      deviceInfo: fc.oneof(any, fc.record({ devEui: fc.oneof(fc.constant('0101010101010101'), any) })),
      end_device_ids: fc.oneof(any, fc.record({ dev_eui: fc.oneof(fc.constant('0101010101010101'), any) })),
      uplink_message: fc.oneof(any, fc.record({ f_cnt: any, frm_payload: any, rx_metadata: any, settings: any })),
      downlink_ack: any,
      downlink_failed: any,
      fCnt: any,
      fPort: any,
      data: any,
      rxInfo: any,
      txInfo: any,
      time: any,
      object: any,
    },
    { requiredKeys: [] },
  );
  const about = fc.constantFrom('up', 'join', 'ack', 'txack', 'status', 'log', 'else');
  fc.assert(
    fc.property(fc.oneof(shaped, any), about, (value, event) => {
      for (const server of [chirpstack, thingsStack]) {
        const read: NetworkEvent | object = server.read(event, json(value));
        if (!isRefusal(read)) expect(read).toHaveProperty('kind');
      }
    }),
    { numRuns: 3_000, seed: 11 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(isRefusal(chirpstack.read('up', bytes))).toBe(true);
    }),
    { numRuns: 1_000, seed: 12 },
  );
});

test('a frame is a repeat within ten minutes, by counter and address; after a join it is not', () => {
  const repeats = new Repeats();
  const up = (fCnt: number, time: number, devAddr = 'a') =>
    ({
      kind: 'up',
      devEui: 'e',
      devAddr,
      fCnt,
      time,
      fPort: 1,
      bytes: new Uint8Array(0),
      reception: { gateways: 1 },
    }) as const;
  repeats.note(up(5, 1_000), 0);
  expect(repeats.has(up(5, 1_000))).toBe(true);
  expect(repeats.has(up(5, 60_000))).toBe(true);
  expect(repeats.has(up(6, 1_000))).toBe(false);
  expect(repeats.has(up(5, 1_000, 'b'))).toBe(false);
  // The counter of a device without join begins anew when it is switched off and on.
  expect(repeats.has(up(5, 3_600_000))).toBe(false);
  for (let fCnt = 100; fCnt < 140; fCnt++) repeats.note(up(fCnt, 1_000), 0);
  expect(repeats.has(up(5, 1_000))).toBe(false);
  repeats.forget('e');
  expect(repeats.has(up(139, 1_000))).toBe(false);
});
