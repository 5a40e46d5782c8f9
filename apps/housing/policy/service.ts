import { type Actor, inScope, type Scope } from '@keystead/contracts/access';
import { dayBegins, localDate } from '@keystead/contracts/calendar';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, NotAllowed } from '@keystead/contracts/problem';
import type { PlacesService } from '@keystead/data/places';
import { type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import {
  checkValues,
  compare,
  inForce,
  nearest,
  type Pack,
  PackInvalid,
  PackMissing,
  PackOwnDraft,
  PackPublished,
  type PolicyInForce,
  PolicyMissing,
  type RuleDifference,
  type RuleValues,
  standingOn,
  turnsIn,
} from './pack.ts';
import { national, shipped } from './packs.ts';

const columns = sql`p.id, p.code, p.number, p.title, p.place, p.state, p.values, p.effective_from::text as "effectiveFrom",
  p.published_at as "publishedAt", p.published_by as "publishedBy", p.drafted_by as "draftedBy", p.made_at as "madeAt", p.version`;

/** A pack as it decides; of a rule that came after it was published it says what the country says. */
const whole = (pack: Pack): PolicyInForce => inForce({ ...pack, values: { ...national, ...pack.values } });

const packById = (organisation: string, id: string): Query<Pack> =>
  sql<Pack>`select ${columns} from policy.pack p where p.organisation = ${organisation} and p.id = ${id} for update`;

/** Of every place that has packs of its own the one in force on a day. */
const deciding = (organisation: string, day: string): Query<Pack> =>
  sql<Pack>`select distinct on (p.place) ${columns} from policy.pack p where p.organisation = ${organisation} and p.state = 'published'
    and p.effective_from <= ${day}::date order by p.place, p.effective_from desc, p.published_at desc`;

/** Every pack that decided on some day up to this one. */
const published = (organisation: string, day: string): Query<Pack> =>
  sql<Pack>`select ${columns} from policy.pack p where p.organisation = ${organisation} and p.state = 'published'
    and p.effective_from <= ${day}::date`;

/** From a local day on, until the next stretch begins, one pack decides. */
export interface Stretch {
  readonly from: string;
  readonly policy: PolicyInForce;
}

/** What a past decision would have been under another pack. */
export interface Replayed {
  readonly subject: string;
  readonly was: string;
  readonly would: string;
  /** Rules that make the difference. */
  readonly because: readonly string[];
}

export interface Replay {
  readonly area: string;
  readonly decisions: number;
  readonly differing: readonly Replayed[];
}

/** A module whose decisions can be decided again: all of them in a span, in the caller's transaction and scope. */
export type Replayer = (
  tx: Tx,
  actor: Actor,
  policy: PolicyInForce,
  span: { from: Date; to: Date },
) => Promise<Omit<Replay, 'area'>>;

/** Policy packs: drafted by one, published by another, in force by date, replayed on what was decided. */
type Parts = Pick<Kernel, 'db' | 'clock' | 'audit'> & { places: Pick<PlacesService, 'pathOf'> };

export function createPolicy({ db, clock, audit, places }: Parts) {
  const replayers = new Map<string, Replayer>();

  async function furnish(tx: Tx, organisation: string): Promise<void> {
    const at = clock.now();
    for (const { code, title, values, published } of shipped)
      await tx.run(sql`insert into policy.pack (id, organisation, code, number, title, state, values, effective_from,
          published_at, published_by, drafted_by, made_at)
        values (${newId()}, ${organisation}, ${code}, 1, ${title}, ${published ? 'published' : 'draft'}, ${JSON.stringify(values)},
          ${published ? '1970-01-01' : null}::date, ${published ? at : null}, ${published ? 'platform' : null}, 'platform', ${at})
        on conflict do nothing`);
  }

  async function inForceOn(tx: Tx, organisation: string, moment: Date): Promise<Pack[]> {
    const query = deciding(organisation, localDate(moment));
    const found = await tx.all(query);
    if (found.some(({ place }) => place === '')) return found;
    await furnish(tx, organisation);
    return tx.all(query);
  }

  /** What decides on a day at any place (`''` = where no place is known), asked once for many. Throws PolicyMissing. */
  async function over(tx: Tx, organisation: string, moment: Date): Promise<(path: string) => PolicyInForce> {
    const packs = await inForceOn(tx, organisation, moment);
    const read = new Map(packs.map((pack) => [pack.id, whole(pack)]));
    return (path) => {
      const found = read.get(nearest(packs, path)?.id ?? '');
      if (!found) throw new PolicyMissing({ day: localDate(moment) });
      return found;
    };
  }

  /**
   * The pack that decides on a day at a place: of the nearest place above that has one, else of the whole organisation. Kept
   * unchanged for ever, so its id tells later what a decision went by.
   */
  const at = async (tx: Tx, organisation: string, moment: Date, place = ''): Promise<PolicyInForce> =>
    (await over(tx, organisation, moment))(place);

  /**
   * Which packs decide on the days of a span (local dates) at any place, the earliest first; asked once for many. Of days that are
   * past it answers always the same, since no pack is published for them any more. Throws PolicyMissing.
   */
  async function during(
    tx: Tx,
    organisation: string,
    first: string,
    last: string,
  ): Promise<(path: string) => readonly Stretch[]> {
    await inForceOn(tx, organisation, dayBegins(first));
    const packs = await tx.all(published(organisation, last));
    const read = new Map(packs.map((pack) => [pack.id, whole(pack)]));
    const standing = turnsIn(packs, first, last).map((from) => ({ from, packs: standingOn(packs, from) }));
    return (path) => {
      const stretches: Stretch[] = [];
      for (const { from, packs: there } of standing) {
        const policy = read.get(nearest(there, path)?.id ?? '');
        if (!policy) throw new PolicyMissing({ day: from });
        if (stretches.at(-1)?.policy !== policy) stretches.push({ from, policy });
      }
      return stretches;
    };
  }

  /** Every pack that decides on a day with the place it is of (`''` = the whole organisation), for questions to the database over many places. */
  const everywhere = async (
    tx: Tx,
    organisation: string,
    moment: Date,
  ): Promise<{ place: string; rules: PolicyInForce }[]> =>
    (await inForceOn(tx, organisation, moment)).map((pack) => ({ place: pack.place, rules: whole(pack) }));

  const get = (tx: Tx, { organisation }: Scope, id: string): Promise<Pack> =>
    tx.one(packById(organisation, id), () => new PackMissing({ id }));

  /** Who answers for a part of the organisation changes what holds there, not what holds for all. */
  const requireReach = (actor: Actor, place: string): void => {
    if (!inScope(actor.scope, place)) throw new NotAllowed({ reason: 'whole-organisation' });
  };

  return {
    at,
    over,
    everywhere,
    during,
    /** The pack a decision stored. Throws PackMissing. */
    byId: async (tx: Tx, organisation: string, id: string): Promise<PolicyInForce> =>
      whole(await tx.one(packById(organisation, id), () => new PackMissing({ id }))),
    /** Registers a module whose past decisions can be decided again. */
    replayWith: (area: string, replayer: Replayer): void => void replayers.set(area, replayer),

    /** `inForceAt`: of every place with packs of its own the one in force now. */
    list: (actor: Actor): Promise<{ packs: Pack[]; inForce: string; inForceAt: string[] }> =>
      db.transaction(actor.scope, async (tx) => {
        const { organisation } = actor.scope;
        await furnish(tx, organisation);
        const packs = await tx.all(sql<Pack>`select ${columns} from policy.pack p where p.organisation = ${organisation}
          order by p.state, p.effective_from desc nulls first, p.made_at desc limit 200`);
        const standing = await inForceOn(tx, organisation, clock.now());
        return { packs, inForce: nearest(standing, '')?.id ?? '', inForceAt: standing.map(({ id }) => id) };
      }),
    get: (actor: Actor, id: string): Promise<Pack> => db.transaction(actor.scope, (tx) => get(tx, actor.scope, id)),

    /**
     * A new version of the same pack to be edited, with the numbers of an earlier one; `place` (id) makes it one of that place
     * and what lies below. Throws PackMissing, PlaceMissing, NotAllowed.
     */
    draft: async (
      actor: Actor,
      from: string,
      naming: { code?: string; title?: string; place?: string },
    ): Promise<Pack> => {
      return db.transaction(actor.scope, async (tx) => {
        const { organisation } = actor.scope;
        const base = await get(tx, actor.scope, from);
        const place = naming.place ? await places.pathOf(tx, organisation, naming.place) : base.place;
        requireReach(actor, place);
        const code = naming.code ?? base.code;
        await tx.all(sql`select pg_advisory_xact_lock(hashtextextended(${`policy ${organisation} ${code}`}, 0))`);
        const [last] = await tx.all(sql<{
          number: number;
        }>`select coalesce(max(number), 0)::int as number from policy.pack
          where organisation = ${organisation} and code = ${code}`);
        const id = newId();
        await tx.run(sql`insert into policy.pack (id, organisation, code, number, title, place, state, values, drafted_by, made_at)
          values (${id}, ${organisation}, ${code}, ${(last?.number ?? 0) + 1}, ${naming.title ?? base.title}, ${place}, 'draft',
            ${JSON.stringify(base.values)}, ${actor.id}, ${clock.now()})`);
        await audit.add(tx, actor, {
          action: 'policy.draft',
          subject: `policy-pack:${id}`,
          place,
          detail: { code, from },
        });
        return get(tx, actor.scope, id);
      });
    },

    /** Changes numbers of a draft. Throws PackPublished, PackInvalid, EditConflict, PackMissing. */
    edit: async (
      actor: Actor,
      id: string,
      version: number | undefined,
      change: { title?: string; values?: RuleValues },
    ): Promise<Pack> => {
      return db.transaction(actor.scope, async (tx) => {
        const before = await get(tx, actor.scope, id);
        requireReach(actor, before.place);
        if (before.state === 'published') throw new PackPublished({ id });
        if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
        const values = { ...before.values, ...change.values };
        checkValues(values);
        await tx.run(sql`update policy.pack set values = ${JSON.stringify(values)}, title = ${change.title ?? before.title},
          drafted_by = ${actor.id}, version = version + 1 where id = ${id}`);
        const changed = compare(before.values, values).map(({ rule, before: was, after }) => ({
          rule,
          was: was?.value,
          now: after?.value,
        }));
        await audit.add(tx, actor, {
          action: 'policy.edit',
          subject: `policy-pack:${id}`,
          place: before.place,
          detail: { changed },
        });
        return get(tx, actor.scope, id);
      });
    },

    /**
     * Puts a draft in force from a local date, today or later: decisions of the past stay what they were. Throws
     * PackPublished, PackOwnDraft, PackInvalid, PackMissing.
     */
    publish: async (actor: Actor, id: string, effectiveFrom: string): Promise<Pack> => {
      return db.transaction(actor.scope, async (tx) => {
        const draft = await get(tx, actor.scope, id);
        requireReach(actor, draft.place);
        if (draft.state === 'published') throw new PackPublished({ id });
        if (draft.draftedBy === actor.id) throw new PackOwnDraft({ id });
        checkValues(draft.values);
        if (effectiveFrom < localDate(clock.now()))
          throw new PackInvalid({}, [{ pointer: '/effectiveFrom', code: 'in-the-past' }]);
        await tx.run(sql`update policy.pack set state = 'published', effective_from = ${effectiveFrom}::date,
          published_at = ${clock.now()}, published_by = ${actor.id}, version = version + 1 where id = ${id}`);
        const detail = { code: draft.code, number: draft.number, effectiveFrom };
        await audit.add(tx, actor, {
          action: 'policy.publish',
          subject: `policy-pack:${id}`,
          place: draft.place,
          detail,
        });
        return get(tx, actor.scope, id);
      });
    },

    compare: (actor: Actor, before: string, after: string): Promise<RuleDifference[]> =>
      db.transaction(actor.scope, async (tx) =>
        compare((await get(tx, actor.scope, before)).values, (await get(tx, actor.scope, after)).values),
      ),

    /** Decides past decisions again under a pack; changes none of them. */
    replay: async (actor: Actor, id: string, span: { from: Date; to: Date }): Promise<Replay[]> =>
      db.transaction(actor.scope, async (tx) => {
        const pack = await get(tx, actor.scope, id);
        const detail = { from: span.from.toISOString(), to: span.to.toISOString() };
        await audit.add(tx, actor, { action: 'policy.replay', subject: `policy-pack:${id}`, kind: 'access', detail });
        const out: Replay[] = [];
        for (const [area, replayer] of replayers) out.push({ area, ...(await replayer(tx, actor, whole(pack), span)) });
        return out;
      }),
  };
}

export type PolicyService = ReturnType<typeof createPolicy>;
