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

function receptionOf(rxInfo: unknown): Reception {
  const heard = list(rxInfo);
  const best = heard.toSorted((a, b) => (number(b.rssi) ?? -999) - (number(a.rssi) ?? -999))[0] ?? {};
  return { rssi: number(best.rssi), snr: number(best.snr), gateway: text(best.gatewayId), gateways: heard.length };
}

function readUp(event: Record<string, unknown>, device: { devEui: string }): NetworkEvent | Refusal {
  const fCnt = counter(event.fCnt ?? 0);
  const fPort = portOf(event.fPort);
  const bytes = payload(event.data);
  if (fCnt === undefined) return malformed('no frame counter', '/fCnt');
  if (fPort === undefined) return malformed('no port', '/fPort');
  if (bytes === undefined) return malformed('not base64', '/data');
  const lora = object(object(object(event.txInfo).modulation).lora);
  return {
    ...device,
    kind: 'up',
    devAddr: text(event.devAddr) ?? '',
    fCnt,
    fPort,
    bytes,
    object: isJsonObject(event.object) ? event.object : undefined,
    reception: receptionOf(event.rxInfo),
    spreadingFactor: number(lora.spreadingFactor),
  };
}

/** Form of the JSON marshaler of ChirpStack 4; `about`: `…/event/up`, or `up` from its HTTP integration. */
function read(about: string, bytes: Uint8Array): NetworkEvent | Refusal {
  const event = readJsonObject(bytes, eventLimit);
  if (isRefusal(event)) return event;
  const info = object(event.deviceInfo);
  const devEui = eui(info.devEui);
  if (!devEui) return malformed('no devEui', '/deviceInfo/devEui');
  const device = { devEui, application: text(info.applicationId), time: time(event.time) };
  const id = text(event.queueItemId) ?? '';
  switch (about.slice(about.lastIndexOf('/') + 1)) {
    case 'up':
      return readUp(event, device);
    case 'join':
      return { ...device, kind: 'join', devAddr: text(event.devAddr) };
    case 'status': {
      const externalPower = event.externalPowerSource === true;
      const battery = event.batteryLevelUnavailable === true ? undefined : number(event.batteryLevel);
      return { ...device, kind: 'status', externalPower, battery, margin: number(event.margin) };
    }
    case 'ack':
      return { ...device, kind: 'fate', id, fate: event.acknowledged === true ? 'acknowledged' : 'unheard' };
    case 'txack':
      return { ...device, kind: 'fate', id, fate: 'sent' };
    case 'log': {
      const queued = text(object(event.context).queue_item_id);
      if (queued === undefined) return { kind: 'other' };
      return { ...device, kind: 'fate', id: queued, fate: 'failed', detail: text(event.description) };
    }
    default:
      return { kind: 'other' };
  }
}

export const chirpstack: NetworkServer = {
  name: 'chirpstack',
  filters: (application) =>
    ['up', 'join', 'ack', 'txack', 'status', 'log'].map(
      (event) => `application/${application}/device/+/event/${event}`,
    ),
  read,
  command: ({ id, devEui, application, fPort, bytes, confirmed }) => ({
    topic: `application/${application}/device/${devEui}/command/down`,
    payload: JSON.stringify({ id, devEui, confirmed, fPort, data: Buffer.from(bytes).toString('base64') }),
  }),
};
