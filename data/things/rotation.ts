import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotFound, problem } from '@keystead/contracts/problem';
import { inSubtrees, sql } from '@keystead/kernel/db';
import type { CredentialKind } from './credential.ts';
import type { Credentials } from './credentials.ts';
import type { DeviceSecrets } from './device-secrets.ts';
import { replaceOld } from './first-use.ts';
import type { ThingDeps } from './service.ts';

/** None of the things asked for has a secret that could be renewed, or all are being renewed already. */
export class NothingToRotate extends problem('nothing-to-rotate', 409) {}
export class RotationTooLarge extends problem('rotation-too-large', 422) {}

export const deliveries = ['session', 'export'] as const;
/** `session`: told to the device over its own TLS connection; `export`: shown once to whoever began it. */
export type Delivery = (typeof deliveries)[number];
export const rotationStates = ['waiting', 'done', 'lapsed'] as const;
export type RotationState = (typeof rotationStates)[number];

export interface RotationWish {
  ids?: readonly string[];
  family?: string;
  days: number;
  delivery: Delivery;
}

export interface RotationStarted {
  id: string;
  until: string;
  /** Values only for `export`, in this answer and nowhere else. */
  things: { id: string; code: string; kind: CredentialKind; username: string | null; value: string | null }[];
}

export interface RotationView {
  id: string;
  delivery: Delivery;
  until: string;
  madeAt: string;
  madeBy: string;
  total: number;
  delivered: number;
  done: number;
  lapsed: number;
}

export interface RotationItemView {
  thingId: string;
  code: string;
  state: RotationState;
  deliveredAt: string | null;
  endedAt: string | null;
}

/** What a device is told over TLS: the credential to use from now on, and until when the old one still counts. */
export interface FreshCredential {
  kind: CredentialKind;
  username: string | null;
  value: string;
  until: string;
}

const dayMs = 86_400_000;
export const mostRotated = 5_000;
const lapsedAtOnce = 500;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/**
 * Renewing secrets as a campaign (H-11.2-f): a fresh one stands beside the old one; the old one ends when the fresh one
 * is first used, or when the window does.
 */
export function createRotation(
  deps: ThingDeps & { credentials: Pick<Credentials, 'issueMany'>; secrets: DeviceSecrets },
) {
  const { db, clock, audit, changes, credentials, secrets } = deps;

  /** Throws NothingToRotate, RotationTooLarge. */
  async function start(actor: Actor, wish: RotationWish): Promise<RotationStarted> {
    const now = clock.now();
    const id = newId(now.getTime());
    const until = new Date(now.getTime() + wish.days * dayMs);
    const { organisation } = actor.scope;
    type Row = { number: number; id: string; code: string; kind: CredentialKind; username: string | null };
    return db.transaction(actor.scope, async (tx) => {
      const rows = await tx.all(sql<Row>`
        select distinct on (t.number) t.number, t.id, t.code, c.kind, c.username
        from things.thing t join things.credential c on c.thing = t.number and c.revoked_at is null and c.kind <> 'certificate'
        where t.organisation = ${organisation} and ${inSubtrees(actor.scope, 't.place')} and t.whitelist <> 'revoked'
          ${wish.ids ? sql`and t.id = any(${wish.ids}::uuid[])` : sql``}
          ${wish.family === undefined ? sql`` : sql`and t.family = ${wish.family}`}
          and not exists (select from things.rotation_item i where i.thing = t.number and i.state = 'waiting')
        order by t.number, c.issued_at desc limit ${mostRotated + 1}`);
      if (rows.length === 0) throw new NothingToRotate();
      if (rows.length > mostRotated) throw new RotationTooLarge({ limit: mostRotated });
      const wanted = rows.map(({ number, code, kind, username }) => ({
        thing: { number, code },
        wish: { kind, username: username ?? undefined },
      }));
      const sealed = wish.delivery === 'session';
      const issued = await credentials.issueMany(tx, actor, wanted, { beside: id, sealed });
      await tx.run(sql`insert into things.rotation (id, organisation, delivery, until, made_at, made_by)
        values (${id}, ${organisation}, ${wish.delivery}, ${until}, ${now}, ${actor.name})`);
      const items = rows.map(({ number }, at) => ({ thing: number, fresh: issued[at]?.id }));
      await tx.run(sql`insert into things.rotation_item (rotation, organisation, thing, fresh, until, delivered_at, state)
        select ${id}, ${organisation}, r.thing, r.fresh, ${until}, ${sealed ? null : now}, 'waiting'
        from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as r(thing bigint, fresh uuid)`);
      await changes.announce(tx, 0, 'all');
      if (sealed) for (const { number } of rows) await changes.announce(tx, number, 'shared');
      const detail = { things: rows.length, delivery: wish.delivery, until: until.toISOString() };
      await audit.add(tx, actor, { action: 'thing.rotation-start', subject: `rotation:${id}`, detail });
      const things = rows.map(({ id: thing, code, kind, username }, at) => ({
        id: thing,
        code,
        kind,
        username,
        value: sealed ? null : (issued[at]?.value ?? null),
      }));
      return { id, until: until.toISOString(), things };
    });
  }

  async function list(actor: Actor): Promise<RotationView[]> {
    type Raw = Omit<RotationView, 'until' | 'madeAt'> & { until: Date; madeAt: Date };
    const rows = await db.read(
      actor.scope,
      sql<Raw>`select r.id, r.delivery, r.until, r.made_at as "madeAt", r.made_by as "madeBy", count(*) as total,
          count(i.delivered_at) as delivered, count(*) filter (where i.state = 'done') as done,
          count(*) filter (where i.state = 'lapsed') as lapsed
        from things.rotation r join things.rotation_item i on i.rotation = r.id
        group by r.id order by r.made_at desc limit 100`,
    );
    return rows.map((row) => ({ ...row, until: row.until.toISOString(), madeAt: row.madeAt.toISOString() }));
  }

  /** How far each thing is; those outside the actor's area are left out. Throws NotFound. */
  async function items(actor: Actor, id: string): Promise<RotationItemView[]> {
    type Raw = Omit<RotationItemView, 'deliveredAt' | 'endedAt'> & { deliveredAt: Date | null; endedAt: Date | null };
    return db.transaction(actor.scope, async (tx) => {
      await tx.one(sql`select 1 from things.rotation where id = ${id}`, () => new NotFound({ id }));
      const rows = await tx.all(sql<Raw>`
        select t.id as "thingId", t.code, i.state, i.delivered_at as "deliveredAt", i.ended_at as "endedAt"
        from things.rotation_item i join things.thing t on t.number = i.thing
        where i.rotation = ${id} and ${inSubtrees(actor.scope, 't.place')} order by t.number limit ${mostRotated}`);
      return rows.map((row) => ({ ...row, deliveredAt: iso(row.deliveredAt), endedAt: iso(row.endedAt) }));
    });
  }

  /** For the gateway, over TLS only: the credential that waits for a device; undefined when none does. */
  async function fresh(thing: number): Promise<FreshCredential | undefined> {
    const now = clock.now();
    type Row = { id: string; kind: CredentialKind; username: string | null; sealed: Buffer; until: Date };
    const [row] = await db.systemRead(sql<Row>`
      update things.rotation_item i set delivered_at = coalesce(i.delivered_at, ${now})
      from things.credential c, things.device_secret s, things.rotation r
      where i.thing = ${thing} and i.state = 'waiting' and i.until > ${now} and r.id = i.rotation and r.delivery = 'session'
        and c.id = i.fresh and c.revoked_at is null and s.credential = c.id
      returning c.id, c.kind, c.username, s.sealed, i.until`);
    if (!row) return undefined;
    const { kind, username, until } = row;
    return { kind, username, value: secrets.open(row.id, row.sealed).toString('utf8'), until: until.toISOString() };
  }

  /** Ends the old secrets whose window is over, used or not; sessions opened with them are cut. Gives how many. */
  async function lapse(): Promise<number> {
    const now = clock.now();
    type Row = {
      rotation: string;
      organisation: OrganisationId;
      thing: number;
      id: string;
      code: string;
      place: string;
      fresh: string;
    };
    return db.systemTransaction(async (tx) => {
      const due = await tx.all(sql<Row>`
        update things.rotation_item i set state = 'lapsed', ended_at = ${now} from things.thing t
        where t.number = i.thing and (i.rotation, i.thing) in (
          select rotation, thing from things.rotation_item where state = 'waiting' and until <= ${now} limit ${lapsedAtOnce} for update skip locked)
        returning i.rotation, i.organisation, i.thing, t.id, t.code, t.place, i.fresh`);
      for (const row of due) {
        await replaceOld(tx, row, now);
        await changes.announce(tx, row.thing, 'right');
        await audit.add(tx, systemActor('rotation', row.organisation), {
          action: 'thing.rotation-lapse',
          subject: `thing:${row.id}`,
          place: row.place,
          detail: { number: row.code, credentialId: row.fresh, rotation: row.rotation },
        });
      }
      return due.length;
    });
  }

  return { start, list, items, fresh, lapse };
}

export type Rotation = ReturnType<typeof createRotation>;
