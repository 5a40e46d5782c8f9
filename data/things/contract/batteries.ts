import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';

import { batteryGap, deviceClassOf, forecastBattery, hasBattery } from '@keystead/contracts/device-contract';
import { batteryLifeJudged } from '@keystead/contracts/events/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Directory } from '../directory.ts';
import type { Models } from '../models.ts';
import type { ThingRef } from '../thing.ts';

/** What a battery has left. */
export interface BatteryLevel {
  thing: number;
  percent: number;
}

/** A thing with a battery, and the key under which its telemetry tells of it. */
export interface BatteryThing {
  thing: number;
  key: number;
}

const page = 500;
const daysKept = 1_100;
const dayMs = 86_400_000;

interface Kind {
  organisation: OrganisationId;
  family: string;
  version: number;
}

/**
 * Life of batteries, from one word a day (H-6.3-d, H-6.4-c-1). Telemetry brings the newest levels; what falls below the
 * line of its class is told once, and once more when it is well again.
 */
export function createBatteries(
  deps: Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit'> & { models: Models; directory: Directory },
) {
  const { db, clock, outbox, models, directory } = deps;

  /** Everything in use that runs on a battery, in pages by number. */
  async function after(number: number): Promise<{ things: BatteryThing[]; next: number | null }> {
    const rows = await db.systemRead(sql<Kind & { number: number }>`
      select number, organisation, family, model_version as version from things.thing
      where number > ${number} and state not in ('retired', 'scrapped') order by number limit ${page}`);
    const things: BatteryThing[] = [];
    for (const row of rows) {
      const model = await models.of(row.organisation, row.family, row.version);
      const key = hasBattery(model) ? model.properties.find(({ id }) => id === 'battery')?.key : undefined;
      if (key !== undefined) things.push({ thing: row.number, key });
    }
    return { things, next: rows.length < page ? null : (rows.at(-1)?.number ?? null) };
  }

  async function judge(tx: Tx, ref: ThingRef): Promise<void> {
    const samples = await tx.all(sql<{ day: string; percent: number }>`
      select day::text as day, percent from things.battery_sample where thing = ${ref.number} order by day`);
    const forecast = forecastBattery(samples.map(({ day, percent }) => ({ at: Date.parse(day), percent })));
    if (!forecast) return;
    const gap = batteryGap(deviceClassOf(ref.model), forecast.years);
    const [before] = await tx.all(
      sql<{ short: boolean }>`select short from things.battery_forecast where thing = ${ref.number}`,
    );
    const emptyAt = forecast.emptyAt === null ? null : new Date(forecast.emptyAt);
    const short = gap !== undefined;
    await tx.run(sql`
      insert into things.battery_forecast (thing, organisation, years, empty_at, readings, short, at)
      values (${ref.number}, ${ref.organisation}, ${forecast.years}, ${emptyAt}, ${forecast.readings}, ${short}, ${clock.now()})
      on conflict (thing) do update set years = excluded.years, empty_at = excluded.empty_at, readings = excluded.readings,
        short = excluded.short, at = excluded.at`);
    if (short === (before?.short ?? false)) return;
    await outbox.add(
      tx,
      batteryLifeJudged,
      { organisation: ref.organisation, place: ref.place },
      { id: ref.id, code: ref.code, name: ref.name, short, years: forecast.years, clause: gap?.clause ?? '' },
    );
    const actor = systemActor('battery-life', ref.organisation);
    await deps.audit.add(tx, actor, {
      action: short ? 'thing.battery-life-short' : 'thing.battery-life-well',
      subject: `thing:${ref.id}`,
      place: ref.place,
      detail: { number: ref.code, years: forecast.years },
    });
  }

  /** Keeps the level of the day for each and draws the lines anew; the first word of a day counts. */
  async function note(levels: readonly BatteryLevel[]): Promise<void> {
    const day = localDate(clock.now());
    const refs = await directory.byNumbers(levels.map(({ thing }) => thing));
    const rows = levels.flatMap(({ thing, percent }) => {
      const ref = refs.get(thing);
      return ref ? [{ thing, percent, organisation: ref.organisation }] : [];
    });
    await db.systemTransaction(async (tx) => {
      const taken = await tx.all(sql<{ thing: number }>`
        insert into things.battery_sample (thing, organisation, day, percent)
        select r.thing, r.organisation, ${day}::date, r.percent
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(thing bigint, organisation uuid, percent real)
        on conflict do nothing returning thing`);
      for (const { thing } of taken) {
        const ref = refs.get(thing);
        if (ref) await judge(tx, ref);
      }
    });
  }

  const prune = (): Promise<unknown> => {
    const before = localDate(new Date(clock.now().getTime() - daysKept * dayMs));
    return db.systemRead(sql`delete from things.battery_sample where day < ${before}::date`);
  };

  return { after, note, prune };
}

export type Batteries = ReturnType<typeof createBatteries>;
