import type { Actor } from '@keystead/contracts/access';
import { type Place, type PlacesService, places } from '@keystead/data/places';
import { type ThingsService, things } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { telemetry } from './module.ts';
import type { TelemetryService } from './service.ts';
import { message, meterModel } from './testing.ts';

let platform: TestPlatform;
let service: TelemetryService;
let actor: Actor;
let sites: Place[];
const machines: { id: string; number: number }[] = [];

beforeAll(async () => {
  platform = await startPlatform(places, things, telemetry);
  service = platform.services.telemetry as TelemetryService;
  const tree = platform.services.places as PlacesService;
  const registry = platform.services.things as ThingsService;
  actor = platform.actor(
    'telemetry:read',
    'telemetry:write',
    'thing:write',
    'model:write',
    'place:write',
    'system:read',
  );
  const region = await tree.create(actor, { parent: null, kind: 'region', code: 'R', name: 'R' });
  sites = await Promise.all(
    ['A', 'B'].map((code) => tree.create(actor, { parent: region.id, kind: 'project', code, name: code })),
  );
  const { version: _version, ...proposal } = meterModel;
  await registry.models.publish(actor, proposal);
  for (const [index, code] of ['M-1', 'M-2'].entries())
    machines.push(
      await registry.create(actor, { code, name: code, family: meterModel.family, placeId: sites[index]?.id ?? null }),
    );
});
afterAll(async () => {
  await service.close();
  await platform.stop();
});

const now = () => platform.clock.now().getTime() * 1000;
const machine = (n: number) => machines[n - 1] ?? { id: '', number: 0 };
const call = async (who: Actor, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
  const { statusCode, body, headers } = await platform.http.app.inject({
    method,
    url: `/api/v1/telemetry${url}`,
    headers: { authorization: `Test ${who.id}` },
    ...(payload ? { payload } : {}),
  });
  return {
    status: statusCode,
    body,
    type: headers['content-type'],
    json: body.startsWith('{') || body.startsWith('[') ? JSON.parse(body) : undefined,
  };
};
const span = 'from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z';
const of = (n: number, rest: string) => `/things/${machine(n).id}${rest}`;

describe('answers about signals', () => {
  test(
    clause('I-5.2.2.1-d', 'the newest value of each property, by its type, before and after it is flushed'),
    async () => {
      await service.accept({
        messages: [
          message(machine(1).number, now() - 1000, { 1: 20.5, 3: 4.2, 4: 0, 5: 1 }),
          { ...message(machine(1).number, now(), { 6: Number.NaN }), texts: { 6: '正常' } },
          message(machine(1).number, now() - 9000, { 1: 99 }),
          message(machine(2).number, now(), { 2: 100, 4: 0 }),
        ],
      });
      const expected = {
        temperature: { value: 20.5, quality: 'good' },
        power: { value: 4.2 },
        state: { value: 'running' },
        open: { value: true },
        note: { value: '正常' },
      };
      expect((await call(actor, 'GET', of(1, '/latest'))).json.values).toMatchObject(expected);
      const keeper = service.keepLatest();
      await keeper.start();
      await expect
        .poll(async () => (await platform.owner.query('select thing from telemetry.latest')).rowCount, {
          timeout: 10_000,
        })
        .toBe(2);
      await service.accept({ messages: [message(machine(1).number, now() + 5, { 1: 21 })] });
      await service.accept({ messages: [message(machine(2).number, now(), { 2: 100, 4: 0 })] });
      await service.accept({ messages: [message(machine(2).number, now() + 30_000_000, { 2: 101.5, 4: 0 })] });
      const fresh = { ...expected, temperature: { value: 21 } };
      expect((await call(actor, 'GET', of(1, '/latest'))).json.values).toMatchObject(fresh);
      await keeper.stop();
      // What a machine used stands with the registry, so that things are found by it.
      const usage = await platform.owner.query('select run_seconds, energy_kwh from things.usage where thing = $1', [
        machine(2).number,
      ]);
      expect(usage.rows).toEqual([{ run_seconds: 30, energy_kwh: 1.5 }]);
      await platform.owner.query('delete from telemetry.hot');
      expect((await call(actor, 'GET', of(1, '/latest'))).json.values).toMatchObject(fresh);
      const many = await call(actor, 'POST', '/latest', {
        things: machines.map(({ id }) => id),
        properties: ['state'],
      });
      expect(many.json).toMatchObject([
        { thing: machine(1).id, values: { state: { value: 'running' } } },
        { values: { state: { value: 'running' } } },
      ]);
      expect(Object.keys(many.json[0].values)).toEqual(['state']);
    },
  );

  test('a thing outside the scope of the actor answers as one that is not there, at every question', async () => {
    const local = platform.actorAt([sites[1]?.path ?? ''], 'telemetry:read');
    const questions = [
      '/latest',
      `/events?${span}`,
      ...['history', 'readings', 'readings.csv', 'timeline', 'aggregate', 'consumption'].map(
        (question) => `/properties/state/${question}?${span}`,
      ),
    ];
    for (const question of questions) {
      const { status, json } = await call(local, 'GET', of(1, question));
      expect([question, status, json.type]).toEqual([question, 404, 'thing-missing']);
    }
    const many = await call(local, 'POST', '/latest', { things: machines.map(({ id }) => id) });
    expect(many.json.map(({ thing }: { thing: string }) => thing)).toEqual([machine(2).id]);
    expect((await call(platform.actor(), 'GET', of(1, '/latest'))).status).toBe(403);
  });

  test(clause('I-5.2.2.1-a', 'four states over a day as a timeline whose shares sum to one'), async () => {
    const noon = Date.UTC(2026, 5, 1, 12) * 1000;
    const minute = 60_000_000;
    await service.accept({
      messages: Array.from({ length: 40 }, (_, n) =>
        message(machine(2).number, noon + n * minute, { 4: Math.floor(n / 10) }),
      ),
    });
    const asked = `/properties/state/timeline?from=2026-06-01T12:00:00Z&to=2026-06-01T13:00:00Z`;
    const { json } = await call(actor, 'GET', of(2, asked));
    expect(json.stretches.map(({ state }: { state: string }) => state)).toEqual([
      'running',
      'stopped',
      'standby',
      'fault',
      null,
    ]);
    const shares = json.shares as { state: string | null; seconds: number; share: number }[];
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    // The last word was at 12:39; nothing is known from a minute and a half of silence on.
    expect(shares).toMatchObject(
      [{ state: null, seconds: 1170 }, { state: 'fault', seconds: 630 }, {}, {}, {}].map((each) => each),
    );
  });

  test(clause('I-5.2.2.1-b', 'a fault shows type, code and time, and the words of its code'), async () => {
    await service.accept({
      messages: [],
      events: [0, 1, 2].map((n) => ({
        thing: machine(1).number,
        time: now() + n,
        event: 'fault',
        data: { type: 'motor', code: n === 0 ? 'E07' : 'E99', details: '轴承' },
      })),
    });
    const first = await call(actor, 'GET', of(1, `/events?${span}&limit=2`));
    const second = await call(actor, 'GET', of(1, `/events?${span}&limit=2&cursor=${first.json.next}`));
    expect(second.json).toMatchObject({
      items: [
        {
          event: 'fault',
          name: { zh: '故障' },
          severity: 2,
          time: '2026-06-01T01:00:00.000000Z',
          data: { type: 'motor', code: 'E07', details: '轴承' },
          texts: { code: { zh: '过热', en: 'Overheated' } },
        },
      ],
      next: null,
    });
    expect(first.json.items).toHaveLength(2);
    expect(first.json.items[0].texts).toEqual({});
  });

  test(clause('I-5.2.2.1-c', 'power integrates to what the meter rose by, and its curve is drawn'), async () => {
    const from = Date.UTC(2026, 5, 1, 2) * 1000;
    const messages = Array.from({ length: 181 }, (_, n) =>
      message(machine(2).number, from + n * 60_000_000, { 2: 500 + n * 0.05, 3: 3 }),
    );
    await service.accept({ messages });
    const asked = 'from=2026-06-01T02:00:00Z&to=2026-06-01T05:00:01Z';
    const meter = await call(actor, 'GET', of(2, `/properties/energy/consumption?${asked}`));
    const power = await call(actor, 'GET', of(2, `/properties/power/consumption?${asked}`));
    expect(meter.json).toMatchObject({ unit: 'kW.h', falls: 0 });
    expect(meter.json.rise).toBeCloseTo(9, 9);
    expect(Math.abs(power.json.area - meter.json.rise) / meter.json.rise).toBeLessThan(0.01);
    const curve = await call(actor, 'GET', of(2, `/properties/power/history?${asked}&points=200`));
    expect(curve.json).toMatchObject({ unit: 'kW', width: 60 });
    expect(curve.json.buckets).toHaveLength(181);
    const { body, type } = await call(actor, 'GET', of(2, `/properties/energy/readings.csv?${asked}`));
    expect(type).toContain('text/csv');
    expect(body.split('\r\n')).toHaveLength(183);
    expect(body).toContain('2026-06-01T02:01:00.000000Z,2026-06-01T01:00:00.000000Z,M-2,energy,500.05,kW.h,good,,');
  });

  test(clause('I-6.2-g', 'is found by number of the device, by span of time and by kind of data'), async () => {
    const from = Date.UTC(2026, 4, 20) * 1000;
    const messages = Array.from({ length: 10_000 }, (_, n) =>
      message(machine(1 + (n % 2)).number, from + n * 1_000_000, { 1: n / 100, 5: n % 2 }),
    );
    await service.accept({ messages });
    const begin = performance.now();
    const device = await service.raw(actor, machine(2).id, 'open', {
      from: new Date('2026-05-20T00:00:00Z'),
      to: new Date('2026-05-21T00:00:00Z'),
      limit: 1000,
      order: 'desc',
    });
    expect(device.items[0]).toMatchObject({ time: '2026-05-20T02:46:39.000000Z', value: true });
    const time = await call(
      actor,
      'GET',
      of(1, '/properties/temperature/readings?from=2026-05-20T01:00:00Z&to=2026-05-20T01:01:00Z'),
    );
    expect(time.json.items).toHaveLength(30);
    expect(time.json.items[0].value).toBe(36);
    const kind = await call(
      actor,
      'GET',
      of(1, '/properties/temperature/aggregate?from=2026-05-20T00:00:00Z&to=2026-05-20T03:00:00Z&step=hour'),
    );
    expect(kind.json.buckets.map(({ count }: { count: number }) => count)).toEqual([1800, 1800, 1400]);
    console.info(`three shapes of query over 10,000 messages: ${Math.round(performance.now() - begin)} ms`);
  });

  test('a question that makes no sense is told what is wrong with it', async () => {
    const asked = async (rest: string) => {
      const { status, json } = await call(actor, 'GET', of(1, rest));
      return [status, json.type];
    };
    expect(await asked(`/properties/nothing/history?${span}`)).toEqual([404, 'telemetry-property-missing']);
    expect(await asked(`/properties/note/history?${span}`)).toEqual([404, 'telemetry-property-missing']);
    expect(await asked('/properties/power/history?from=2026-06-02T00:00:00Z&to=2026-06-01T00:00:00Z')).toEqual([
      400,
      'telemetry-span-refused',
    ]);
    expect(await asked('/properties/power/consumption?from=2016-06-02T00:00:00Z&to=2026-06-01T00:00:00Z')).toEqual([
      400,
      'telemetry-span-refused',
    ]);
    expect(await asked(`/properties/power/aggregate?${span}&zone=Mars/Olympus`)).toEqual([400, 'input-invalid']);
    expect(await asked(`/properties/power/readings?${span}&cursor=x`)).toEqual([400, 'input-invalid']);
  });
});
