import { PayloadMalformed, type Refusal, refuse, type Uplink } from '@keystead/terminals/port';
import { isObject } from './json.ts';

const form = (detail: string, pointer = '') => refuse(PayloadMalformed, detail, pointer);
const mostKeys = 256;

/** `"a,b"` as `['a','b']`; absent or empty = not asked for by name. */
function keyList(value: unknown, pointer: string): string[] | undefined | Refusal {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') return form('expected names with commas between', pointer);
  const keys = value
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  return keys.length > mostKeys ? form(`at most ${mostKeys} names`, pointer) : keys;
}

/** `{clientKeys, sharedKeys}`; without either, everything is wanted. Also the query string of the HTTP form. */
export function readAttributesWanted(value: unknown, request: number): Uplink | Refusal {
  if (!isObject(value)) return form('expected an object');
  const client = keyList(value.clientKeys, '/clientKeys');
  if (client && 'problem' in client) return client;
  const shared = keyList(value.sharedKeys, '/sharedKeys');
  if (shared && 'problem' in shared) return shared;
  // Names of one kind only: nothing of the other kind is wanted.
  if (client && !shared) return { kind: 'attributes-wanted', request, client, shared: [] };
  if (shared && !client) return { kind: 'attributes-wanted', request, client: [], shared };
  return { kind: 'attributes-wanted', request, client, shared };
}

const isRequest = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 200;

/** `{id, device, client, key}` or `{…, keys}` of a gateway. */
export function readGatewayAttributesWanted(value: unknown): Uplink | Refusal {
  if (!isObject(value)) return form('expected an object');
  if (!isRequest(value.id)) return form('expected a number', '/id');
  if (!isName(value.device)) return form('expected the name of a device', '/device');
  const single = typeof value.key === 'string';
  const keys: unknown = single ? [value.key] : value.keys;
  if (!Array.isArray(keys) || keys.length > mostKeys || !keys.every((key) => typeof key === 'string')) {
    return form('expected names', single ? '/key' : '/keys');
  }
  const wanted =
    value.client === true ? { client: keys as string[], shared: [] } : { client: [], shared: keys as string[] };
  return { kind: 'attributes-wanted', request: value.id, device: value.device, single, ...wanted };
}

/** `{method, params}` of a device that asks the platform. */
export function readCall(value: unknown, request: number): Uplink | Refusal {
  if (!isObject(value)) return form('expected an object');
  if (!isName(value.method)) return form('expected the name of a method', '/method');
  return { kind: 'call', request, method: value.method, params: value.params };
}

export function readReply(value: unknown, request: number): Uplink {
  return { kind: 'reply', request, reply: value };
}

/** `{device, id, data}` of a gateway that answers for a device. */
export function readGatewayReply(value: unknown): Uplink | Refusal {
  if (!isObject(value)) return form('expected an object');
  if (!isName(value.device)) return form('expected the name of a device', '/device');
  if (!isRequest(value.id)) return form('expected a number', '/id');
  return { kind: 'reply', request: value.id, device: value.device, reply: value.data };
}

export function readPresence(value: unknown, kind: 'connect' | 'disconnect'): Uplink | Refusal {
  if (!isObject(value)) return form('expected an object');
  if (!isName(value.device)) return form('expected the name of a device', '/device');
  return { kind, device: value.device };
}
