import type { Client } from './client.ts';

/** A registered thing that may speak. */
export interface Device {
  id: string;
  code: string;
  token: string;
}

const family = 'bench-sensor';

const property = (id: string, zh: string, en: string, unit: string, min: number, max: number) => ({
  id,
  name: { zh, en },
  type: 'number',
  unit,
  min,
  max,
  access: 'r',
  transferLevel: 1,
  storeLevel: 1,
});

const model = {
  family,
  name: { zh: '基准传感器', en: 'Benchmark sensor' },
  category: { function: 'environment', domain: 'industry', specification: 'bench' },
  authentication: 'secret',
  interval: 60,
  grace: 60,
  properties: [
    property('temperature', '温度', 'Temperature', 'Cel', -40, 200),
    property('humidity', '湿度', 'Humidity', '%', 0, 100),
    property('co2', '二氧化碳', 'Carbon dioxide', 'ppm', 0, 10_000),
  ],
  events: [],
  services: [],
};

const rule = {
  name: { zh: '温度过高', en: 'Too hot' },
  enabled: true,
  appliesTo: { family },
  trigger: { kind: 'condition', levels: [{ severity: 2, when: 'temperature > 60' }], clear: 'temperature < 50' },
};

/** Values of a usual message have this many characters, always: a packet can be prepared once and patched. */
export function usualPayload(n: number): string {
  const temperature = (20 + (n % 100) / 10).toFixed(1);
  const humidity = (40 + ((n * 7) % 100) / 10).toFixed(1);
  return `{"temperature":${temperature},"humidity":${humidity},"co2":${400 + ((n * 13) % 600)}}`;
}

/** The model with its rule, and `count` things of it in one place. */
export async function stock(client: Client, count: number): Promise<Device[]> {
  await client.post('/models', model);
  await client.post('/alarm-rules', rule);
  const place = await client.post<{ id: string }>('/places', {
    kind: 'project',
    code: 'BENCH',
    name: '基准测试',
    parent: null,
  });
  const devices: Device[] = [];
  for (let from = 0; from < count; from += 1000) {
    const rows = Array.from({ length: Math.min(1000, count - from) }, (_, n) => {
      const code = `BENCH-${String(from + n).padStart(6, '0')}`;
      return { code, name: code, family, placeId: place.id, state: 'in-use' };
    });
    const made = await client.post<{
      things: { id: string; code: string; token: string | null }[];
      errors: { line: number; code: string; detail?: string }[];
    }>('/things/import', { rows, tokens: true });
    if (made.errors.length > 0) throw new Error(`things were refused: ${JSON.stringify(made.errors.slice(0, 3))}`);
    for (const { id, code, token } of made.things) {
      if (token === null) throw new Error(`${code} got no token`);
      devices.push({ id, code, token });
    }
  }
  return devices;
}
