import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { chargesChanged } from '@keystead/contracts/events/ledger';
import { housesImported } from '@keystead/contracts/events/stock';
import { newId } from '@keystead/contracts/ids';
import { inOwnTransaction, sql } from '@keystead/kernel/db';
import type { CityHome, CitySettings } from '@keystead/simulator/city';
import { placesOf, waitingOf } from '@keystead/simulator/city';
import type { Platform } from '../compose.ts';
import { addHousehold, type CityHouse, type CityRows, emptyRows, type Lessor, rowCount, rowsOf } from './rows.ts';

/** The demo's history goes only where nobody works: a demo organisation whose houses were all made by it. */
export class CityRefused extends Error {}

export const cityActor = 'demo.city';
const lessorCode = 'DEMO-LESSOR';
const aTransaction = 125; // homes
const hands = 3;

type Say = (line: string) => void;

export interface Target {
  readonly platform: Platform;
  readonly organisation: OrganisationId;
  readonly settings: CitySettings;
  readonly say: Say;
}

export interface Loaded {
  readonly homes: number;
  readonly rows: number;
  readonly seconds: number;
}

/** Houses below a place of the tree, by the last of their codes. */
export async function housesIn({ platform, organisation }: Target, top: string): Promise<Omit<CityHouse, 'home'>[]> {
  return platform.kernel.db.systemRead(sql<Omit<CityHouse, 'home'> & { code: string }>`
    select h.id, h.code, h.path, h.name, h.tags, h.attributes from places_pub.place h
      join places_pub.place t on t.organisation = h.organisation and t.code = ${top} and starts_with(h.path, t.path)
    where h.organisation = ${organisation} and h.kind = 'house' and not h.retired order by h.ord, h.code`);
}

/** Throws CityRefused where others have opened files of houses. */
async function requireDemo({ platform, organisation }: Target): Promise<void> {
  const { services, kernel } = platform;
  const actor = systemActor(cityActor, organisation);
  const own = await services.identity.organisations.own(actor);
  if (own.secondFactor !== 'waived-while-loopback')
    throw new CityRefused('示范数据只进入演示机构 / the demo city goes into a demo organisation only');
  const { others } = await kernel.db.systemTransaction((tx) => services.stock.openedIn(tx, organisation, cityActor));
  if (others > 0)
    throw new CityRefused(`已有 ${others} 份他人建立的房源档案 / ${others} house files were made by others`);
}

/** The lessor of the demo, made once. */
async function lessorOf({ platform, organisation }: Target): Promise<Lessor> {
  const { parties } = platform.services;
  const actor = systemActor(cityActor, organisation);
  const name = '安枢示范住房运营中心';
  const known = await parties.list(actor, { kind: 'organisation', text: lessorCode, limit: 1 });
  const party = known.items[0]?.id ?? (await parties.add(actor, { kind: 'organisation', name, code: lessorCode })).id;
  return { party, name };
}

async function write(target: Target, rows: CityRows): Promise<void> {
  const { platform, organisation } = target;
  const { services, kernel } = platform;
  const actor = systemActor(cityActor, organisation);
  const client = await kernel.db.systemConnection((cause) => kernel.log.warn({ err: cause }, 'connection lost'));
  try {
    await inOwnTransaction(client, async (tx) => {
      const { parties, members, files, reviews, houses, leases, bills, cases } = rows;
      // The most first: what follows takes numbers of contracts, which are given to one transaction after the other.
      await services.billing.importHistory(tx, organisation, bills, actor);
      await services.parties.importHistory(tx, organisation, { parties, members, by: actor.id });
      await services.households.importHistory(tx, organisation, files);
      await services.eligibility.importHistory(tx, organisation, reviews, actor);
      await services.stock.importHistory(tx, organisation, houses, { at: kernel.clock.now(), by: actor });
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('demo.city', 0))`);
      await services.leases.importHistory(tx, organisation, leases, actor);
      await services.cases.importHistory(tx, organisation, cases, actor);
      const detail = {
        houses: houses.length,
        leases: leases.length,
        bills: bills.length,
        cases: cases.length,
        parties: parties.length,
      };
      await kernel.audit.add(tx, actor, { action: 'demo.city', subject: `organisation:${organisation}`, detail });
    });
  } finally {
    await client.end();
  }
}

/**
 * Loads the history of homes, so many in a transaction; homes that have it already are passed over, so it can be cut off
 * and run again. Throws CityRefused.
 */
export async function loadHomes(target: Target, houses: readonly CityHouse[]): Promise<Loaded> {
  const { platform, settings, say } = target;
  await requireDemo(target);
  const { db, clock } = platform.kernel;
  const lessor = await lessorOf(target);
  const began = performance.now();
  let [done, rows] = [0, 0];
  let told = began;
  let next = 0;
  /** Takes part after part until none is left; several do so at once, each on a connection of its own. */
  async function carry(): Promise<void> {
    while (next < houses.length) {
      const part = houses.slice(next, next + aTransaction);
      next += aTransaction;
      const ids = part.map(({ id }) => id);
      const known = await db.systemTransaction((tx) => platform.services.stock.knownOf(tx, ids));
      const missing = part.filter(({ id }) => !known.has(id));
      if (missing.length > 0) {
        const made = rowsOf(settings, missing, lessor, clock.now());
        await write(target, made);
        rows += rowCount(made);
      }
      done += missing.length;
      if (performance.now() - told <= 5000) continue;
      told = performance.now();
      const speed = Math.round((rows / (told - began)) * 1000);
      say(`  … ${done}/${houses.length} 户 / homes   ${rows} 行 / rows   ${speed} /s`);
    }
  }
  await Promise.all(Array.from({ length: hands }, carry));
  if (done > 0) await tellLoaded(target, done);
  return { homes: done, rows, seconds: (performance.now() - began) / 1000 };
}

/** Rows that were written in bulk told nobody of themselves: one word of houses and one of money makes open screens look. */
function tellLoaded({ platform, organisation }: Target, count: number): Promise<void> {
  const { db, outbox } = platform.kernel;
  const where = { organisation, place: '' };
  return db.systemTransaction(async (tx) => {
    await outbox.add(tx, housesImported, where, { batch: newId(), change: 'import', count });
    await outbox.add(tx, chargesChanged, where, { change: 'charged', count });
  });
}

/** Households that wait for a home: their applications go in by the door everybody uses, and rest at different steps. */
export async function loadWaiting(target: Target, place: string, count: number, first = 0): Promise<void> {
  const { platform, organisation, settings } = target;
  const { eligibility } = platform.services;
  const actor = systemActor(cityActor, organisation);
  for (let number = first; number < first + count; number++) {
    const { household, application } = waitingOf(settings, number);
    const rows = emptyRows();
    const party = addHousehold(rows, household, place, application.openedAt);
    try {
      await write(target, rows);
    } catch (cause) {
      // From a run before: nobody is taken in twice under one number.
      if (cause instanceof Error && 'constraint' in cause && cause.constraint === 'field_resident_id') continue;
      throw cause;
    }
    const { id } = await eligibility.reviews.open(actor, { household: party, kind: 'initial', area: application.area });
    const steps = [
      [],
      ['submit'],
      ['submit'],
      ['submit', 'accept'],
      ['submit', 'ask-supplement'],
      ['submit', 'accept'],
    ] as const;
    for (const step of steps[number % steps.length] ?? [])
      await eligibility.reviews.take(actor, id, step, step === 'ask-supplement' ? '请补充收入证明' : null);
  }
}

/** Places of a city of so many homes: those that are missing are added. */
export async function makePlaces({ platform, organisation, say }: Target, homes: number): Promise<void> {
  const actor = systemActor(cityActor, organisation);
  const rows = [...placesOf(homes)];
  for (let at = 0; at < rows.length; at += 20_000) {
    const answer = await platform.services.places.importRows(actor, rows.slice(at, at + 20_000));
    if (answer.errors.length > 0)
      throw new CityRefused(`places were refused: ${JSON.stringify(answer.errors.slice(0, 3))}`);
  }
  say(`  空间 / places   ${rows.length}`);
}

/** Joins houses of the tree with homes of the generator. */
export const joined = (
  houses: readonly Omit<CityHouse, 'home'>[],
  homeFor: (house: Omit<CityHouse, 'home'>, index: number) => CityHome | undefined,
): CityHouse[] =>
  houses.flatMap((house, index) => {
    const home = homeFor(house, index);
    return home ? [{ ...house, home }] : [];
  });
