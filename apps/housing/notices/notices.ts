import { type Actor, inScope } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, NotAllowed } from '@keystead/contracts/problem';
import { maskName } from '@keystead/data/parties';
import type { PlacesService } from '@keystead/data/places';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Audience, AudienceEmpty, NoticeMissing, NoticePublished, toldBy } from './audience.ts';

export interface NoticeWish {
  /** Place id; null = all the actor reaches, who then has to reach the whole organisation. */
  readonly place: string | null;
  readonly kind: 'service' | 'policy' | 'bill';
  readonly title: string;
  readonly text: string;
  readonly audience: Audience;
}

export interface TenantNotice {
  id: string;
  place: string;
  /** Place id; null = the whole organisation. */
  placeId: string | null;
  kind: string;
  title: string;
  text: string;
  audience: Audience;
  state: 'draft' | 'published';
  told: number | null;
  version: number;
  madeAt: Date;
  actorName: string;
  publishedAt: Date | null;
  sent: number;
  failed: number;
  /** Tenants with a sign-in who opened it. */
  read: number;
}

export interface DeliveryRow {
  id: string;
  party: string;
  agreement: string;
  code: string;
  name: string;
  state: string;
  proof: { way: string; ok: boolean; sentTo?: string; error?: string; at: string }[];
  at: Date;
  endedAt: Date | null;
  readAt: Date | null;
}

const columns =
  sql.raw(`n.id, n.place, (select p.id from places_pub.place p where p.path = n.place and p.organisation = n.organisation) as "placeId", n.kind, n.title, n.text, n.audience, n.state, n.told, n.version, n.made_at as "madeAt",
  n.actor_name as "actorName", n.published_at as "publishedAt",
  (select count(*)::int from notices.delivery d where d.notice = n.id and d.state = 'sent') as sent,
  (select count(*)::int from notices.delivery d where d.notice = n.id and d.state = 'failed') as failed,
  (select count(*)::int from notices.delivery d join notify_pub.reading r on r.organisation = d.organisation and r.receiver = d.account
    and r.about_kind = 'notice' and r.about_id = d.notice::text where d.notice = n.id and r.read_at is not null) as read`);

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit'> & {
  places: PlacesService;
  wake(tx: Tx): Promise<void>;
};

/** Notices to tenants: written, looked at with how many they reach, and sent to exactly those. */
export function createNotices({ db, clock, audit, places, wake }: Parts) {
  const today = (): string => localDate(clock.now());

  async function pathOf(tx: Tx, actor: Actor, place: string | null): Promise<string> {
    const path = place === null ? '' : await places.pathOf(tx, actor.scope.organisation, place);
    if (!inScope(actor.scope, path)) throw new NotAllowed({ place });
    return path;
  }

  const where = ({ scope }: Actor) => sql`n.organisation = ${scope.organisation} and ${inSubtrees(scope, 'n.place')}`;

  async function lock(tx: Tx, actor: Actor, id: string, version?: number): Promise<TenantNotice> {
    const found = await tx.one(
      sql<TenantNotice>`select ${columns} from notices.notice n where n.id = ${id} and ${where(actor)} for update of n`,
      () => new NoticeMissing({ id }),
    );
    if (version !== undefined && version !== found.version) throw new EditConflict({ version: found.version });
    if (found.state === 'published') throw new NoticePublished({ id });
    return found;
  }

  const get = (actor: Actor, id: string): Promise<TenantNotice> =>
    db.transaction(actor.scope, (tx) =>
      tx.one(
        sql<TenantNotice>`select ${columns} from notices.notice n where n.id = ${id} and ${where(actor)}`,
        () => new NoticeMissing({ id }),
      ),
    );

  return {
    get,
    /** The newest first, of one kind when asked; `next` names the last of the page while there are more. */
    list: async (actor: Actor, { kind, cursor, limit }: { kind?: string; cursor?: string; limit: number }) => {
      const found = await db.read(
        actor.scope,
        sql<TenantNotice>`
        select ${columns} from notices.notice n where ${where(actor)} and ${kind ? sql`n.kind = ${kind}` : sql`true`}
          and ${cursor ? sql`n.id < ${cursor}` : sql`true`} order by n.id desc limit ${limit + 1}`,
      );
      const items = found.slice(0, limit);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
    /** How many it would reach now, and some of them. Throws NotAllowed, PlaceMissing. */
    preview: (actor: Actor, wish: Pick<NoticeWish, 'place' | 'audience'>) =>
      db.transaction(actor.scope, async (tx) => {
        const path = await pathOf(tx, actor, wish.place);
        const all = await tx.all(toldBy(actor.scope, path, wish.audience, today()));
        const some = all.slice(0, 20).map(({ agreement }) => agreement);
        const examples = await tx.all(sql<{ code: string; name: string }>`
          select a.code, p.name from agreements_pub.agreement a join agreements_pub.party p on p.agreement = a.id and p.role = 'tenant'
          where a.id = any(${some}) order by a.code`);
        return { count: all.length, examples: examples.map((each) => ({ ...each, name: maskName(each.name) })) };
      }),
    /** Throws NotAllowed, PlaceMissing. */
    draft: (actor: Actor, wish: NoticeWish): Promise<{ id: string }> =>
      db.transaction(actor.scope, async (tx) => {
        const path = await pathOf(tx, actor, wish.place);
        const id = newId();
        await tx.run(sql`
          insert into notices.notice (id, organisation, place, kind, title, text, audience, state, version, made_at, actor_name)
          values (${id}, ${actor.scope.organisation}, ${path}, ${wish.kind}, ${wish.title}, ${wish.text}, ${JSON.stringify(wish.audience)},
            'draft', 1, ${clock.now()}, ${actor.name})`);
        await audit.add(tx, actor, {
          action: 'notice.draft',
          subject: `notice:${id}`,
          place: path,
          detail: { title: wish.title },
        });
        return { id };
      }),
    /** Throws NoticeMissing, NoticePublished, EditConflict, NotAllowed. */
    change: (actor: Actor, id: string, wish: NoticeWish, version?: number): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        await lock(tx, actor, id, version);
        const path = await pathOf(tx, actor, wish.place);
        await tx.run(sql`
          update notices.notice set place = ${path}, kind = ${wish.kind}, title = ${wish.title}, text = ${wish.text},
            audience = ${JSON.stringify(wish.audience)}, version = version + 1 where id = ${id}`);
        await audit.add(tx, actor, {
          action: 'notice.change',
          subject: `notice:${id}`,
          place: path,
          detail: { title: wish.title },
        });
      }),
    /** Sends it to the audience as it is at this moment, each tenant once. Throws NoticeMissing, NoticePublished, AudienceEmpty. */
    publish: (actor: Actor, id: string): Promise<{ told: number }> =>
      db.transaction(actor.scope, async (tx) => {
        const { place, audience } = await lock(tx, actor, id);
        const all = await tx.all(toldBy(actor.scope, place, audience, today()));
        if (all.length === 0) throw new AudienceEmpty({ id });
        const at = clock.now();
        const rows = JSON.stringify(all.map((each) => ({ ...each, id: newId() })));
        await tx.run(sql`
          insert into notices.delivery (id, organisation, place, notice, party, agreement, state, next_at, at)
          select id, ${actor.scope.organisation}, place, ${id}, party, agreement, 'queued', ${at}, ${at}
          from json_to_recordset(${rows}::json) as r(id uuid, place text, party uuid, agreement uuid)`);
        await tx.run(sql`
          update notices.notice set state = 'published', told = ${all.length}, published_at = ${at}, published_by = ${actor.name},
            version = version + 1 where id = ${id}`);
        const detail = { audience: { ...audience }, told: all.length };
        await audit.add(tx, actor, { action: 'notice.publish', subject: `notice:${id}`, place, detail });
        await wake(tx);
        return { told: all.length };
      }),
    /** What became of it for each tenant, with its proof. Throws NoticeMissing. */
    deliveries: async (actor: Actor, id: string, asked: { state?: string; after?: string; limit: number }) => {
      await get(actor, id);
      const rows = await db.read(
        actor.scope,
        sql<DeliveryRow>`
        select d.id, d.party, d.agreement, a.code, p.name, d.state, d.proof, d.at, d.ended_at as "endedAt",
          (select min(r.read_at) from notify_pub.reading r where r.organisation = d.organisation and r.receiver = d.account
            and r.about_kind = 'notice' and r.about_id = d.notice::text) as "readAt"
        from notices.delivery d join agreements_pub.agreement a on a.id = d.agreement
          join agreements_pub.party p on p.agreement = d.agreement and p.party = d.party and p.role = 'tenant'
        where d.notice = ${id} and ${inSubtrees(actor.scope, 'd.place')}
          and ${asked.state ? sql`d.state = ${asked.state}` : sql`true`}
          and ${asked.after ? sql`d.id > ${asked.after}` : sql`true`} order by d.id limit ${asked.limit}`,
      );
      return rows.map((row) => ({ ...row, name: maskName(row.name) }));
    },
  };
}

export type Notices = ReturnType<typeof createNotices>;
