import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { clause, freePort, type Installation, startInstallation, startMosquitto } from '@keystead/kernel/testing';
import { DistantLine } from '@keystead/kernel/testing/line';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agentWithRoutes, routeSecret as secret } from './agent-with-routes.ts';
import { eventually } from './device.ts';

const run = promisify(execFile);
const telemetry = 'v1/devices/me/telemetry';
const ends: (() => Promise<unknown> | unknown)[] = [];
let platform: Installation;

interface Made {
  id: string;
  code: string;
  token: string;
}

const numeric = (id: string, transferLevel: 1 | 3, more: object = {}) => ({
  ...{ id, name: { zh: id, en: id }, type: 'number', access: 'r', transferLevel, storeLevel: 1 },
  ...more,
});
/** Speaks each two seconds, by itself or behind a gateway. */
const model = {
  family: 'line-sensor',
  name: { zh: '链路试验传感器', en: 'Line sensor' },
  category: { function: 'environment', domain: 'industry', specification: 'test' },
  authentication: 'secret',
  interval: 2,
  grace: 3,
  properties: [numeric('temperature', 1), numeric('rssi', 1, { unit: 'dBm' })],
  events: [],
  services: [],
};

async function register(rows: readonly object[]): Promise<Made[]> {
  const { things, errors } = await platform.call<{ things: Made[]; errors: unknown[] }>('POST', '/things/import', {
    rows,
    tokens: true,
  });
  expect(errors).toEqual([]);
  return things;
}

const connected = async (token: string, port = platform.ports.mqtt): Promise<MqttClient> => {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
    ...{ username: token, protocolVersion: 4, reconnectPeriod: 50, keepalive: 30 },
  });
  client.on('error', () => {});
  ends.push(() => client.endAsync(true));
  return client;
};

const stored = async (id: string): Promise<number> => {
  const span = 'from=2026-01-01T00:00:00Z&to=2030-01-01T00:00:00Z&points=1';
  const path = `/telemetry/things/${id}/properties/temperature/history?${span}`;
  const { buckets } = await platform.call<{ buckets: { count: number }[] }>('GET', path);
  return buckets.reduce((sum, { count }) => sum + count, 0);
};

let placeId: string;
beforeAll(async () => {
  platform = await startInstallation();
  await platform.call('POST', '/models', model);
  const project = { parent: null, kind: 'project', code: 'LINES', name: '链路试验小区' };
  placeId = (await platform.call<{ id: string }>('POST', '/places', project)).id;
});
afterAll(async () => {
  await Promise.all(ends.map((end) => end()));
  await platform?.stop();
});

interface Group {
  bearer: string;
  total: number;
  online: number;
  rate: number | null;
}

test(
  clause(
    'H-7.1-c-1',
    'H-7.1-a',
    'ten of a hundred devices on four bearers are killed: the rate is 90 % within a minute',
  ),
  async () => {
    const bearers = ['cellular', 'nb-iot', 'wifi', 'nearlink'];
    const rows = Array.from({ length: 100 }, (_, n) => {
      const code = `LIVE-${n}`;
      return { code, name: code, family: model.family, placeId, state: 'in-use', bearer: bearers[n % 4] };
    });
    const clients = await Promise.all((await register(rows)).map(({ token }) => connected(token)));
    const silent = new Set<MqttClient>();
    const speak = () => {
      for (const client of clients)
        if (!silent.has(client)) client.publish(telemetry, '{"temperature":20,"rssi":-70}', { qos: 1 }, () => {});
    };
    speak();
    const beat = setInterval(speak, 1_000);
    const groups = () => platform.call<Group[]>('GET', '/links/summary?by=bearer');
    const rate = (all: readonly Group[]) => {
      const live = all.filter(({ bearer }) => bearers.includes(bearer));
      return (
        live.reduce((sum, { online }) => sum + online, 0) /
        Math.max(
          1,
          live.reduce((sum, { total }) => sum + total, 0),
        )
      );
    };
    try {
      const whole = await eventually(groups, (all) => rate(all) === 1);
      expect(
        whole
          .filter(({ total }) => total === 25)
          .map(({ bearer }) => bearer)
          .sort(),
      ).toEqual([...bearers].sort());
      for (const client of clients.slice(0, 10)) {
        silent.add(client);
        client.stream.destroy();
        void client.endAsync(true);
      }
      await eventually(groups, (all) => rate(all) === 0.9, 60);
      const lines = await platform.call<{ code: string }[]>('GET', '/links/lines?only=offline');
      expect(lines).toHaveLength(10);
    } finally {
      clearInterval(beat);
      await Promise.all(clients.map((client) => client.endAsync(true)));
    }
  },
);

test(
  clause('I-6.1.2-d', 'of 10,000 messages over lines that break all the time none is missing and none is there twice'),
  async () => {
    const devices = await register(
      Array.from({ length: 10 }, (_, n) => ({
        code: `FAULTY-${n}`,
        name: 'x',
        family: model.family,
        placeId,
        state: 'in-use',
      })),
    );
    const line = new DistantLine(platform.ports.mqtt);
    const port = await line.listen();
    const clients = await Promise.all(devices.map(({ token }) => connected(token, port)));
    const breaking = setInterval(() => line.breakOne(), 40);
    const base = Date.now() - 3_600_000;
    await Promise.all(
      clients.map(async (client) => {
        for (let from = 0; from < 1_000; from += 50)
          await Promise.all(
            Array.from({ length: 50 }, (_, n) => {
              const body = JSON.stringify({ ts: base + from + n, values: { temperature: n } });
              return client.publishAsync(telemetry, body, { qos: 1 });
            }),
          );
      }),
    );
    clearInterval(breaking);
    await Promise.all(clients.map((client) => client.endAsync(true)));
    await line.close();
    expect(await Promise.all(devices.map(({ id }) => stored(id)))).toEqual(devices.map(() => 1_000));
  },
);

test(
  clause(
    'I-6.1.2-c',
    'I-6.1.2-a',
    'over 200 ms and 1 % loss a word takes less than two seconds on average, beside us less than half a one',
  ),
  async () => {
    const [device] = await register([{ code: 'FAR', name: 'x', family: model.family, placeId, state: 'in-use' }]);
    const line = new DistantLine(platform.ports.mqtt, { delay: 100, loss: 0.01, again: 400 });
    const mean = async (port: number) => {
      const client = await connected(device?.token ?? '', port);
      const times: Promise<number>[] = [];
      for (let n = 0; n < 300; n++) {
        const began = performance.now();
        const sent = client.publishAsync(telemetry, '{"temperature":1}', { qos: 1 });
        times.push(sent.then(() => performance.now() - began));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const all = await Promise.all(times);
      await client.endAsync(true);
      return all.reduce((sum, time) => sum + time, 0) / all.length;
    };
    expect(await mean(await line.listen())).toBeLessThanOrEqual(2_000);
    await line.close();
    expect(await mean(platform.ports.mqtt)).toBeLessThanOrEqual(500);
  },
);

test(
  clause(
    'H-7.3-a',
    'H-7.3-b',
    'fire, calls for help, forced doors and vital signs are alarms within twenty seconds beside a flood',
  ),
  async () => {
    const kinds = [
      // A fire is told by its value, the others by what happened.
      ['smoke-detector', 'smoke'],
      ['vital-sign-monitor', 'help-call'],
      ['vital-sign-monitor', 'vital-sign-abnormal'],
      ['entrance-guard', 'forced-open'],
    ] as const;
    const rows = kinds.flatMap(([family], kind) =>
      Array.from({ length: 10 }, (_, n) => ({
        code: `GRADE-${kind}-${n}`,
        name: 'x',
        family,
        placeId,
        state: 'in-use',
      })),
    );
    const watched = await register(rows);
    const low = await register(
      Array.from({ length: 5 }, (_, n) => ({
        code: `LOW-${n}`,
        name: 'x',
        family: model.family,
        placeId,
        state: 'in-use',
      })),
    );
    const flooders = await Promise.all(low.map(({ token }) => connected(token)));
    let flooding = true;
    const floods = flooders.map(async (client) => {
      const words = Array.from({ length: 200 }, (_, n) => `{"temperature":${n}}`);
      while (flooding) await Promise.all(words.map((word) => client.publishAsync(telemetry, word, { qos: 1 })));
    });
    const began = new Map<string, number>();
    for (const [n, { id, token }] of watched.entries()) {
      const client = await connected(token);
      const [, event] = kinds[Math.floor(n / 10)] ?? kinds[0];
      began.set(id, performance.now());
      if (event === 'smoke') client.publish(telemetry, '{"smoke":40}', { qos: 1 }, () => {});
      else client.publish('v1/devices/me/events', JSON.stringify({ event, data: {} }), { qos: 1 }, () => {});
    }
    const delays = new Map<string, number>();
    await eventually(
      async () => {
        const { items } = await platform.call<{ items: { subject: { id: string } }[] }>(
          'GET',
          '/alarms?state=all&limit=200',
        );
        for (const { subject } of items) {
          const at = began.get(subject.id);
          if (at !== undefined && !delays.has(subject.id)) delays.set(subject.id, performance.now() - at);
        }
        return delays.size;
      },
      (found) => found === watched.length,
      60,
    );
    flooding = false;
    await Promise.all(floods);
    expect(Math.max(...delays.values())).toBeLessThan(20_000);
  },
);

const hundred = Array.from({ length: 100 }, (_, n) => n);

test(
  clause('H-6.1-1', 'a hundred points each over MQTT, HTTP, CoAP, LoRaWAN, NB-IoT and Zigbee: 600 of 600 are stored'),
  async () => {
    const routes = ['mqtt', 'http', 'coap', 'lorawan', 'nbiot', 'zigbee'];
    const [agent] = await register([
      { code: 'ROUTE-AGENT', name: 'agent', family: 'edge-agent', placeId, state: 'in-use' },
    ]);
    const made = await register(
      routes.map((route, n) => {
        const code = `ROUTE-${route}`;
        return {
          code,
          name: code,
          family: model.family,
          placeId,
          state: 'in-use',
          ...(n > 1 ? { gateway: 'ROUTE-AGENT' } : {}),
        };
      }),
    );
    const of = (route: string): Made => made[routes.indexOf(route)] as Made;
    const mosquitto = await startMosquitto();
    ends.push(() => mosquitto.stop());
    const ports = { coap: await freePort(), nbiot: await freePort() };
    ends.push(await agentWithRoutes(platform.ports.mqtt, agent?.token ?? '', ports, mosquitto.url));
    const base = Date.now() - 600_000;

    const direct = await connected(of('mqtt').token);
    await Promise.all(
      hundred.map((n) =>
        direct.publishAsync(telemetry, JSON.stringify({ ts: base + n, values: { temperature: n } }), { qos: 1 }),
      ),
    );
    for (const n of hundred) {
      const body = JSON.stringify({ ts: base + n, values: { temperature: n } });
      const answer = await fetch(`http://127.0.0.1:${platform.ports.deviceHttp}/api/v1/${of('http').token}/telemetry`, {
        method: 'POST',
        body,
      });
      expect(answer.status).toBe(200);
    }
    for (let from = 0; from < 100; from += 10) {
      const batch = hundred.slice(from, from + 10).map((n) => ({ ts: base + n, values: { temperature: n } }));
      const url = `coap://127.0.0.1:${ports.coap}/v1/ROUTE-coap/${secret}/telemetry`;
      await run('coap-client-notls', ['-m', 'post', '-t', '50', '-e', JSON.stringify(batch), '-B', '10', url]);
    }
    for (const n of hundred) {
      const payload = { APPdata: Buffer.from([n]).toString('base64') };
      const body = JSON.stringify({ messageType: 'dataReport', deviceId: 'w1', timestamp: base + n, payload });
      expect((await fetch(`http://127.0.0.1:${ports.nbiot}/push/${secret}`, { method: 'POST', body })).status).toBe(
        200,
      );
    }
    const air = await connectAsync(mosquitto.url);
    ends.push(() => air.endAsync(true));
    const devEui = '0000000000000001';
    const exposes = [{ type: 'numeric', property: 'temperature', name: 'temperature', access: 1 }];
    const thermo = {
      ieee_address: '0x00158d0001dc126a',
      type: 'EndDevice',
      friendly_name: 'thermo',
      definition: { model: 'm', vendor: 'v', exposes },
    };
    await air.publishAsync('zb/bridge/devices', JSON.stringify([thermo]), { qos: 1, retain: true });
    for (const n of hundred) {
      const common = { deviceInfo: { devEui, applicationId: 'app' }, devAddr: '00189440', fPort: 2, fCnt: n + 1 };
      const up = {
        ...common,
        time: new Date(base + n).toISOString(),
        data: Buffer.from([n]).toString('base64'),
        rxInfo: [{ gatewayId: 'g', rssi: -80, snr: 7 }],
      };
      await air.publishAsync(`application/app/device/${devEui}/event/up`, JSON.stringify(up), { qos: 1 });
      await air.publishAsync('zb/thermo', JSON.stringify({ temperature: n, last_seen: base + n }), { qos: 1 });
    }
    const counts = () => Promise.all(made.map(({ id }) => stored(id)));
    expect(await eventually(counts, (all) => all.every((count) => count >= 100), 30)).toEqual(routes.map(() => 100));
    // What an agent carries stands with its route.
    const lines = await platform.call<{ code: string; route: string }[]>('GET', '/links/lines?limit=500');
    expect(lines.filter(({ route }) => route === 'ROUTE-AGENT')).toHaveLength(4);
    // Who announces itself and is configured nowhere stands with the agent, to be admitted.
    const announced = JSON.stringify({ stat_t: 'hall/level', dev: { ids: 'hall', name: 'Hall' } });
    await air.publishAsync('homeassistant/sensor/hall/config', announced, { qos: 1, retain: true });
    const told = () => platform.call<{ key: string; value: unknown }[]>('GET', `/things/${agent?.id}/attributes`);
    const candidates = (list: { key: string; value: unknown }[]) =>
      list.find(({ key }) => key === 'candidates.home')?.value;
    const all = await eventually(told, (list) => JSON.stringify(candidates(list) ?? []) !== '[]', 30);
    expect(candidates(all)).toEqual([
      { title: 'Hall', at: { device: 'hall' }, about: { announcements: 1, components: ['sensor'] } },
    ]);
  },
);
