import {
  CredentialUnknown,
  isJsonObject,
  isRefusal,
  type JsonObject,
  PayloadMalformed,
  type Refusal,
  readJsonObject,
  refuse,
} from '@keystead/terminals/port';
import { type Cloud, type CloudEvent, type Push, pushLimit } from './cloud.ts';
import { absent, base64, digest, filled, object, sameText, time, word } from './fields.ts';

const malformed = (what: string, pointer: string) => refuse(PayloadMalformed, what, pointer);

/** What a command came to, by the words CTWing has for it. */
const fates: Readonly<Record<string, boolean | undefined>> = {
  SENT: undefined,
  SAVED: undefined,
  DELIVERED: true,
  SUCCESSFUL: true,
  SUCCESS: true,
};

/** A report: bytes handed through (`APPdata`), a service's data, or fields as they are. */
function readReport(push: JsonObject, device: string): CloudEvent | Refusal {
  const { payload } = push;
  if (!isJsonObject(payload)) return malformed('no payload', '/payload');
  const at = time(push.timestamp);
  if (!absent(payload.APPdata)) {
    const bytes = base64(payload.APPdata);
    return bytes ? { kind: 'bytes', device, bytes, time: at } : malformed('not base64', '/payload/APPdata');
  }
  const values = filled(isJsonObject(payload.serviceData) ? payload.serviceData : payload);
  return { kind: 'values', device, values, time: at };
}

function readEvent(push: JsonObject, device: string): CloudEvent | Refusal {
  const at = time(push.timestamp);
  switch (push.messageType) {
    case 'dataReport':
      return readReport(push, device);
    case 'eventReport': {
      const event = word(push.serviceId) ?? word(push.eventType) ?? 'event';
      const data = isJsonObject(push.eventContent) ? filled(push.eventContent) : undefined;
      return { kind: 'event', device, event, data, time: at };
    }
    case 'deviceOnlineOfflineReport': {
      const type = word(push.eventType);
      if (type !== '0' && type !== '1') return malformed('neither on nor off', '/eventType');
      return { kind: 'presence', device, online: type === '1' };
    }
    case 'commandResponse': {
      const task = word(push.taskId);
      const result = object(push.result);
      const code = word(result.resultCode)?.toUpperCase() ?? '';
      if (task === undefined) return malformed('no task', '/taskId');
      const success = code in fates ? fates[code] : false;
      const detail = isJsonObject(result.resultDetail)
        ? JSON.stringify(result.resultDetail)
        : word(result.resultDetail);
      return { kind: 'fate', device, task, success, detail: detail ?? code };
    }
    default:
      return refuse(
        PayloadMalformed,
        `of a kind not known: ${word(push.messageType)?.slice(0, 64) ?? 'no word'}`,
        '/messageType',
      );
  }
}

/**
 * Pushes of CTWing (AEP). They bear no signature; so the address itself must be a secret: its last part is `token`.
 * Delivered again they are the same bytes; so the kind, the device, the time and the payload tell one from another.
 */
export const ctwing = (token: string): Cloud => ({
  read: (path, body): Push | Refusal => {
    if (!sameText(path.slice(path.lastIndexOf('/') + 1), token)) return refuse(CredentialUnknown, 'not our address');
    const push = readJsonObject(body, pushLimit);
    if (isRefusal(push)) return push;
    const device = word(push.deviceId) ?? word(push.IMEI) ?? word(push.imei);
    if (device === undefined) return malformed('no device', '/deviceId');
    const event = readEvent(push, device);
    if (isRefusal(event)) return event;
    const { messageType, timestamp, payload, eventContent, eventType, taskId, result, upPacketSN, upDataSN } = push;
    // Whatever stands in these fields is told apart as it was written; an object may have no text of its own.
    const told = JSON.stringify([payload, eventContent, eventType, taskId, result, upPacketSN, upDataSN]);
    return {
      id: digest('ctwing', word(messageType) ?? '', device, JSON.stringify(timestamp ?? null), told),
      events: [event],
    };
  },
});
