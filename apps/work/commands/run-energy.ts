import type { Actor } from '@keystead/contracts/access';
import type { TelemetryService } from '@keystead/data/telemetry';
import { inSubtrees, sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Static, Type } from 'typebox';
import type { Runs } from './runs.ts';
import type { Sending } from './sending.ts';

const Used = Type.Object({
  /** kWh in the hours before the run, and in as many after it. */
  before: Type.Number(),
  after: Type.Number(),
  /** `before - after`. */
  saved: Type.Number(),
});
export const RunEnergyView = Type.Object({
  from: Type.String({ format: 'date-time' }),
  at: Type.String({ format: 'date-time' }),
  to: Type.String({ format: 'date-time' }),
  /** Whether all of the time after has passed. */
  complete: Type.Boolean(),
  things: Type.Array(
    Type.Object({
      thing: Type.String({ format: 'uuid' }),
      code: Type.String(),
      name: Type.String(),
      family: Type.String(),
      ...Used.properties,
    }),
  ),
  families: Type.Array(Type.Object({ family: Type.String(), things: Type.Integer(), ...Used.properties })),
});
export type RunEnergyView = Static<typeof RunEnergyView>;

type ThingUse = RunEnergyView['things'][number];

/** By family, from the sums of its things; kWh rounded to a thousandth, as meters show them. */
export function byFamily(things: readonly ThingUse[]): RunEnergyView['families'] {
  const round = (kwh: number) => Math.round(kwh * 1_000) / 1_000;
  return [...Map.groupBy(things, ({ family }) => family)].map(([family, all]) => {
    const sum = (of: 'before' | 'after') => all.reduce((total, each) => total + each[of], 0);
    const [before, after] = [round(sum('before')), round(sum('after'))];
    return { family, things: all.length, before, after, saved: round(before - after) };
  });
}

interface Deps extends Pick<Kernel, 'db' | 'clock'> {
  runs: Pick<Runs, 'get'>;
  sending: Pick<Sending, 'thingFor'>;
  telemetry: Pick<TelemetryService, 'consumption'>;
}

/**
 * What a run changed in what its things use, by their own counters: as long before it as after it (H-6.6-d-3). It tells
 * what was measured, not what the run alone brought about.
 */
export function createRunEnergy({ db, clock, runs, sending, telemetry }: Deps) {
  return async function energy(actor: Actor, run: string, hours: number): Promise<RunEnergyView> {
    const at = new Date((await runs.get(actor, run)).startedAt);
    const [from, to] = [-hours, hours].map((each) => new Date(at.getTime() + each * 3_600_000)) as [Date, Date];
    const rows = await db.read(
      actor.scope,
      sql<{ thing_id: string }>`
        select distinct thing_id from commands.command where group_id = ${run} and ${inSubtrees(actor.scope, 'place')}
        order by thing_id limit 500`,
    );
    const things: ThingUse[] = [];
    for (const { thing_id } of rows) {
      const thing = await sending.thingFor(actor, thing_id);
      const counter = thing.model.properties.find((each) => each.cumulative && each.unit === 'kW.h');
      if (!counter) continue;
      const rise = async (span: { from: Date; to: Date }) =>
        (await telemetry.consumption(actor, thing.id, counter.id, span)).rise ?? 0;
      const [before, after] = await Promise.all([rise({ from, to: at }), rise({ from: at, to })]);
      const { id, code, name, model } = thing;
      things.push({ thing: id, code, name, family: model.family, before, after, saved: before - after });
    }
    return {
      from: from.toISOString(),
      at: at.toISOString(),
      to: to.toISOString(),
      complete: clock.now() >= to,
      things,
      families: byFamily(things),
    };
  };
}

export type RunEnergy = ReturnType<typeof createRunEnergy>;
