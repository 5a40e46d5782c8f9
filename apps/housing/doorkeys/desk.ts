import { type Actor, inScope, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { type PartiesService, PartyMissing } from '@keystead/data/parties';
import type { PlacesService } from '@keystead/data/places';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import {
  type DoorKey,
  type DoorKeyKind,
  DoorNotClosable,
  isBiometric,
  KeyConsentMissing,
  KeyEnded,
  KeyMissing,
  KeyNotFrozen,
  KeysHeld,
  KeyWithoutLease,
  LastKey,
  opensAlways,
  type Pattern,
  type WeeklyHours,
} from './key.ts';
import { type ClosingGround, mayClose } from './ladder.ts';
import { newPin, type Settling, sealedAt } from './settling.ts';
import * as store from './store.ts';

export interface KeyWish {
  readonly house: string;
  readonly holder: string;
  readonly kind: DoorKeyKind;
  readonly pattern: Pattern;
  readonly label: string;
  readonly validFrom?: Date;
  readonly validUntil?: Date;
  readonly uses?: number;
  readonly weekly?: WeeklyHours;
  /** Number of the card, place of the template in the lock; a PIN, QR or BLE secret is made when it is left out. */
  readonly credential?: string;
}

interface Parts extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  readonly parties: PartiesService;
  readonly places: PlacesService;
  readonly settling: Settling;
  /** Looks at what is due and carries it, once the transaction is committed. */
  soon(): void;
}

const minute = 60_000;
const wholeMinute = (at: Date | undefined): Date | null =>
  at ? new Date(Math.floor(at.getTime() / minute) * minute) : null;

/** What an own span, openings or hours a pattern wants; empty = it fits. */
function faultsOf({ pattern, validFrom, validUntil, uses, weekly, kind, credential }: KeyWish, now: Date) {
  const faults: { pointer: string; code: string }[] = [];
  const wants = (pointer: string, there: boolean): void => {
    if (!there) faults.push({ pointer, code: 'required' });
  };
  if (pattern !== 'lasting') wants('/validUntil', validUntil !== undefined);
  if (pattern === 'cyclic') wants('/weekly', weekly !== undefined);
  if (validUntil && validUntil <= (validFrom && validFrom > now ? validFrom : now))
    faults.push({ pointer: '/validUntil', code: 'before-start' });
  if (weekly && weekly.to <= weekly.from) faults.push({ pointer: '/weekly/to', code: 'before-start' });
  if (uses !== undefined && pattern === 'once' && uses !== 1) faults.push({ pointer: '/uses', code: 'one' });
  if (kind === 'card' || kind === 'face' || kind === 'fingerprint') wants('/credential', credential !== undefined);
  if (kind === 'pin' && credential !== undefined && !/^[0-9]{6,12}$/.test(credential))
    faults.push({ pointer: '/credential', code: 'bad-format' });
  return faults;
}

const madeFor = (kind: DoorKeyKind): string | null =>
  kind === 'pin' ? newPin() : kind === 'qr' || kind === 'ble' ? newId().replaceAll('-', '') : null;

/** What people do with keys: issue, freeze one, give it back, revoke; and close a front door on a paper. */
export function createDesk({ db, clock, audit, parties, places, settling, soon }: Parts) {
  async function mine(tx: Tx, actor: Actor, id: string): Promise<DoorKey> {
    return tx.one(store.keyById(actor.scope, id), () => new KeyMissing({ id }));
  }

  async function after(tx: Tx, key: Pick<DoorKey, 'organisation' | 'house' | 'place'>): Promise<void> {
    await store.touch(tx, key.organisation, key.house, key.place, clock.now());
    tx.afterCommit(soon);
  }

  /** Throws LastKey when an entitled household would stand before its door. */
  async function requireAnother(tx: Tx, actor: Actor, key: DoorKey): Promise<void> {
    if (!opensAlways(key)) return;
    const { facts, keys } = await settling.factsOf(
      tx,
      systemActor('doorkeys', actor.scope.organisation),
      key.house,
      key.place,
    );
    const home = facts.households.find(({ household }) => household === key.household);
    if (!home?.span || home.rung === 'door') return;
    if (!keys.some((each) => each.id !== key.id && each.household === key.household && opensAlways(each)))
      throw new LastKey({ id: key.id });
  }

  /**
   * Issues a key to somebody of an entitled household. Throws KeyWithoutLease, KeyConsentMissing, KeysHeld, NotAllowed,
   * InputInvalid. The credential comes back once; afterwards only its holder is shown it.
   */
  async function issue(actor: Actor, wish: KeyWish): Promise<{ key: string; credential: string | null }> {
    const now = clock.now();
    const faults = faultsOf(wish, now);
    if (faults.length > 0) throw new InputInvalid({ in: 'body' }, faults);
    const { organisation } = actor.scope;
    const done = await db.systemTransaction(async (tx) => {
      const place = await places.pathOf(tx, organisation, wish.house);
      if (!inScope(actor.scope, place)) throw new NotAllowed({ place });
      const system = systemActor('doorkeys', organisation);
      await store.touch(tx, organisation, wish.house, place, now);
      const { facts } = await settling.factsOf(tx, system, wish.house, place);
      const household = await settling.homeOf(tx, organisation, wish.holder);
      const home = facts.households.find((each) => each.household === household);
      if (!home?.span) throw new KeyWithoutLease({ house: wish.house });
      if (home.rung !== 'none') throw new KeysHeld({ rung: home.rung });
      if (isBiometric(wish.kind) && !(await parties.consents.stands(tx, wish.holder, 'biometric-key')))
        throw new KeyConsentMissing({ holder: wish.holder });
      const credential = wish.credential ?? madeFor(wish.kind);
      const { house, holder, kind, pattern, label } = wish;
      const id = newId(now.getTime());
      const made = await settling.add(
        tx,
        actor,
        {
          ...{ id, place, house, household, holder, kind, pattern, label },
          ...{ validFrom: wholeMinute(wish.validFrom), validUntil: wholeMinute(wish.validUntil) },
          ...{ uses: pattern === 'once' ? 1 : (wish.uses ?? null), used: 0, weekly: wish.weekly ?? null },
          ...{ issuedAt: now, issuedBy: actor.name, frozenAt: null, frozenFor: null, endedAt: null, endedFor: null },
        },
        credential,
      );
      if (!made) throw new KeyWithoutLease({ holder });
      tx.afterCommit(soon);
      return { key: id, credential: wish.credential === undefined ? credential : null };
    });
    return done;
  }

  async function change(
    actor: Actor,
    id: string,
    verb: 'freeze' | 'unfreeze' | 'revoke',
    reason: string,
    step: (tx: Tx, key: DoorKey) => Promise<void>,
  ): Promise<void> {
    await db.transaction(actor.scope, async (tx) => {
      const key = await mine(tx, actor, id);
      if (key.endedAt) throw new KeyEnded({ id });
      await step(tx, key);
      await audit.add(tx, actor, {
        action: `door-key.${verb}`,
        subject: `door-key:${id}`,
        place: key.place,
        detail: { reason, holder: key.holder },
      });
      await settling.tell(tx, key, verb === 'revoke' ? 'ended' : `${verb.replace(/ze$/, 'zen')}`);
      await after(tx, key);
    });
  }

  return {
    issue,
    /** One key rests, lost or lent: its template stays where it is. Throws KeyMissing, KeyEnded, LastKey. */
    freeze: (actor: Actor, id: string, reason: string) =>
      change(actor, id, 'freeze', reason, async (tx, key) => {
        await requireAnother(tx, actor, key);
        await store.freezeKey(tx, id, clock.now(), reason);
      }),
    /** Throws KeyNotFrozen. What the ladder holds stays held. */
    unfreeze: (actor: Actor, id: string, reason: string) =>
      change(actor, id, 'unfreeze', reason, async (tx, key) => {
        if (!key.frozenAt) throw new KeyNotFrozen({ id });
        await store.freezeKey(tx, id, null, null);
      }),
    revoke: (actor: Actor, id: string, reason: string) =>
      change(actor, id, 'revoke', reason, async (tx, key) => {
        await requireAnother(tx, actor, key);
        await store.endKey(tx, id, 'revoked', clock.now());
      }),

    /** What a key of its own opens with, for whoever carries it. Throws KeyMissing for one of somebody else. */
    showOwn: async (actor: Actor, id: string): Promise<string | null> => {
      const { party, own } = await parties.own.self(actor);
      return db.systemTransaction(async (tx) => {
        const key = await tx.one(store.keyById({ ...own.scope, subtrees: [''] }, id), () => new KeyMissing({ id }));
        const home = await settling.homeOf(tx, own.scope.organisation, party.id);
        if ((key.holder !== party.id && key.holder !== home) || isBiometric(key.kind)) throw new KeyMissing({ id });
        if (key.endedAt) throw new KeyEnded({ id });
        const [found] = await tx.all(store.sealedOf(id));
        await audit.add(tx, own, {
          action: 'door-key.show',
          subject: `door-key:${id}`,
          kind: 'access',
          place: key.place,
        });
        return found?.sealed ? parties.unsealText(tx, key.holder, sealedAt(id), found.sealed) : null;
      });
    },

    /**
     * The last rung, by a person: the house was handed over, or a court ordered it and the time to move out is over.
     * Throws DoorNotClosable. It closes the way in; the way out, mechanical keys and fire unlocking are not in it.
     */
    close: (actor: Actor, wish: { household: string; house: string; ground: ClosingGround; document: string }) =>
      db.transaction(actor.scope, async (tx) => {
        const { household, house, ground, document } = wish;
        const place = await places.pathOf(tx, actor.scope.organisation, house);
        if (!inScope(actor.scope, place)) throw new NotAllowed({ place });
        const loss = await settling.lossOf(tx, actor, household);
        const days = await settling.ladder(tx, actor.scope.organisation, place);
        if (!mayClose(loss, ground, days, clock.now().getTime())) throw new DoorNotClosable({ ground });
        await tx.run(sql`insert into doorkeys.closing (household, house, organisation, place, ground, document, at, by_id, by_name)
          values (${household}, ${house}, ${actor.scope.organisation}, ${place}, ${ground}, ${document}, ${clock.now()}, ${actor.id}, ${actor.name})
          on conflict (household, house) do update set ground = excluded.ground, document = excluded.document, at = excluded.at,
            by_id = excluded.by_id, by_name = excluded.by_name`);
        await audit.add(tx, actor, {
          action: 'door-key.close',
          subject: `household:${household}`,
          place,
          detail: { house, ground, document },
        });
        await after(tx, { organisation: actor.scope.organisation, house, place });
      }),
    /** Takes the last rung back. Throws DoorNotClosable when nothing was closed, PartyMissing for a household out of reach. */
    reopen: (actor: Actor, household: string, reason: string) =>
      db.transaction(actor.scope, async (tx) => {
        if ((await parties.getMany(tx, actor, [household])).length === 0) throw new PartyMissing({ id: household });
        const closed = await tx.all(sql<{ place: string }>`
          delete from doorkeys.closing where household = ${household} returning place`);
        const [first] = closed;
        if (!first || closed.some(({ place }) => !inScope(actor.scope, place)))
          throw new DoorNotClosable({ household });
        await audit.add(tx, actor, {
          action: 'door-key.reopen',
          subject: `household:${household}`,
          place: first.place,
          detail: { reason },
        });
        await store.touchKeysOf(tx, { household }, clock.now());
        tx.afterCommit(soon);
      }),
  };
}

export type Desk = ReturnType<typeof createDesk>;
