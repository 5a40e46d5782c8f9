import { createHmac } from 'node:crypto';
import type { Clock } from '@keystead/kernel/base';
import { DeviceRefused, DeviceSilent, isJsonObject, type JsonObject } from '@keystead/terminals/port';
import { word } from './fields.ts';
import type { NbiotDevice, NbiotSettings } from './settings.ts';

/** A command as a cloud takes it: bytes handed through, or named parameters. */
export type CloudCommand = { bytes: Uint8Array } | { service: string; params: unknown };

/** `task`: its end is told by a push; otherwise `result` is the end. */
export type CloudAnswer = { task: string } | { result: unknown };

/** A cloud's interface for commands. Rejects with `DeviceRefused` or `DeviceSilent`. */
export interface CloudCommands {
  send(device: NbiotDevice, command: CloudCommand, deadline: number): Promise<CloudAnswer>;
}

type CtwingCommands = NonNullable<Extract<NbiotSettings['cloud'], { kind: 'ctwing' }>['commands']>;
type OnenetCommands = NonNullable<Extract<NbiotSettings['cloud'], { kind: 'onenet' }>['commands']>;

const answerLimit = 64 * 1024;

async function post(url: string, headers: Record<string, string>, body: string, deadline: number): Promise<JsonObject> {
  let text: string;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
      body,
      signal: AbortSignal.timeout(deadline),
      redirect: 'error',
    });
    text = (await answer.text()).slice(0, answerLimit);
    if (!answer.ok) throw new DeviceRefused({ detail: `the cloud answered ${answer.status}` });
  } catch (cause) {
    if (cause instanceof DeviceRefused) throw cause;
    throw new DeviceSilent({ detail: 'the cloud cannot be reached' });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Told below, like any other answer that is none.
  }
  throw new DeviceRefused({ detail: 'the cloud answered something else' });
}

/** base64 of HMAC-SHA1 over application, timestamp, the sorted parameters and the body, a line each. */
export function ctwingSignature(secret: string, application: string, timestamp: string, master: string, body: string) {
  const text = `application:${application}\ntimestamp:${timestamp}\nMasterKey:${master}\n${body}\n`;
  return createHmac('sha1', secret).update(text, 'utf8').digest('base64');
}

const createCommandVersion = '20190712225145';

export const ctwingCommands = (settings: CtwingCommands, clock: Clock): CloudCommands => ({
  send: async (device, command, deadline) => {
    const content =
      'bytes' in command
        ? { dataType: 2, payload: Buffer.from(command.bytes).toString('hex') }
        : { serviceIdentifier: command.service, params: command.params ?? {} };
    const product = device.product ?? settings.product;
    // The cloud gives up when our deadline has passed: a command is never carried out later than somebody waits for it.
    const ttl = Math.min(864_000, Math.ceil(deadline / 1000));
    const body = JSON.stringify({
      content,
      deviceId: device.id,
      operator: settings.operator ?? 'keystead',
      productId: /^\d{1,15}$/.test(product) ? Number(product) : product,
      ttl,
      level: 1,
    });
    const timestamp = String(clock.now().getTime());
    const master = device.masterKey ?? settings.masterKey;
    const signature = ctwingSignature(settings.appSecret, settings.appKey, timestamp, master, body);
    const headers = {
      MasterKey: master,
      application: settings.appKey,
      timestamp,
      version: createCommandVersion,
      signature,
    };
    const answer = await post(`${settings.url}/aep_device_command/command`, headers, body, deadline);
    const result = isJsonObject(answer.result) ? answer.result : {};
    const task = word(result.commandId);
    if (word(answer.code) === '0' && task !== undefined) return { task };
    throw new DeviceRefused({ device: device.id, detail: word(answer.msg) ?? `code ${word(answer.code)}` });
  },
});

/** The token OneNET asks for with each request; good for ten minutes. */
export function onenetAuthorization(settings: OnenetCommands, now: number): string {
  const { resource, accessKey, version = '2018-10-31' } = settings;
  const until = String(Math.floor(now / 1000) + 600);
  const text = [until, 'sha256', resource, version].join('\n');
  const sign = createHmac('sha256', Buffer.from(accessKey, 'base64')).update(text, 'utf8').digest('base64');
  const parts = { version, res: resource, et: until, method: 'sha256', sign };
  return Object.entries(parts)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&');
}

export const onenetCommands = (settings: OnenetCommands, clock: Clock): CloudCommands => ({
  send: async (device, command, deadline) => {
    const named = { product_id: device.product ?? settings.product, device_name: device.id };
    const raw = device.raw;
    if ('bytes' in command && !raw) throw new DeviceRefused({ detail: 'it has no property for bytes' });
    const coded = 'bytes' in command ? Buffer.from(command.bytes).toString(raw?.coding ?? 'hex') : '';
    const [path, body] =
      'bytes' in command
        ? ['set-device-property', { ...named, params: { [raw?.property ?? '']: coded } }]
        : command.service === 'set'
          ? ['set-device-property', { ...named, params: command.params ?? {} }]
          : ['call-service', { ...named, identifier: command.service, params: command.params ?? {} }];
    const authorization = onenetAuthorization(settings, clock.now().getTime());
    const answer = await post(`${settings.url}/thingmodel/${path}`, { authorization }, JSON.stringify(body), deadline);
    if (word(answer.code) === '0') return { result: answer.data ?? null };
    throw new DeviceRefused({ device: device.id, detail: word(answer.msg) ?? `code ${word(answer.code)}` });
  },
});
