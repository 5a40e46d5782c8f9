import { createHash } from 'node:crypto';
import type { Actor } from '@keystead/contracts/access';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { ThingMissing, type ThingRow, type ThingsService } from '@keystead/data/things';
import { type Db, sql } from '@keystead/kernel/db';
import { AudienceTooLarge } from './campaign.ts';

/** Who is meant; every part given has to hold. */
export interface Audience {
  /** Families; those of the package when absent. */
  models?: string[];
  /** Path of a place: everything in its subtree. */
  under?: string;
  labels?: Record<string, string>;
  /** Ids of things. */
  things?: string[];
  /** Only those that run one of these versions. */
  versions?: string[];
}

export const mostDevices = 20_000;

export const exclusions = ['wrong-model', 'out-of-use', 'busy', 'up-to-date', 'other-version'] as const;
export type Exclusion = (typeof exclusions)[number];

export interface Found {
  row: ThingRow;
  fromTitle: string | null;
  fromVersion: string | null;
}

export interface Picked {
  targets: Found[];
  excluded: { row: ThingRow; why: Exclusion }[];
  models: ThingModel[];
}

interface Deps {
  db: Db;
  things: Pick<ThingsService, 'list' | 'refs'>;
}

interface Standing {
  thing: number;
  title: string | null;
  version: string | null;
  busy: boolean;
}

const gone = new Set(['retired', 'scrapped']);
const carries = (row: ThingRow, labels: Record<string, string> = {}): boolean =>
  Object.entries(labels).every(([name, value]) => row.labels[name] === value);

/** Finds the devices a campaign would reach, and says of the others why not. */
export function createAudiences({ db, things }: Deps) {
  async function meant(actor: Actor, audience: Audience, models: readonly string[]): Promise<ThingRow[]> {
    const { under, labels, things: only } = audience;
    const ids = only && new Set(only);
    // Whoever is named is looked at whatever its model, so that it can be said why it is left out.
    const family = ids ? undefined : (audience.models ?? models).join(',');
    const found: ThingRow[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await things.list(actor, {
        limit: 200,
        ...(family === undefined ? {} : { family }),
        ...(under === undefined ? {} : { under }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const row of page.items) if ((!ids || ids.has(row.id)) && carries(row, labels)) found.push(row);
      if (found.length > mostDevices) throw new AudienceTooLarge({ most: mostDevices });
      if (page.next === null || found.length === ids?.size) break;
      cursor = page.next;
    }
    // Whoever names a device has to see it.
    const seen = new Set(found.map(({ id }) => id));
    const missing = only?.find((id) => !seen.has(id));
    if (missing !== undefined && labels === undefined && under === undefined) throw new ThingMissing({ id: missing });
    return found;
  }

  async function standing(actor: Actor, rows: readonly ThingRow[]): Promise<Map<number, Standing>> {
    const numbers = rows.map(({ number }) => number);
    const found = await db.read(
      actor.scope,
      sql<Standing>`
        select n.thing, i.title, i.version, exists (select from firmware.target t where t.thing = n.thing and t.ended_at is null) as busy
        from unnest(${numbers}::bigint[]) as n(thing) left join firmware.installed i on i.thing = n.thing`,
    );
    return new Map(found.map((each) => [each.thing, each]));
  }

  /** Throws AudienceTooLarge, ThingMissing for one named that the actor does not see. */
  return async function pick(
    actor: Actor,
    audience: Audience,
    wanted: { title: string; version: string; models: readonly string[] },
  ): Promise<Picked> {
    const rows = await meant(actor, audience, wanted.models);
    const stands = await standing(actor, rows);
    const picked: Picked = { targets: [], excluded: [], models: [] };
    for (const row of rows) {
      const { title = null, version = null, busy = false } = stands.get(row.number) ?? {};
      const allowed = wanted.models.includes(row.family) && (audience.models?.includes(row.family) ?? true);
      const why: Exclusion | undefined = !allowed
        ? 'wrong-model'
        : gone.has(row.state) || row.whitelist === 'revoked'
          ? 'out-of-use'
          : busy
            ? 'busy'
            : version === wanted.version && title === wanted.title
              ? 'up-to-date'
              : audience.versions && !audience.versions.includes(version ?? '')
                ? 'other-version'
                : undefined;
      if (why) picked.excluded.push({ row, why });
      else picked.targets.push({ row, fromTitle: title, fromVersion: version });
    }
    const refs = await things.refs(picked.targets.map(({ row }) => row.number));
    const models = new Map([...refs.values()].map(({ model }) => [`${model.family} ${model.version}`, model]));
    return { ...picked, models: [...models.values()] };
  };
}

export type PickAudience = ReturnType<typeof createAudiences>;

/** An order in which the waves are drawn: the same for one campaign, no building first. */
export const drawn = <T>(campaign: string, all: readonly T[], idOf: (each: T) => string): T[] => {
  const mark = (id: string) => createHash('sha256').update(`${campaign} ${id}`).digest('hex');
  return all
    .map((each) => ({ each, mark: mark(idOf(each)) }))
    .sort((a, b) => (a.mark < b.mark ? -1 : 1))
    .map(({ each }) => each);
};
