import { type Installation, startInstallation } from '@keystead/kernel/testing';
import { eventually, oneDevice, type TestDevice } from '@keystead/tests/devices';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';

interface Command {
  id: string;
  state: string;
  sentAt?: string;
  queuedAt?: string;
}

let platform: Installation;
let relay: TestDevice;

beforeAll(async () => {
  platform = await startInstallation();
  relay = await oneDevice(platform, 'relay', 'RELAY-1');
});
afterAll(() => platform?.stop());

const prefix = 'v1/devices/me/rpc/request/';

/** The device, doing what it is told: it answers and reports its new state. */
async function awake(): Promise<{ client: MqttClient; taken: string[] }> {
  const taken: string[] = [];
  const client = await connectAsync(`mqtt://127.0.0.1:${platform.ports.mqtt}`, {
    username: relay.token,
    protocolVersion: 4,
  });
  client.on('message', (topic, payload) => {
    const request = topic.slice(prefix.length);
    const { params } = JSON.parse(payload.toString()) as { params: { closed: boolean } };
    taken.push(request);
    client.publish(`v1/devices/me/rpc/response/${request}`, '{"ok":true}', { qos: 1 });
    client.publish('v1/devices/me/telemetry', JSON.stringify({ closed: params.closed }), { qos: 1 });
  });
  await client.subscribeAsync(`${prefix}+`, { qos: 1 });
  return { client, taken };
}

const send = (closed: boolean, expiresIn?: number) =>
  platform.call<Command>('POST', '/commands', { thing: relay.id, service: 'switch', input: { closed }, expiresIn });
const stateOf = (id: string) => platform.call<Command>('GET', `/commands/${id}`);

test('a command reaches the device, is answered, and verified by what the device reports', async () => {
  const { client, taken } = await awake();
  for (const closed of [true, false, true]) {
    const { id } = await send(closed);
    await eventually(
      () => stateOf(id),
      ({ state }) => state === 'verified',
    );
  }
  expect(new Set(taken).size).toBe(3);
  await client.endAsync();
});

test('what waits for a sleeping device is carried out at its next contact', async () => {
  const { id } = await send(false, 600);
  expect((await stateOf(id)).state).toBe('queued');
  const { client } = await awake();
  await eventually(
    () => stateOf(id),
    ({ state }) => state === 'verified',
  );
  await client.endAsync();
});

test('many commands one after the other reach the device once each, in their order', async () => {
  const { client, taken } = await awake();
  const sent: string[] = [];
  for (let n = 0; n < 200; n++) {
    const { number } = await platform.call<{ number: number }>('POST', '/commands', {
      thing: relay.id,
      service: 'switch',
      input: { closed: n % 2 === 0 },
    });
    sent.push(String(number));
  }
  await eventually(
    async () => taken.length,
    (count) => count >= sent.length,
  );
  expect(taken).toEqual(sent);
  await client.endAsync();
});
