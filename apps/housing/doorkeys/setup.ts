import type { CommandsService } from '@keystead/apps/work/commands';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { agreementChanged } from '@keystead/contracts/events/agreements';
import type { commandChanged } from '@keystead/contracts/events/commands';
import type { EventEnvelope, EventType, Payload } from '@keystead/contracts/events/define';
import type { consentWithdrawn } from '@keystead/contracts/events/parties';
import type { thingChanged } from '@keystead/contracts/events/things';
import { sql, type Tx } from '@keystead/kernel/db';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import { createCarrying } from './carrying.ts';
import { createDesk } from './desk.ts';
import { KeyMissing, stateOf } from './key.ts';
import { rungOf, rungTimes } from './ladder.ts';
import { createOwnKeys } from './own.ts';
import { createSettling, type SettlingParts } from './settling.ts';
import * as store from './store.ts';
import { createUses } from './uses.ts';

export interface KeysParts extends SettlingParts {
  readonly commands: CommandsService;
  saveMark(tx: Tx, gateway: number, batch: number): Promise<void>;
}

type Of<Event extends EventType> = EventEnvelope<Payload<Event>>;

/** Joins the parts of the module; what comes out is what other modules know as `doorkeys`. */
export function createDoorKeys(parts: KeysParts) {
  const { db, clock, log, places } = parts;
  const settling = createSettling(parts);
  const carrying = createCarrying({ ...parts, settling });

  let under: Promise<void> | undefined;
  let again = false;
  /** Looks at every house that is due and carries what is to be carried; asked for meanwhile, it looks once more. */
  function pass(): Promise<void> {
    again = true;
    under ??= (async () => {
      while (again) {
        again = false;
        await settling.settleDue();
        await carrying.round();
      }
    })().finally(() => {
      under = undefined;
    });
    return under;
  }
  const soon = (): void => {
    pass().catch((cause) => log.error({ err: cause }, 'keys could not be brought in line'));
  };
  const desk = createDesk({ ...parts, settling, soon });
  const uses = createUses({ ...parts, changed: soon });

  async function rows(actor: Actor, filter: store.KeyFilter): Promise<store.KeyRow[]> {
    const keys = await db.read(actor.scope, store.keysInView(actor.scope, filter));
    const locks = Map.groupBy(await db.read(actor.scope, store.locksOf(keys.map(({ id }) => id))), ({ key }) => key);
    return keys.map((key) => {
      const own = locks.get(key.id) ?? [];
      return { ...key, state: stateOf(key, own), locks: own };
    });
  }

  async function touched(tx: Tx, change: Promise<number>): Promise<void> {
    if ((await change) > 0) tx.afterCommit(soon);
  }

  return {
    ...desk,
    uses,
    ofHome: createOwnKeys({ ...parts, settling, desk, uses }),
    pass,

    list: async (actor: Actor, asked: Omit<store.KeyFilter, 'after'> & { cursor?: string }) => {
      const { cursor, limit, ...filter } = asked;
      const found = await rows(actor, {
        ...filter,
        limit: limit + 1,
        ...(cursor ? { after: readCursor(cursor) } : {}),
      });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, next: found.length > limit && last ? writeCursor(last.issuedAt, last.id) : null };
    },
    /** Throws KeyMissing. */
    get: async (actor: Actor, id: string): Promise<store.KeyRow> => {
      const key = await db.transaction(actor.scope, (tx) =>
        tx.one(store.keyById(actor.scope, id), () => new KeyMissing({ id })),
      );
      const locks = await db.read(actor.scope, store.locksOf([id]));
      return { ...key, state: stateOf(key, locks), locks };
    },
    /** Keys of my household. */
    own: async (actor: Actor): Promise<store.KeyRow[]> => {
      const { party, own } = await parts.parties.own.self(actor);
      const reach = systemActor('doorkeys.own', own.scope.organisation);
      const household = await db.systemTransaction((tx) => settling.homeOf(tx, own.scope.organisation, party.id));
      return rows(reach, { household, living: true, limit: 100 });
    },
    pathOf: (actor: Actor, house: string) =>
      db.transaction(actor.scope, (tx) => places.pathOf(tx, actor.scope.organisation, house)),

    /** How far the ladder has got for a household, and what comes when. */
    ladderOf: (actor: Actor, household: string) =>
      db.transaction(actor.scope, async (tx) => {
        const [closing] = await tx.all(store.closingsOf(household));
        const loss = await settling.lossOf(tx, actor, household, closing);
        const [key] = await tx.all(store.keysInView(actor.scope, { household, limit: 1 }));
        const days = await settling.ladder(tx, actor.scope.organisation, key?.place ?? '');
        const handed = closing?.ground === 'handed-over';
        const rung = handed ? ('door' as const) : rungOf(loss, days, clock.now().getTime());
        return { household, rung, loss, at: loss && rungTimes(loss, days), closing, days };
      }),

    /** A lease was signed, changed, ended: its house is looked at (H-9.2.1-b). */
    leaseChanged: async ({ organisation, place, payload }: Of<typeof agreementChanged>, tx: Tx): Promise<void> => {
      if (payload.kind !== 'lease') return;
      await touched(tx, store.touch(tx, organisation, payload.subject, place, clock.now()));
    },
    /** Eligibility of a household was decided, lost or won back (H-9.1.2-b-1). */
    householdJudged: async (household: string, tx: Tx): Promise<void> =>
      touched(tx, store.touchKeysOf(tx, { household }, clock.now())),
    /** The consent to a biometric key is gone: so is the template, in every lock (H-11.3-e-2). */
    consentGone: async ({ payload }: Of<typeof consentWithdrawn>, tx: Tx): Promise<void> => {
      if (payload.purpose === 'biometric-key')
        await touched(tx, store.touchKeysOf(tx, { holder: payload.party }, clock.now()));
    },
    /** A lock was put in, moved or taken away: the houses under its place are looked at. */
    lockChanged: async ({ organisation, payload }: Of<typeof thingChanged>, tx: Tx): Promise<void> => {
      const [lock] = await tx.all(sql<{ place: string }>`select place from things_pub.thing
        where id = ${payload.id} and organisation = ${organisation} and family in ('lock', 'entrance-guard')`);
      if (!lock) return;
      await touched(
        tx,
        tx.run(sql`update doorkeys.house set due = least(due, ${clock.now()}) where organisation = ${organisation}
          and (starts_with(place, ${lock.place}) or starts_with(${lock.place}, place)
            or house in (select k.house from doorkeys.slot s join doorkeys.key k on k.id = s.key where s.thing = ${payload.id}))`),
      );
    },
    heard: async (event: Of<typeof commandChanged>, tx: Tx): Promise<void> => {
      if (await carrying.heard(event, tx)) tx.afterCommit(soon);
    },

    /** For the exit of a household: every key it has for the house ends, in the caller's transaction. */
    endAll: async (tx: Tx, actor: Actor, household: string, house: string, reason: string): Promise<number> => {
      const keys = (await tx.all(store.livingKeys(house))).filter((key) => key.household === household);
      for (const key of keys) {
        await store.endKey(tx, key.id, 'revoked', clock.now());
        const detail = { reason, holder: key.holder };
        await parts.audit.add(tx, actor, {
          action: 'door-key.revoke',
          subject: `door-key:${key.id}`,
          place: key.place,
          detail,
        });
        await settling.tell(tx, key, 'ended');
      }
      const [first] = keys;
      if (first)
        await touched(tx, store.touch(tx, first.organisation as OrganisationId, house, first.place, clock.now()));
      return keys.length;
    },
  };
}

export type DoorKeysService = ReturnType<typeof createDoorKeys>;
