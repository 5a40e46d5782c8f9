import { createDecipheriv, createHash } from 'node:crypto';
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
import { absent, digest, object, sameText, time, word } from './fields.ts';

const malformed = (what: string, pointer: string) => refuse(PayloadMalformed, what, pointer);
const unsigned = refuse(CredentialUnknown, 'the signature is wrong');
/** Characters of the word a greeting asks to be given back. */
const greetingLimit = 256;

export interface OnenetKeys {
  token: string;
  /** 16 characters; set = pushes come enciphered. */
  aesKey?: string;
}

/** base64 of MD5 of token, nonce and message, as they stand. */
export const onenetSignature = (token: string, nonce: string, message: string): string =>
  createHash('md5')
    .update(token + nonce + message, 'utf8')
    .digest('base64');

function signed(keys: OnenetKeys, nonce: unknown, message: string, signature: unknown): boolean {
  if (typeof nonce !== 'string' || typeof signature !== 'string') return false;
  // In an address a plus may have become a space.
  return sameText(onenetSignature(keys.token, nonce, message), signature.replaceAll(' ', '+'));
}

/** AES-128-CBC with the key as first block too, as the cloud has it. */
function decipher(key: string, message: string): string | undefined {
  try {
    const cipher = createDecipheriv('aes-128-cbc', Buffer.from(key), Buffer.from(key));
    return Buffer.concat([cipher.update(message, 'base64'), cipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Values with a time each: one set of values for each time. */
function readProperties(device: string, params: JsonObject): CloudEvent[] {
  const byTime = new Map<number | undefined, Record<string, unknown>>();
  for (const [name, given] of Object.entries(params)) {
    if (name === '__proto__') continue;
    const told = isJsonObject(given) && 'value' in given ? given : { value: given };
    if (absent(told.value)) continue;
    const at = time('time' in told ? told.time : undefined);
    const values = byTime.get(at) ?? {};
    values[name] = told.value;
    byTime.set(at, values);
  }
  return [...byTime].map(([at, values]) => ({ kind: 'values', device, values, time: at }));
}

function readEvents(device: string, params: JsonObject): CloudEvent[] {
  return Object.entries(params).map(([event, given]) => {
    const told = object(given);
    return { kind: 'event', device, event, data: told.value, time: time(told.time) };
  });
}

function readMessage(message: JsonObject): CloudEvent[] | Refusal {
  const device = word(message.deviceName) ?? word(message.imei) ?? word(message.dev_id);
  if (device === undefined) return malformed('no device', '/deviceName');
  const data = object(message.data);
  const params = object(data.params);
  switch (message.messageType) {
    case 'notify':
      return message.notifyType === 'event' ? readEvents(device, params) : readProperties(device, params);
    case 'lifeCycle': {
      if (data.status !== 'online' && data.status !== 'offline') return malformed('neither on nor off', '/data/status');
      return [{ kind: 'presence', device, online: data.status === 'online' }];
    }
    case 'sceneLog':
    case 'reply':
    case 'lbsAndWifi':
      return [];
  }
  // The older form: one value of one stream.
  const stream = word(message.ds_id);
  if (message.type === 1 && stream !== undefined && stream !== '__proto__' && !absent(message.value))
    return [{ kind: 'values', device, values: { [stream]: message.value }, time: time(message.at) }];
  if (message.type === 2 && (message.status === 0 || message.status === 1))
    return [{ kind: 'presence', device, online: message.status === 1 }];
  return malformed('of a kind not known', '/messageType');
}

function read(keys: OnenetKeys, body: Uint8Array): Push | Refusal {
  const push = readJsonObject(body, pushLimit);
  if (isRefusal(push)) return push;
  const given = push.msg ?? push.enc_msg;
  const text = typeof given === 'string' ? given : JSON.stringify(given ?? null);
  if (!signed(keys, push.nonce, text, push.signature ?? push.msg_signature)) return unsigned;
  const plain = keys.aesKey === undefined ? text : decipher(keys.aesKey, text);
  if (plain === undefined) return malformed('it cannot be deciphered', '/msg');
  const message = readJsonObject(Buffer.from(plain), pushLimit);
  if (isRefusal(message)) return message;
  const events = readMessage(message);
  if (isRefusal(events)) return events;
  return { id: digest('onenet', word(push.id) ?? plain), events };
}

/** Pushes of China Mobile's OneNET, plain or enciphered, in the form of its thing model and in the older one. */
export const onenet = (keys: OnenetKeys): Cloud => ({
  read: (_path, body) => read(keys, body),
  greet: (query) => {
    const message = query.get('msg') ?? '';
    if (message === '' || message.length > greetingLimit) return malformed('nothing to give back', '/msg');
    return signed(keys, query.get('nonce'), message, query.get('signature')) ? message : unsigned;
  },
});
