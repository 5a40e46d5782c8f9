import type { Installation } from '@keystead/kernel/testing';
import { connectAsync, type MqttClient } from 'mqtt';
import { oneDevice, type TestDevice } from './device.ts';

/** A device with its line open: says things, and does what it is told. */
export interface Speaker extends TestDevice {
  client: MqttClient;
  /** Resolves with the acknowledgement; answers the event time, ms. */
  tell(event: string, data?: Record<string, unknown>): Promise<number>;
  report(values: Record<string, unknown>): Promise<void>;
  /** Calls that came, each answered with `ok`. */
  called: { method: string; params: unknown; at: number }[];
  close(): Promise<void>;
}

const rpc = 'v1/devices/me/rpc/request/';

/** Registers a device of a family and connects it. */
export async function openSpeaker(platform: Installation, family: string, code: string): Promise<Speaker> {
  const device = await oneDevice(platform, family, code);
  const called: Speaker['called'] = [];
  const client = await connectAsync(`mqtt://127.0.0.1:${platform.ports.mqtt}`, {
    username: device.token,
    protocolVersion: 4,
  });
  client.on('message', (topic, payload) => {
    if (!topic.startsWith(rpc)) return;
    const { method, params } = JSON.parse(payload.toString()) as { method: string; params: unknown };
    called.push({ method, params, at: Date.now() });
    client.publish(`v1/devices/me/rpc/response/${topic.slice(rpc.length)}`, '{"ok":true}', { qos: 1 });
  });
  await client.subscribeAsync(`${rpc}+`, { qos: 1 });
  const say = (topic: string, words: unknown) =>
    client.publishAsync(`v1/devices/me/${topic}`, JSON.stringify(words), { qos: 1 });
  return {
    ...device,
    client,
    called,
    tell: async (event, data = {}) => {
      const ts = Date.now();
      await say('events', { ts, event, data });
      return ts;
    },
    report: async (values) => void (await say('telemetry', { ts: Date.now(), values })),
    close: () => client.endAsync(true),
  };
}
