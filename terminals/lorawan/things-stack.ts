import {
  isJsonObject,
  isRefusal,
  PayloadMalformed,
  type Refusal,
  readJsonObject,
  refuse,
} from '@keystead/terminals/port';
import { counter, eui, list, number, object, payload, portOf, text, time } from './fields.ts';
import { eventLimit, type NetworkEvent, type NetworkServer, type Reception } from './network-server.ts';

const malformed = (what: string, pointer: string) => refuse(PayloadMalformed, what, pointer);
/** Correlation ids of ours begin with this; the server adds its own beside them. */
const mark = 'keystead:';

function receptionOf(metadata: unknown): Reception {
  const heard = list(metadata);
  const best = heard.toSorted((a, b) => (number(b.rssi) ?? -999) - (number(a.rssi) ?? -999))[0] ?? {};
  const gateway = text(object(best.gateway_ids).gateway_id);
  return { rssi: number(best.rssi), snr: number(best.snr), gateway, gateways: heard.length };
}

interface Device {
  devEui: string;
  deviceId?: string;
  application?: string;
  time?: number;
}

function readUp(up: Record<string, unknown>, device: Device, devAddr: string): NetworkEvent | Refusal {
  const fCnt = counter(up.f_cnt ?? 0);
  const fPort = portOf(up.f_port);
  const bytes = payload(up.frm_payload);
  if (fCnt === undefined) return malformed('no frame counter', '/uplink_message/f_cnt');
  if (fPort === undefined) return malformed('no port', '/uplink_message/f_port');
  if (bytes === undefined) return malformed('not base64', '/uplink_message/frm_payload');
  const lora = object(object(object(up.settings).data_rate).lora);
  return {
    ...device,
    kind: 'up',
    time: time(up.received_at) ?? device.time,
    devAddr,
    fCnt,
    fPort,
    bytes,
    object: isJsonObject(up.decoded_payload) ? up.decoded_payload : undefined,
    reception: receptionOf(up.rx_metadata),
    spreadingFactor: number(lora.spreading_factor),
    battery: number(object(up.last_battery_percentage).value),
  };
}

const idOf = (downlink: Record<string, unknown>): string | undefined => {
  const ids = Array.isArray(downlink.correlation_ids) ? downlink.correlation_ids : [];
  const ours = ids.find((id) => typeof id === 'string' && id.startsWith(mark));
  return typeof ours === 'string' ? ours.slice(mark.length) : undefined;
};

function readFate(event: Record<string, unknown>, device: Device): NetworkEvent | undefined {
  const fates = {
    downlink_ack: 'acknowledged',
    downlink_nack: 'unheard',
    downlink_sent: 'sent',
  } as const;
  for (const [key, fate] of Object.entries(fates)) {
    const id = isJsonObject(event[key]) ? idOf(event[key]) : undefined;
    if (id !== undefined) return { ...device, kind: 'fate', id, fate: fate as (typeof fates)[keyof typeof fates] };
  }
  const failed = object(event.downlink_failed);
  const id = idOf(object(failed.downlink));
  if (id === undefined) return undefined;
  return { ...device, kind: 'fate', id, fate: 'failed', detail: text(object(failed.error).message_format) };
}

/** Form of The Things Stack 3, over MQTT and over webhooks alike: the body says what it is. */
function read(_about: string, bytes: Uint8Array): NetworkEvent | Refusal {
  const event = readJsonObject(bytes, eventLimit);
  if (isRefusal(event)) return event;
  const ids = object(event.end_device_ids);
  const devEui = eui(ids.dev_eui);
  if (!devEui) return malformed('no dev_eui', '/end_device_ids/dev_eui');
  const device: Device = {
    devEui,
    deviceId: text(ids.device_id),
    application: text(object(ids.application_ids).application_id),
    time: time(event.received_at),
  };
  const devAddr = text(ids.dev_addr) ?? '';
  if (isJsonObject(event.uplink_message)) return readUp(event.uplink_message, device, devAddr);
  if (isJsonObject(event.join_accept)) return { ...device, kind: 'join', devAddr };
  return readFate(event, device) ?? { kind: 'other' };
}

export const thingsStack: NetworkServer = {
  name: 'the-things-stack',
  // `application` with its tenant: `app@tenant`.
  filters: (application) =>
    ['up', 'join', 'down/ack', 'down/nack', 'down/sent', 'down/failed'].map(
      (event) => `v3/${application}/devices/+/${event}`,
    ),
  read,
  command: ({ id, deviceId, devEui, application, fPort, bytes, confirmed }) => ({
    topic: `v3/${application}/devices/${deviceId ?? `eui-${devEui}`}/down/push`,
    payload: JSON.stringify({
      downlinks: [
        {
          f_port: fPort,
          frm_payload: Buffer.from(bytes).toString('base64'),
          priority: 'NORMAL',
          confirmed,
          correlation_ids: [`${mark}${id}`],
        },
      ],
    }),
  }),
};
