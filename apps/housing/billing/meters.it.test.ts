import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Estate, rent, startEstate } from './testing/estate.ts';

let estate: Estate;
let telemetry: TelemetryService;
let things: ThingsService;
const suspect = 16;
const names = ['plain', 'silent', 'guessed', 'changed', 'rolled', 'fell'] as const;
type Name = (typeof names)[number] | 'moving';
const homes = new Map<Name, { id: string; house: string }>();
function home(name: Name) {
  const found = homes.get(name);
  if (!found) throw new Error(name);
  return found;
}

beforeAll(async () => {
  estate = await startEstate();
  telemetry = estate.platform.services.telemetry as TelemetryService;
  things = estate.platform.services.things as ThingsService;
  // Water by steps: 3.00 yuan up to 10 m³, 5.00 beyond.
  await estate.ask('POST', '/fees/tariffs', {
    ...{ subject: 'water', effectiveOn: '2026-01-01', basis: '批复' },
    steps: [
      { upTo: 10_000, price: 30_000 },
      { upTo: null, price: 50_000 },
    ],
  });
  // All are signed while it is June.
  for (const name of names) homes.set(name, await metered());
  homes.set('moving', await metered({ startsOn: '2026-07-11' }));
});
afterAll(async () => {
  await telemetry.close();
  await estate.platform.stop();
});

let count = 0;
async function meterAt(house: string): Promise<number> {
  const operator = {
    ...estate.clerk,
    permissions: new Set([...estate.clerk.permissions, 'thing:write', 'thing:read']),
  };
  const code = `WM-${++count}`;
  const wish = { code, name: code, family: 'water-meter', placeId: house, protocol: 'mqtt' };
  return (await things.create(operator, wish as never)).number;
}
/** What meters reported: local times, m³; `quality` 0 = good. */
async function reported(thing: number, readings: [local: string, volume: number, quality?: number][]): Promise<void> {
  const messages = readings.map(([local, volume, quality = 0]) => ({
    ...{ thing, time: Date.parse(`${local}+08:00`) * 1000, keys: [1], values: [volume], qualities: [quality] },
  }));
  await telemetry.accept({ messages, received: estate.platform.clock.now().getTime() * 1000 });
}
const metered = (more: object = {}) =>
  estate.lease([rent(50_000), { subject: 'water', basis: { kind: 'metered' } }], more);
const usageOf = async (house: string, period: string) =>
  (await estate.ask('GET', `/meters/usages?house=${house}&period=${period}`)).body[0];
const billsOf = async (lease: string, period: string) =>
  (await estate.ask('GET', `/bills?agreement=${lease}`)).body.filter(
    (bill: { period: string }) => bill.period === period,
  );
const gapsOf = async (house: string, period = '2026-06') =>
  (await estate.ask('GET', '/meters/gaps?limit=200')).body.filter(
    (gap: { house: string; period: string }) => gap.house === house && gap.period === period,
  );
async function run(period: string): Promise<void> {
  await estate.ask('POST', '/bills/runs', { period });
  await estate.service.runs.advance();
}
const standing = (bills: { reversedAt: string | null }[]) => bills.filter(({ reversedAt }) => reversedAt === null);

test(
  clause(
    'H-9.1.4-a-1',
    'bills come from what meters reported: at the turn of the month, doubtful values left out, by steps',
  ),
  async () => {
    const { id, house } = home('plain');
    const meter = await meterAt(house);
    await reported(meter, [
      ['2026-05-31T23:50:00', 100],
      ['2026-06-30T22:00:00', 111],
      // A spike the quality rules marked, a minute before the turn.
      ['2026-06-30T23:59:00', 999, suspect],
      ['2026-07-01T02:00:00', 115],
    ]);
    estate.platform.clock.set('2026-07-01T23:00:00Z');
    await estate.service.meters.take();
    // Half way between 111 and 115 at midnight.
    expect(await usageOf(house, '2026-06')).toMatchObject({
      ...{ begin: 100_000, end: 113_000, quantity: 13_000, rule: 'between', source: 'telemetry' },
    });
    await run('2026-06');
    const [bill] = await billsOf(id, '2026-06');
    // 10 m³ at 3 yuan, 3 m³ at 5 yuan.
    expect(bill.amount).toBe(50_000 + 3_000 + 1_500);
    expect(await estate.service.meters.take()).toBe(0);
  },
);

test('a silent meter: the bill waits with a gap; late readings issue it anew, once', async () => {
  const { id, house } = home('silent');
  const meter = await meterAt(house);
  await reported(meter, [['2026-05-31T23:55:00', 20]]);
  estate.platform.clock.set('2026-07-08T00:00:00Z');
  await estate.service.meters.take();
  await run('2026-06');
  expect(await gapsOf(house)).toMatchObject([{ period: '2026-06', why: 'no-end' }]);
  expect((await billsOf(id, '2026-06'))[0].amount).toBe(50_000);
  await reported(meter, [['2026-06-30T23:58:00', 24]]);
  for (let again = 0; again < 3; again++) await estate.service.meters.take();
  const bills = await billsOf(id, '2026-06');
  expect(bills).toHaveLength(2);
  expect(standing(bills)).toMatchObject([{ revision: 2, amount: 50_000 + 1_200 }]);
  expect(await gapsOf(house)).toEqual([]);
});

test('with earlier months an estimate is billed and marked; the true figure replaces it, once', async () => {
  const { id, house } = home('guessed');
  const meter = await meterAt(house);
  await reported(meter, [
    ['2026-05-31T23:58:00', 0],
    ['2026-06-30T23:58:00', 6],
  ]);
  estate.platform.clock.set('2026-08-07T00:00:00Z');
  await estate.service.meters.take();
  await run('2026-07');
  // 6 m³ in 30 days: 6.2 in 31.
  expect(await usageOf(house, '2026-07')).toMatchObject({ quantity: 6_200, rule: 'estimated', source: 'estimate' });
  expect((await billsOf(id, '2026-07'))[0].amount).toBe(50_000 + 1_860);
  await reported(meter, [['2026-07-31T23:59:00', 14]]);
  for (let again = 0; again < 3; again++) await estate.service.meters.take();
  expect(await usageOf(house, '2026-07')).toMatchObject({ begin: 6_000, end: 14_000, quantity: 8_000, rule: 'exact' });
  const bills = await billsOf(id, '2026-07');
  expect(bills).toHaveLength(2);
  expect(standing(bills)).toMatchObject([{ amount: 50_000 + 2_400 }]);
  expect((await estate.ask('GET', '/ledger/trial-balance')).body.imbalance).toBe(0);
});

test('an exchanged meter and a dial that began anew are counted, a fall without reason waits for a person', async () => {
  const [changed, rolled, fell] = [home('changed'), home('rolled'), home('fell')];
  const meters = [
    await meterAt(changed.house),
    await meterAt(changed.house),
    await meterAt(rolled.house),
    await meterAt(fell.house),
  ];
  const [old, fresh, third, fourth] = meters as [number, number, number, number];
  await reported(old, [['2026-05-31T23:59:00', 300]]);
  await reported(fresh, [['2026-06-30T23:59:00', 4]]);
  await reported(third, [
    ['2026-05-31T23:59:00', 99_998],
    ['2026-06-30T23:59:00', 3],
  ]);
  await reported(fourth, [
    ['2026-05-31T23:59:00', 500],
    ['2026-06-30T23:59:00', 100],
  ]);
  const photo = '0198c5a0-0000-7000-8000-000000000001';
  const exchange = {
    ...{ house: changed.house, subject: 'water', exchangedAt: '2026-06-15T02:00:00Z', photo },
    ...{ oldEnd: 305_000, newBegin: 0, note: '到期轮换' },
  };
  expect((await estate.ask('POST', '/meters/exchanges', exchange)).status).toBe(201);
  expect((await estate.ask('POST', '/meters/exchanges', exchange)).body.type).toContain('meter-exchange-known');
  await estate.service.meters.take();
  expect(await usageOf(changed.house, '2026-06')).toMatchObject({ begin: 300_000, end: 4_000, quantity: 9_000 });
  expect(await usageOf(rolled.house, '2026-06')).toMatchObject({ begin: 99_998_000, end: 3_000, quantity: 5_000 });
  expect(await usageOf(fell.house, '2026-06')).toBeUndefined();
  const told = {
    house: fell.house,
    subject: 'water',
    period: '2026-06',
    begin: 500_000,
    end: 503_000,
    source: '人工',
    photo,
  };
  expect(await gapsOf(fell.house)).toMatchObject([{ why: 'fell' }]);
  expect((await estate.ask('POST', '/bills/usages', { usages: [told] })).body.recorded).toBe(1);
  expect(await usageOf(fell.house, '2026-06')).toMatchObject({ quantity: 3_000, photo, rule: null });
  expect(await gapsOf(fell.house)).toEqual([]);
});

test('who moves in within a month pays from that day on', async () => {
  const { house, id } = home('moving');
  const meter = await meterAt(house);
  await reported(meter, [
    ['2026-06-30T23:59:00', 40],
    ['2026-07-10T23:59:00', 45],
    ['2026-07-31T23:59:00', 47],
  ]);
  await estate.service.meters.take();
  expect(await usageOf(house, '2026-07')).toMatchObject({ begin: 45_000, end: 47_000, quantity: 2_000 });
  await run('2026-07');
  const lines = (await estate.ask('GET', `/bills/lines?agreement=${id}&period=2026-07`)).body;
  expect(lines.find(({ subject }: { subject: string }) => subject === 'water').amount).toBe(600);
});
