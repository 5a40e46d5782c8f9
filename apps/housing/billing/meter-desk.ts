import { type Actor, inScope } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import type { PlacesService } from '@keystead/data/places';
import { inSubtrees, sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { constraintOf, ExchangeKnown } from './problems.ts';

export interface ExchangeWish {
  readonly house: string;
  readonly subject: string;
  readonly exchangedAt: Date;
  /** Thousandths of the unit. */
  readonly oldEnd: number;
  readonly newBegin: number;
  readonly note: string;
  /** A picture of the old dial in data/records. */
  readonly photo?: string;
}

export interface UsageRow {
  id: string;
  house: string;
  subject: string;
  period: string;
  begin: number;
  end: number;
  quantity: number;
  source: string;
  rule: string | null;
  photo: string | null;
  at: Date;
  actorName: string;
}

export interface GapRow {
  id: string;
  house: string;
  subject: string;
  period: string;
  agreement: string;
  why: 'no-meter' | 'no-beginning' | 'no-end' | 'fell';
  at: Date;
}

/** What people tell and ask of meters: figures as they stand, months that wait for one, exchanges. */
export const createMeterDesk = ({
  db,
  clock,
  audit,
  places,
}: Pick<Kernel, 'db' | 'clock' | 'audit'> & { places: PlacesService }) => ({
  /** Notes an exchange. Throws PlaceMissing, NotAllowed, ExchangeKnown. */
  exchange: async (actor: Actor, wish: ExchangeWish): Promise<{ id: string }> => {
    const id = newId();
    const { house, subject, exchangedAt, oldEnd, newBegin, note, photo = null } = wish;
    try {
      await db.transaction(actor.scope, async (tx) => {
        const place = await places.pathOf(tx, actor.scope.organisation, house);
        if (!inScope(actor.scope, place)) throw new NotAllowed({ place });
        await tx.run(sql`
          insert into billing.exchange (id, organisation, place, house, subject, exchanged_at, old_end, new_begin, note, photo, at, actor_name)
          values (${id}, ${actor.scope.organisation}, ${place}, ${house}, ${subject}, ${exchangedAt}, ${oldEnd}, ${newBegin}, ${note},
            ${photo}, ${clock.now()}, ${actor.name})`);
        await audit.add(tx, actor, {
          action: 'meter.exchange',
          subject: `place:${house}`,
          place,
          detail: { subject, exchangedAt: exchangedAt.toISOString(), oldEnd, newBegin, photo },
        });
      });
    } catch (cause) {
      if (constraintOf(cause)?.startsWith('exchange_house')) throw new ExchangeKnown({ house, subject });
      throw cause;
    }
    return { id };
  },
  /** Figures as they stand, the latest first. */
  usages: (
    actor: Actor,
    filter: { house?: string; period?: string; rule?: string; limit: number },
  ): Promise<UsageRow[]> =>
    db.read(
      actor.scope,
      sql<UsageRow>`
      select id, house, subject, period, begin_reading as begin, end_reading as "end", quantity, source, rule, photo, at,
        actor_name as "actorName" from billing.usage
      where organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'place')} and replaced_at is null
        and ${filter.house ? sql`house = ${filter.house}` : sql`true`}
        and ${filter.period ? sql`period = ${filter.period}` : sql`true`}
        and ${filter.rule ? sql`rule = ${filter.rule}` : sql`true`}
      order by at desc, id desc limit ${filter.limit}`,
    ),
  /** Months no figure could be found for. */
  gaps: (actor: Actor, limit: number): Promise<GapRow[]> =>
    db.read(
      actor.scope,
      sql<GapRow>`
      select id, house, subject, period, agreement, why, at from billing.meter_gap
      where organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'place')} and ended_at is null
      order by at desc, id desc limit ${limit}`,
    ),
});
