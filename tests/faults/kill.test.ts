import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { alarmsOf, eventually, oneDevice } from '@keystead/tests/devices';
import { connectAsync } from 'mqtt';
import { afterAll, expect, test } from 'vitest';

let platform: Installation | undefined;
afterAll(() => platform?.stop());

test(
  clause('H-5-5', 'after kill -9 of everything, every acknowledged message is there once and its alarm comes'),
  async () => {
    platform = await startInstallation({ fresh: true });
    const device = await oneDevice(platform);
    const client = await connectAsync(`mqtt://127.0.0.1:${platform.ports.mqtt}`, {
      username: device.token,
      protocolVersion: 4,
      reconnectPeriod: 0,
    });
    client.on('error', () => {});
    const acknowledged: number[] = [];
    const base = Date.now() - 60_000;
    let sent = 0;
    const flow = setInterval(() => {
      for (let i = 0; i < 20; i++) {
        const n = sent++;
        client.publish(
          'v1/devices/me/telemetry',
          JSON.stringify({ ts: base + n, values: { dirt: n % 100 } }),
          { qos: 1 },
          (error) => {
            if (!error) acknowledged.push(n);
          },
        );
      }
    }, 5);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    // The last acknowledged word before the lights go out is a fire.
    await client.publishAsync('v1/devices/me/telemetry', JSON.stringify({ smoke: 40 }), { qos: 1 });
    await platform.kill();
    clearInterval(flow);
    const { dataDir } = platform;

    platform = await startInstallation({ dataDir });
    const stored = new Set<number>();
    let doubled = 0;
    let cursor = '';
    do {
      const query = new URLSearchParams({
        from: new Date(base - 1).toISOString(),
        to: new Date(base + sent + 1).toISOString(),
        limit: '1000',
        ...(cursor ? { cursor } : {}),
      });
      const page = await platform.call<{ items: { time: string }[]; next: string | null }>(
        'GET',
        `/telemetry/things/${device.id}/properties/dirt/readings?${query}`,
      );
      for (const { time } of page.items) {
        const n = Date.parse(time) - base;
        if (stored.has(n)) doubled += 1;
        stored.add(n);
      }
      cursor = page.next ?? '';
    } while (cursor);
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(acknowledged.filter((n) => !stored.has(n))).toEqual([]);
    expect(doubled).toBe(0);
    const { items } = await eventually(
      () => alarmsOf(platform as Installation, device),
      (page) => page.items.length > 0,
    );
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ severity: 1, condition: 'active' });
  },
);
