import { setTimeout as sleep } from 'node:timers/promises';
import { type Installation, startInstallation } from '@keystead/kernel/testing';
import { alarmsOf, eventually, oneDevice, type TestDevice } from '@keystead/tests/devices';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';

interface Place {
  id: string;
  path: string;
  version: number;
}

let platform: Installation;
let device: TestDevice;
let client: MqttClient;
let connections = 0;

beforeAll(async () => {
  platform = await startInstallation();
  device = await oneDevice(platform);
  client = await connectAsync(`mqtt://127.0.0.1:${platform.ports.mqtt}`, {
    username: device.token,
    protocolVersion: 4,
  });
  connections = 1;
  client.on('connect', () => {
    connections += 1;
  });
});
afterAll(async () => {
  await client?.endAsync();
  await platform?.stop();
});

const add = (kind: string, code: string, parent: string | null) =>
  platform.call<Place>('POST', '/places', { parent, kind, code, name: code });
const say = (smoke: number) =>
  client.publishAsync('v1/devices/me/telemetry', JSON.stringify({ smoke }), { qos: 1 }).then(() => undefined);
const placeOfAlarm = async (): Promise<string | undefined> => {
  const { items } = await alarmsOf(platform, device);
  return items.find(({ condition }) => condition === 'active')?.place;
};

/** Every process knows of a change within a quarter of a second; an alarm raised before keeps the place it was raised at. */
const untilEverybodyKnows = () => sleep(1000);

test('a device that moves while it is connected is seen where it stands now, without connecting anew', async () => {
  const there = await add('project', 'P2', null);
  const building = await add('building', 'B1', there.id);
  await say(0.5);
  const { version } = await platform.call<{ version: number }>('GET', `/things/${device.id}`);
  const answer = await fetch(`${platform.url}/api/v1/things/${device.id}`, {
    method: 'PATCH',
    headers: {
      ...{ authorization: `Bearer ${platform.apiKey}`, 'content-type': 'application/json', 'if-match': `"${version}"` },
    },
    body: JSON.stringify({ placeId: building.id }),
  });
  expect(answer.status).toBe(200);
  await untilEverybodyKnows();
  await eventually(
    async () => {
      await say(60);
      return placeOfAlarm();
    },
    (path) => path === building.path,
  );

  // The building it stands in is hung up elsewhere: nobody touched the thing itself.
  const elsewhere = await add('project', 'P3', null);
  await platform.call('POST', `/places/${building.id}/move`, { parent: elsewhere.id });
  const moved = await platform.call<Place>('GET', `/places/${building.id}`);
  expect(moved.path.startsWith(elsewhere.path)).toBe(true);
  await untilEverybodyKnows();
  await say(0.5);
  await eventually(placeOfAlarm, (path) => path === undefined);
  await eventually(
    async () => {
      await say(60);
      return placeOfAlarm();
    },
    (path) => path === moved.path,
  );
  expect(connections).toBe(1);
});
