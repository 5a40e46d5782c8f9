import { systemActor } from '@keystead/contracts/access';
import type { AcceptedEvent, AcceptedMessage } from '@keystead/contracts/telemetry';
import { sql } from '@keystead/kernel/db';
import { lifeOf } from '@keystead/simulator/city';
import { cityActor, type Target } from './load.ts';
import type { CityHouse } from './rows.ts';

const families = [
  ['MS', 'lock', '门锁'],
  ['SB', 'water-meter', '水表'],
  ['DB', 'electricity-meter', '电表'],
] as const;
type DayTrace = ReturnType<typeof lifeOf>['traces'][number];
type Family = (typeof families)[number][1];
const atOnce = 2000; // things of one import
const perBatch = 4000; // messages and events of one commit
const minute = 60_000_000; // µs
const noonToNight = 715; // minutes: what a day came to is read at five to midnight

const codeOf = (prefix: string, house: CityHouse): string =>
  `${prefix}-YC-${String(house.home.index + 1).padStart(6, '0')}`;

/** Openings of a day: from outside by so many keys, from inside without one, some at night. */
function* openings(lock: number, trace: DayTrace): Generator<AcceptedEvent> {
  const { at, outside, inside, keys, night } = trace;
  for (let n = 0; n < outside; n++) {
    const minutes = n < night ? -690 + n * 40 : -240 + Math.round((n * 700) / Math.max(1, outside));
    const data = { by: 'code', direction: 'in', credential: `k${n % Math.max(1, keys)}` };
    yield { thing: lock, time: at * 1000 + minutes * minute, event: 'unlocked', data };
  }
  for (let n = 0; n < inside; n++)
    yield {
      ...{ thing: lock, time: at * 1000 + (-260 + Math.round((n * 680) / Math.max(1, inside))) * minute },
      ...{ event: 'unlocked', data: { by: 'handle', direction: 'out' } },
    };
}

/** Locks and meters of homes, registered once. Answers their numbers by code. */
async function registered(
  { platform, organisation }: Target,
  houses: readonly CityHouse[],
): Promise<Map<string, number>> {
  const { things } = platform.services;
  const actor = { ...systemActor(cityActor, organisation), permissions: new Set(['thing:read', 'thing:write']) };
  const wanted = houses.flatMap((house) =>
    families.map(([prefix, family, name]) => ({
      ...{ code: codeOf(prefix, house), name: `${house.name} ${name}`, family, placeId: house.id },
      state: 'in-use' as const,
    })),
  );
  const numbersOf = async () => {
    const rows = await platform.kernel.db.systemRead(sql<{ code: string; number: number }>`
      select code, number from things_pub.thing where organisation = ${organisation} and code = any(${wanted.map(({ code }) => code)})`);
    return new Map(rows.map(({ code, number }) => [code, number]));
  };
  const known = await numbersOf();
  const missing = wanted.filter(({ code }) => !known.has(code));
  for (let at = 0; at < missing.length; at += atOnce) {
    const { errors } = await things.importRows(actor, missing.slice(at, at + atOnce));
    if (errors.length > 0) throw new Error(`things were refused: ${JSON.stringify(errors.slice(0, 2))}`);
  }
  return missing.length > 0 ? numbersOf() : known;
}

/**
 * The last three months of locks and meters of some homes, into telemetry as if they had spoken late. Only while nobody else writes as
 * the gateway, so with the platform at rest. Answers the number of points and openings.
 */
export async function loadTraces(target: Target, houses: readonly CityHouse[]): Promise<number> {
  const { telemetry } = target.platform.services;
  const numbers = await registered(target, houses);
  const now = target.platform.kernel.clock.now().getTime() * 1000;
  let messages: AcceptedMessage[] = [];
  let events: AcceptedEvent[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    if (messages.length + events.length === 0) return;
    await telemetry.accept({ messages, events, received: now });
    count += messages.length + events.length;
    [messages, events] = [[], []];
  };
  const numberOf = (house: CityHouse, family: Family): number =>
    numbers.get(codeOf(families.find(([, each]) => each === family)?.[0] ?? '', house)) ?? 0;
  for (const house of houses) {
    const [lock, water, electricity] = [
      numberOf(house, 'lock'),
      numberOf(house, 'water-meter'),
      numberOf(house, 'electricity-meter'),
    ];
    let [litres, wattHours] = [40_000 + (house.home.index % 997) * 100, 900_000 + (house.home.index % 991) * 1000];
    for (const trace of lifeOf(target.settings, house.home).traces) {
      litres += trace.water;
      wattHours += trace.electricity;
      const read = { time: trace.at * 1000 + noonToNight * minute, keys: [1], qualities: [0] };
      messages.push({ ...read, thing: water, values: [litres / 1000] });
      messages.push({ ...read, thing: electricity, values: [wattHours / 1000] });
      events.push(...openings(lock, trace));
      if (messages.length + events.length >= perBatch) await flush();
    }
  }
  await flush();
  return count;
}
