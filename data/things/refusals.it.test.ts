import type { Actor } from '@keystead/contracts/access';
import { places } from '@keystead/data/places';
import { startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { things } from './module.ts';
import type { ThingsService } from './setup.ts';

let platform: TestPlatform;
let service: ThingsService;
let keeper: Actor;
let lock: { id: string; number: number };

beforeAll(async () => {
  platform = await startPlatform(places, things);
  service = platform.services.things as ThingsService;
  keeper = platform.actor('thing:read', 'thing:write');
  lock = await service.create(keeper, { code: 'LOCK', name: '门锁', family: 'lock' });
});
afterAll(() => platform.stop());

const call = (method: 'GET' | 'PUT', url: string, payload?: object) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/things${url}`,
    headers: { authorization: `Test ${keeper.id}` },
    ...(payload ? { payload } : {}),
  });

describe('what was refused', () => {
  test('is added up by sender and problem, and stands with the thing', async () => {
    const at = platform.clock.now().getTime();
    const row = {
      peer: '10.0.0.9',
      type: 'value-wrong-type',
      count: 3,
      first: at,
      last: at,
      sample: 'temperature: "warm"',
    };
    service.refusals.flush([
      { ...row, thing: lock.number },
      { ...row, thing: lock.number, type: 'payload-malformed' },
    ]);
    service.refusals.flush([{ ...row, thing: lock.number, last: at + 5000, sample: 'the latest' }]);
    service.refusals.flush([
      { ...row, type: 'credential-unknown' },
      { ...row, thing: 424_242, type: 'credential-unknown', count: 1 },
    ]);
    await service.refusals.settled();
    const own = (await call('GET', `/${lock.id}/refusals`)).json();
    expect(own).toMatchObject([
      { type: 'value-wrong-type', count: 6, sample: 'the latest', thingCode: 'LOCK' },
      { type: 'payload-malformed', count: 3 },
    ]);
    const all = (await call('GET', '/refusals')).json();
    expect(all.filter((each: { thingId: null | string }) => each.thingId === null)).toMatchObject([
      { type: 'credential-unknown', count: 4, peer: '10.0.0.9' },
    ]);
  });

  test('is forgotten a month after it was last seen', async () => {
    platform.clock.pass(31 * 86_400);
    await service.refusals.prune();
    expect((await call('GET', '/refusals')).json()).toEqual([]);
  });
});

describe('misbehaviour', () => {
  const told = async () =>
    (
      await platform.owner.query(
        `delete from kernel.outbox where type = 'thing.misbehaved.v1' returning payload->>'code' as code, payload->>'problem' as problem, payload->>'id' as id, payload->>'detail' as detail`,
      )
    ).rows;

  test('becomes an event and a device line of the journal; a burst is told as one more', async () => {
    for (let at = 0; at < 500; at++)
      service.admission.misbehaved({
        kind: 'topic-forbidden',
        thing: lock.number,
        peer: '10.0.0.9',
        detail: 'v1/other',
      });
    await service.misbehaviour.settled();
    const events = await told();
    expect(events.length).toBeGreaterThan(0);
    expect(events.length).toBeLessThanOrEqual(2);
    expect(events[0]).toMatchObject({ code: 'LOCK', problem: 'topic-forbidden', id: lock.id });
    const { rows } = await platform.owner.query(
      `select kind, outcome, from_address, actor_kind, actor_id, actor_name from audit.line where action = 'thing.misbehaved'`,
    );
    expect(rows[0]).toEqual({
      ...{ kind: 'device', outcome: 'refused', from_address: '10.0.0.9' },
      ...{ actor_kind: 'device', actor_id: lock.id, actor_name: 'LOCK' },
    });
  });

  test('of somebody unknown is shown to those who answer for strangers', async () => {
    service.admission.misbehaved({ kind: 'unlisted', code: 'GHOST', peer: '10.0.0.66', detail: 'behind a gateway' });
    await service.misbehaviour.settled();
    expect(await told()).toEqual([
      { code: 'GHOST', problem: 'device-not-listed', id: null, detail: 'behind a gateway' },
    ]);
  });
});

describe('attributes', () => {
  test('a device keeps what it says of itself, and hears what it is told', async () => {
    const at = platform.clock.now().getTime() * 1000;
    await service.attributes.put(lock.number, { firmware: '1.2', ip: '10.0.0.9' }, at);
    await service.attributes.put(lock.number, { firmware: '1.3', ip: null }, at + 1000);
    await service.attributes.put(lock.number, { firmware: '1.1' }, at - 1000);
    const heard: unknown[] = [];
    const stop = service.attributes.onShared((thing, values) => heard.push([thing, values]));
    expect((await call('PUT', `/${lock.id}/attributes`, { volume: 3 })).statusCode).toBe(204);
    await expect.poll(() => heard).toEqual([[lock.number, { volume: 3 }]]);
    stop();
    expect(await service.attributes.get(lock.number, {})).toEqual({
      client: { firmware: '1.3' },
      shared: { volume: 3 },
    });
    expect(await service.attributes.get(lock.number, { client: ['none'], shared: [] })).toEqual({
      client: {},
      shared: {},
    });
  });

  test('too many or too large ones are refused with a pointer', async () => {
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`k${at}`, at]));
    expect((await call('PUT', `/${lock.id}/attributes`, many)).json().type).toBe('input-invalid');
    const large = await call('PUT', `/${lock.id}/attributes`, { big: 'x'.repeat(20_000) });
    expect(large.json().errors).toEqual([{ pointer: '/big', code: 'too-long' }]);
  });
});

test('running time and energy add up and are filtered by', async () => {
  const rows = [{ thing: lock.number, runSeconds: 1800, energyKwh: 0.25 }];
  await service.addUsage([...rows, ...rows]);
  await platform.db.systemTransaction((tx) =>
    service.addUsage([...rows, { thing: 999_999, runSeconds: 1, energyKwh: 1 }], tx),
  );
  expect(await service.get(keeper, lock.id)).toMatchObject({ runHours: 1.5, energyKwh: 0.75 });
});
