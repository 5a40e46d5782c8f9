import { type Actor, inScope, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import type { PlacesService } from '@keystead/data/places';
import type { ThingsService } from '@keystead/data/things';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type JoinToken, JoinTokenMissing, JoinTokenUnknown, markOfJoinToken, newJoinToken } from './join-token.ts';

export interface Invitation {
  placeId?: string | undefined;
  name: string;
  /** Code the agent will have; made when absent. */
  code?: string | undefined;
  /** How long it may be used. */
  minutes: number;
}

const columns = sql`id, organisation, place, place_id as "placeId", name, code, created_at as "createdAt", created_by as "createdBy",
  expires_at as "expiresAt", revoked_at as "revokedAt", used_at as "usedAt", thing_id as "thingId"`;
const keptDays = 90;

interface Deps extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  places: Pick<PlacesService, 'pathOf'>;
  things: Pick<ThingsService, 'create' | 'credentials'>;
}

/** How a new node comes in: a person makes a token for a place, the node gives it for an access token of its own (H-7.2-c). */
export function createJoining({ db, clock, audit, places, things }: Deps) {
  const tell = (tx: Tx, actor: Actor, verb: string, token: Pick<JoinToken, 'id' | 'place' | 'name'>, detail = {}) =>
    audit.add(tx, actor, {
      action: `fleet.${verb}`,
      subject: `join-token:${token.id}`,
      place: token.place,
      detail: { name: token.name, ...detail },
    });

  /** The token itself is in this answer and nowhere else. */
  async function invite(actor: Actor, wish: Invitation): Promise<JoinToken & { token: string }> {
    const token = newJoinToken();
    const now = clock.now();
    return db.transaction(actor.scope, async (tx) => {
      const { organisation } = actor.scope;
      const place = wish.placeId ? await places.pathOf(tx, organisation, wish.placeId) : '';
      if (!inScope(actor.scope, place)) throw new NotAllowed();
      await tx.run(sql`
        delete from fleet.join_token where organisation = ${organisation}
          and created_at < ${new Date(now.getTime() - keptDays * 86_400_000)}`);
      const [row] = await tx.all(sql<JoinToken>`
        insert into fleet.join_token (id, organisation, place, place_id, mark, name, code, created_at, created_by, expires_at)
        values (${newId(now.getTime())}, ${organisation}, ${place}, ${wish.placeId ?? null}, decode(${markOfJoinToken(token)}, 'hex'),
          ${wish.name}, ${wish.code ?? null}, ${now}, ${actor.name}, ${new Date(now.getTime() + wish.minutes * 60_000)})
        returning ${columns}`);
      if (!row) throw new Error('a join token was inserted and not returned');
      await tell(tx, actor, 'invite', row, { until: row.expiresAt.toISOString() });
      return { ...row, token };
    });
  }

  const list = (actor: Actor): Promise<JoinToken[]> =>
    db.read(
      actor.scope,
      sql<JoinToken>`select ${columns} from fleet.join_token where ${inSubtrees(actor.scope, 'place')}
        order by created_at desc, id desc limit 200`,
    );

  const revoke = (actor: Actor, id: string): Promise<void> =>
    db.transaction(actor.scope, async (tx) => {
      const row = await tx.one(
        sql<JoinToken>`update fleet.join_token set revoked_at = ${clock.now()} where id = ${id} and used_at is null and revoked_at is null
          and ${inSubtrees(actor.scope, 'place')} returning ${columns}`,
        () => new JoinTokenMissing({ id }),
      );
      await tell(tx, actor, 'uninvite', row);
    });

  /** Takes the token for its one use; of two who come at once, one gets it. */
  async function claim(token: string): Promise<JoinToken> {
    const now = clock.now();
    const [row] = await db.systemRead(sql<JoinToken>`
      update fleet.join_token set used_at = ${now} where mark = decode(${markOfJoinToken(token)}, 'hex')
        and used_at is null and revoked_at is null and expires_at > ${now} returning ${columns}`);
    if (!row) throw new JoinTokenUnknown();
    return row;
  }

  /** Registers the node as a thing at the place of its token. Throws JoinTokenUnknown. */
  async function join(token: string, host: string, from: string | undefined) {
    const taken = await claim(token);
    const actor: Actor = {
      ...systemActor('fleet', taken.organisation as OrganisationId),
      scope: { organisation: taken.organisation as OrganisationId, subtrees: [taken.place] },
      ...(from === undefined ? {} : { from }),
    };
    try {
      const code = taken.code ?? `EDGE-${taken.id.slice(-8).toUpperCase()}`;
      const draft = { code, name: taken.name, family: 'edge-agent', state: 'in-use' as const, placeId: taken.placeId };
      const { id } = await things.create(actor, draft);
      const { value } = await things.credentials.issue(actor, id, { kind: 'token' });
      await db.transaction(actor.scope, async (tx) => {
        await tx.run(sql`update fleet.join_token set thing_id = ${id} where id = ${taken.id}`);
        const seconds = Math.round((clock.now().getTime() - taken.createdAt.getTime()) / 1000);
        await tell(tx, actor, 'join', taken, { host, code, invitedBy: taken.createdBy, seconds });
      });
      return { id, code, token: value ?? '' };
    } catch (cause) {
      // Nothing was handed out: the invitation stands again.
      await db.systemRead(sql`update fleet.join_token set used_at = null where id = ${taken.id} and thing_id is null`);
      throw cause;
    }
  }

  return { invite, list, revoke, join };
}

export type Joining = ReturnType<typeof createJoining>;
