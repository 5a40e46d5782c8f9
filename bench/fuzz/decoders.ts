import { cjt188Driver, cjt188Reader } from '@keystead/terminals/cjt188';
import { decodeMessage } from '@keystead/terminals/coap';
import { dlt645Driver, dlt645Reader } from '@keystead/terminals/dlt645';
import { gb26875Form, gb26875Reader, readFrame } from '@keystead/terminals/gb26875';
import { readManscdp, readSip } from '@keystead/terminals/gb28181';
import { chirpstack, lorawanFrameReader, thingsStack } from '@keystead/terminals/lorawan';
import {
  decodeReply,
  decodeRequest,
  type ModbusRequest,
  modbusReader,
  rtuFraming,
  tcpFraming,
} from '@keystead/terminals/modbus';
import { mqttDriver, readAgentLog } from '@keystead/terminals/mqtt';
import { ctwing, onenet } from '@keystead/terminals/nbiot';
import { fromVariant } from '@keystead/terminals/opcua';
import { bytesOfHex, FrameScanner } from '@keystead/terminals/port';
import { pointsOf, readDevices, readState } from '@keystead/terminals/zigbee';
import { automationDecoders } from './automation.ts';
import type { Decoder } from './decoder.ts';
import { damaged, strange } from './inputs.ts';
import { scriptDecoders } from './scripts.ts';
import { trapListener } from './trap-listener.ts';

const hex = (...frames: string[]): Uint8Array[] => frames.map((frame) => bytesOfHex(frame));
const meters = {
  cjt188: hex(
    '68 10 45 41 10 05 15 33 78 81 16 90 1F AA 00 59 59 00 2C FF FF FF FF 2C FF FF FF FF FF FF FF 00 00 C2 16',
    'FE FE 68 10 45 41 10 05 15 33 78 81 16 90 1F AA 00 59 59 00 2C FF FF FF FF 2C FF FF FF FF FF FF FF 00 00 C2 16',
  ),
  dlt645: hex(
    '68 37 03 00 92 81 39 68 91 08 33 33 34 33 37 33 33 33 8C 16',
    '68 37 03 00 92 81 39 68 91 08 33 33 34 33 3A 33 33 33 8F 16',
  ),
};
const fire = hex(
  '40 40 08 00 01 00 05 1E 0E 13 09 1A 01 00 00 00 00 11 00 00 00 00 00 00 09 00 02 15 01 01 05 1E 0E 13 09 1A 0B 23 23',
  '40 40 07 00 01 00 05 1E 0E 13 09 1A 00 00 00 00 00 00 01 00 00 00 00 11 00 00 03 84 23 23',
);
const asked: ModbusRequest = { function: 3, address: 0, count: 2 };
const rtu = [
  rtuFraming.wrap(1, 0, bytesOfHex('03 04 00 0A 01 02')),
  rtuFraming.wrap(1, 0, bytesOfHex('83 02')),
  rtuFraming.wrap(1, 0, bytesOfHex('10 00 01 00 02 04 00 0A 01 02')),
  rtuFraming.wrap(17, 0, bytesOfHex('03 00 6B 00 03')),
];
const tcp = [
  tcpFraming.wrap(1, 7, bytesOfHex('03 04 00 0A 01 02')),
  tcpFraming.wrap(1, 7, bytesOfHex('83 02')),
  tcpFraming.wrap(1, 8, bytesOfHex('10 00 01 00 02 04 00 0A 01 02')),
];

/** Replies and requests of either wrapping, and what stands in them. */
function modbus(framing: typeof rtuFraming, bytes: Uint8Array): void {
  const found = framing.findReply(bytes, { unit: 1, transaction: 7, request: asked });
  if (found.pdu) decodeReply(asked, found.pdu);
  const { request } = framing.findRequest(bytes);
  if (request) decodeRequest(request.pdu);
  decodeReply(asked, bytes);
  decodeRequest(bytes);
  modbusReader.explain(bytes);
}

const coap = hex(
  '41 01 7d 35 20 bb 74 65 6d 70 65 72 61 74 75 72 65',
  '61 45 7d 35 20 ff 32 32 2e 33 20 43',
  '40 00 12 34',
  '44 02 84 9e 51 55 77 e8 b2 48 69 04 54 65 73 74 43 61 3d 31 ff 7b 22 61 22 3a 31 7d',
);
const air = hex('40F17DBE4900020001954378762B11FF0D', '00DC0000D07ED5B3701E6FEDF57CEEAF0085CC587FE913');
const uplinks = [
  {
    deviceInfo: { applicationId: 'a', devEui: '0101010101010101' },
    time: '2022-07-18T09:34:15.775023242+00:00',
    fPort: 1,
    fCnt: 7,
    data: 'qg==',
    rxInfo: [{ gatewayId: 'a', rssi: -100, snr: 2 }],
    txInfo: { frequency: 868_100_000, modulation: { lora: { spreadingFactor: 11 } } },
  },
  {
    end_device_ids: { dev_eui: '0101010101010101', application_ids: { application_id: 'a' } },
    received_at: '2022-07-18T09:34:15Z',
    uplink_message: { f_cnt: 3, f_port: 1, frm_payload: 'qg==', rx_metadata: [{ rssi: -90, snr: 3 }], settings: {} },
  },
];
const mqttTopics = [
  'v1/devices/me/telemetry',
  'v1/devices/me/attributes',
  'v1/devices/me/events',
  'v1/gateway/telemetry',
  'v1/gateway/attributes',
  'v1/gateway/rpc',
  'v1/devices/me/rpc/request/7',
  'v1/gateway/connect',
];
const mqttBodies = [
  { temperature: 21.5, on: true },
  [{ ts: 1_790_000_000_000, values: { temperature: 21.5 } }],
  { 'dev-1': [{ ts: 1_790_000_000_000, values: { a: 1 } }], 'dev-2': [{ b: 2 }] },
  { device: 'dev-1', data: { id: 7, success: true } },
  { method: 'getCurrentTime', params: {} },
];
const logs = [
  {
    log: 'a1b2c3',
    level: 2,
    from: 17,
    offset: 0,
    dropped: [{ from: 1, to: 4, first: 1_790_000_000_000_000, last: 1_790_000_000_100_000 }],
    records: [{ d: 'dev', t: 1_790_000_000_000_000, v: { a: 1 } }],
  },
];
const pushes = [
  { messageType: 'dataReport', deviceId: 'd', timestamp: 1_790_000_000_000, payload: { APPdata: 'qg==' } },
  { messageType: 'commandResponse', deviceId: 'd', taskId: 4, result: { resultCode: 'SUCCESS', resultDetail: {} } },
  {
    msg: { type: 1, dev_id: 4, ds_id: '3303_0_5700', value: 5, at: 1_790_000_000_000 },
    nonce: 'n',
    msg_signature: 's',
  },
];
const bridge = [
  [
    {
      ieee_address: '0x00158d0001dc126a',
      friendly_name: 'x',
      definition: {
        exposes: [
          { type: 'numeric', property: 'temperature', access: 1, unit: '°C' },
          {
            type: 'light',
            features: [{ type: 'binary', property: 'state', value_on: 'ON', value_off: 'OFF', access: 7 }],
          },
        ],
      },
    },
  ],
  { temperature: 20, state: 'ON', linkquality: 90, action: 'single', last_seen: 1_790_000_000_000 },
];
const sip = [
  'REGISTER sip:34020000002000000001@3402000000 SIP/2.0\r\nv: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bK1\r\nFrom: <sip:3@3402000000>;tag=1\r\nCall-ID: a@b\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n',
  '<?xml version="1.0" encoding="GB2312"?><Notify><CmdType>Alarm</CmdType><SN>5</SN><DeviceID>34020000001320000001</DeviceID><AlarmPriority>1</AlarmPriority><Info><AlarmType>10</AlarmType></Info></Notify>',
].map((text) => Buffer.from(text));
/** SNMP v2c trap of a link that went down, as net-snmp sends it. */
const traps = hex(
  '30 43 02 01 01 04 06 70 75 62 6C 69 63 A7 36 02 04 12 34 56 78 02 01 00 02 01 00 30 28 30 0D 06 08 2B 06 01 02 01 01 03 00 43 01 05 30 17 06 0A 2B 06 01 06 03 01 01 04 01 00 06 09 2B 06 01 06 03 01 01 05 03',
);
const variants = [
  { dataType: 11, arrayType: 0, value: 5.5 },
  { dataType: 12, arrayType: 1, value: ['a', 'b'] },
  { dataType: 9, arrayType: 0, value: [0, 5] },
  { dataType: 13, arrayType: 0, value: '2026-01-01T00:00:00Z' },
];

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return bytes;
  }
};
const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);

/** A stream whose pieces are what comes in; it goes on after each. */
function fireStream(): (bytes: Uint8Array) => void {
  const scanner = new FrameScanner(gb26875Form);
  return (bytes) => {
    for (const { kind, bytes: frame } of scanner.push(bytes)) if (kind === 'frame') readFrame(frame);
    if (scanner.waiting > 2 * gb26875Form.longest) throw new Error('it keeps more than it may');
    gb26875Reader.explain(bytes);
  };
}

/** Every decoder of every terminal; each made anew, for it may keep a state. */
export const decoders: Record<string, () => Decoder> = {
  cjt188: () => {
    const driver = cjt188Driver();
    const decode = (bytes: Uint8Array) => [driver.decode(bytes), cjt188Reader.explain(bytes)];
    return { name: 'cjt188', input: (chance) => damaged(chance, meters.cjt188), decode };
  },
  dlt645: () => {
    const driver = dlt645Driver();
    const decode = (bytes: Uint8Array) => [driver.decode(bytes), dlt645Reader.explain(bytes)];
    return { name: 'dlt645', input: (chance) => damaged(chance, meters.dlt645), decode };
  },
  gb26875: () => ({ name: 'gb26875', input: (chance) => damaged(chance, fire), decode: fireStream() }),
  modbus_rtu: () => ({
    name: 'modbus_rtu',
    input: (chance) => damaged(chance, rtu),
    decode: (bytes) => modbus(rtuFraming, bytes),
  }),
  modbus_tcp: () => ({
    name: 'modbus_tcp',
    input: (chance) => damaged(chance, tcp),
    decode: (bytes) => modbus(tcpFraming, bytes),
  }),
  coap: () => ({ name: 'coap', input: (chance) => damaged(chance, coap), decode: decodeMessage }),
  lorawan: () => ({
    name: 'lorawan',
    input: (chance) => (chance.below(3) === 0 ? damaged(chance, air) : strange(chance, uplinks)),
    decode: (bytes) => [
      lorawanFrameReader.explain(bytes),
      chirpstack.read('application/a/device/0101010101010101/event/up', bytes),
      thingsStack.read('v3/a/devices/d/up', bytes),
    ],
  }),
  mqtt: () => {
    let turn = 0;
    const decode = (payload: Uint8Array) => [
      mqttDriver.decode({ topic: mqttTopics[turn++ % mqttTopics.length] ?? '', payload }),
      readAgentLog(payload),
    ];
    return { name: 'mqtt', input: (chance) => strange(chance, chance.below(3) === 0 ? logs : mqttBodies), decode };
  },
  nbiot: () => {
    const clouds = [ctwing('secret'), onenet({ token: 'secret' })];
    return {
      name: 'nbiot',
      input: (chance) => strange(chance, pushes),
      decode: (bytes) => clouds.map((cloud) => cloud.read('/push/secret', bytes)),
    };
  },
  opcua: () => ({
    name: 'opcua',
    input: (chance) => strange(chance, variants),
    decode: (bytes) => {
      const given = parsed(bytes);
      const { dataType, arrayType, value } = isObject(given) ? given : { value: given };
      const small = (number: unknown, otherwise: number) => (typeof number === 'number' ? number : otherwise);
      // The library gives both as numbers; the value is the server's.
      return fromVariant({ dataType: small(dataType, 11), arrayType: small(arrayType, 0), value });
    },
  }),
  gb28181: () => ({
    name: 'gb28181',
    input: (chance) => damaged(chance, sip),
    decode: (bytes) => [readSip(bytes), readManscdp(bytes)],
  }),
  snmp: () => ({ name: 'snmp', input: (chance) => damaged(chance, traps), ...trapListener() }),
  zigbee: () => ({
    name: 'zigbee',
    input: (chance) => strange(chance, bridge),
    decode: (bytes) => {
      const given = parsed(bytes);
      const points = pointsOf(Array.isArray(given) ? given : [given]);
      return [readDevices(bytes), isObject(given) ? readState(given, points) : undefined];
    },
  }),
  ...automationDecoders,
  ...scriptDecoders(air),
};
