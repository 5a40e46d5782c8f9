import { type Actor, type OrganisationId, pathRange } from '@keystead/contracts/access';
import type { Clock } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import { type Db, inSubtrees, sql } from '@keystead/kernel/db';
import { type OnlineChange, tellOnline } from './contact.ts';
import { type OnlineCount, onlineCount } from './online.ts';

const chunk = 1000;

export interface OnlineGroup extends OnlineCount {
  /** Path of the place or name of the family; '' = the total. */
  key: string;
  name: string;
}

/** Derives silence, and counts who is there. */
export function createOnlineWatch({ db, clock, outbox }: { db: Db; clock: Clock; outbox: Outbox }) {
  /**
   * While the platform was away nobody could be heard: every thing gets its interval and grace anew, counted from now.
   * Called once, when the watch begins.
   */
  async function begin(): Promise<void> {
    const now = clock.now();
    await db.systemRead(sql`
      update things.contact set due = ${now}::timestamptz + make_interval(secs => interval_s + grace_s)
      where state = 'online' and due < ${now}::timestamptz + make_interval(secs => interval_s + grace_s)`);
  }

  /** Things whose interval and grace have passed are offline since then (H-9.5.2-b-1); returns how many. */
  async function derive(): Promise<number> {
    const now = clock.now();
    let all = 0;
    for (;;) {
      const changed = await db.systemTransaction(async (tx) => {
        const rows = await tx.all(sql<{
          id: string;
          code: string;
          organisation: OrganisationId;
          place: string;
          since: Date;
        }>`
          with late as (
            select thing from things.contact where state = 'online' and due <= ${now} order by thing limit ${chunk} for update skip locked)
          update things.contact c set state = 'offline', since = c.due from late, things.thing t
          where c.thing = late.thing and t.number = c.thing
          returning t.id, t.code, t.organisation, t.place, c.since`);
        const changes = rows.map(
          ({ since, ...thing }): OnlineChange => ({ thing, from: 'online', to: 'offline', since }),
        );
        await tellOnline(tx, outbox, changes);
        return rows.length;
      });
      all += changed;
      if (changed < chunk) return all;
    }
  }

  /**
   * Online rate of what stands below a place (H-7.1-c-1): in all, and by the places right below it or by model. Things
   * out of use, or not admitted, are not counted.
   */
  async function rate(
    actor: Actor,
    { under = '', by }: { under?: string; by?: 'place' | 'model' | 'class' } = {},
  ): Promise<OnlineGroup[]> {
    type Row = { key: string; name: string | null; online: number; offline: number; unknown: number };
    const { lo, hi } = pathRange(under);
    const key =
      by === 'model'
        ? sql`t.family`
        : by === 'class'
          ? sql`coalesce(t.equipment_class, '')`
          : by === 'place'
            ? sql`case when length(t.place) > ${under.length} then ${under} || split_part(substr(t.place, ${under.length + 1}), '/', 1) || '/' else ${under} end`
            : sql`''`;
    const rows = await db.read(
      actor.scope,
      sql<Row>`
        select g.key, p.name, g.online, g.offline, g.unknown from (
          select ${key} as key, count(*) filter (where c.state = 'online') as online, count(*) filter (where c.state = 'offline') as offline,
            count(*) filter (where coalesce(c.state, 'unknown') = 'unknown') as unknown
          from things.thing t left join things.contact c on c.thing = t.number
          where ${inSubtrees(actor.scope, 't.place')} and t.place >= ${lo} collate "C" and t.place < ${hi} collate "C"
            and t.whitelist = 'admitted' and t.state not in ('retired', 'scrapped')
          group by 1) g
        left join places_pub.place p on ${by === 'place' ? sql`p.path = g.key collate "C"` : sql`false`} order by g.key limit 5000`,
    );
    const groups = rows.map(({ key: of, name, online, offline, unknown }) => ({
      key: of,
      name: name ?? of,
      ...onlineCount(online, offline, unknown),
    }));
    if (by === undefined && groups.length === 0) return [{ key: '', name: '', ...onlineCount(0, 0, 0) }];
    return groups;
  }

  return { begin, derive, rate };
}
