import { RawBroker, until } from '@keystead/simulator/testing';
import { afterEach, expect, test } from 'vitest';
import { SimulatedClock } from './clock.ts';
import { Device } from './device.ts';
import { newFigures } from './figures.ts';
import { unitsOf } from './inventory.ts';
import { homeAt } from './layout.ts';
import { Speaker } from './speaker.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function homeOf(family: string) {
  const broker = new RawBroker();
  const port = await broker.listen();
  const clock = new SimulatedClock(1, { ahead: 0 });
  const units = unitsOf(homeAt(7));
  const make = (unit: (typeof units)[number]) => new Device(unit, clock, 0);
  const unit = units.find((each) => each.family === family);
  if (!unit) throw new Error(family);
  const own = make(unit);
  const children = units.filter(({ gateway }) => gateway === unit.code).map(make);
  const figures = newFigures();
  const speaker = new Speaker({ port, token: 'token', own, children, figures, now: () => clock.real() });
  stops.push(() => {
    speaker.stop();
    broker.close();
  });
  speaker.start();
  return { broker, speaker, own, children, figures };
}

test('a gateway speaks for itself and for the four behind it, by their codes', async () => {
  const { broker, children } = await homeOf('home-gateway');
  await until(() => broker.messages('v1/gateway/telemetry').length > 0);
  expect(broker.messages('v1/devices/me/telemetry')[0]).toMatchObject({
    ts: expect.any(Number),
    values: { devices: 4 },
  });
  const said = broker.messages('v1/gateway/telemetry')[0] as Record<string, { ts: number; values: object }[]>;
  expect(Object.keys(said).sort()).toEqual(children.map(({ unit }) => unit.code).sort());
  expect(said['WM-01-2-0202']?.[0]?.values).toMatchObject({ valveOpen: true, volume: expect.any(Number) });
});

test('a lock that is called opens, answers under the number of the call and tells its new state', async () => {
  const { broker, speaker } = await homeOf('lock');
  await until(() => speaker.connected && broker.of(8).length > 0);
  broker.publish('v1/devices/me/rpc/request/41', '{"method":"unlock","params":{"reason":"x"}}');
  await until(() => broker.messages('v1/devices/me/events').length > 0);
  expect(broker.messages('v1/devices/me/rpc/response/41')).toEqual([{ ok: true }]);
  expect(broker.messages('v1/devices/me/events')[0]).toMatchObject([{ event: 'unlocked', data: { by: 'platform' } }]);
  const unlocked = { values: { locked: false } };
  await until(() => broker.messages('v1/devices/me/telemetry').length > 0);
  expect(broker.messages('v1/devices/me/telemetry').at(-1)).toMatchObject(unlocked);
});

test('a call for a device behind the gateway reaches it, and is answered with its name', async () => {
  const { broker, speaker, figures } = await homeOf('home-gateway');
  await until(() => speaker.connected && broker.of(8).length > 0);
  broker.publish('v1/gateway/rpc', '{"device":"GD-01-2-0202","data":{"id":5,"method":"closeValve","params":{}}}');
  await until(() => broker.messages('v1/gateway/events').length > 0);
  expect(broker.messages('v1/gateway/rpc')).toEqual([{ device: 'GD-01-2-0202', id: 5, data: { ok: true } }]);
  expect(broker.messages('v1/gateway/events')[0]).toMatchObject({ 'GD-01-2-0202': [{ event: 'valve-closed' }] });
  broker.publish('v1/gateway/rpc', 'garbage');
  broker.publish('v1/gateway/rpc', '{"device":"nobody","data":{"id":6,"method":"test"}}');
  broker.publish('v1/gateway/rpc', '{"device":"GD-01-2-0202","data":{"id":7,"method":"explode"}}');
  await until(() => broker.messages('v1/gateway/rpc').length > 1);
  expect(broker.messages('v1/gateway/rpc')[1]).toMatchObject({ id: 7, data: { ok: false, error: 'method-unknown' } });
  expect(figures.calls).toBe(2);
});

test('a device without power ends its connection and comes back when the fault is over', async () => {
  const { broker, speaker, own } = await homeOf('home-gateway');
  await until(() => speaker.connected);
  own.suffer('offline');
  speaker.plan();
  await until(() => broker.of(14).length === 1);
  expect(speaker.connected).toBe(false);
  own.recover('offline');
  speaker.plan();
  await until(() => broker.of(1).length === 2 && speaker.connected);
});
