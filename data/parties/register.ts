import { type Actor, inScope } from '@keystead/contracts/access';
import { partyChanged } from '@keystead/contracts/events/parties';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, NotAllowed } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { FieldValue } from './fields.ts';
import {
  AccountLinked,
  type Member,
  MemberElsewhere,
  MemberMissing,
  type Party,
  PartyAtRest,
  PartyCodeTaken,
  type PartyKind,
  PartyKindWrong,
  PartyMissing,
  type Relation,
} from './party.ts';
import * as store from './store.ts';
import type { PartyValues } from './values.ts';

/** Place paths are asked of the tree, which holds them still until the end of the transaction. */
export interface PlacePaths {
  pathOf(tx: Tx, organisation: string, placeId: string): Promise<string>;
}

export interface PartyDraft {
  readonly kind: PartyKind;
  readonly name: string;
  readonly code?: string;
  /** Path; people name `placeId` instead. */
  readonly place?: string;
  readonly placeId?: string;
  readonly account?: string;
  readonly fields?: readonly FieldValue[];
  /** Where the values come from: the person, a paper, a check. */
  readonly source?: string;
}

export interface PartyEdit {
  readonly name?: string;
  readonly code?: string;
  readonly placeId?: string;
  readonly account?: string | null;
}

/** Who is in a household, by id, or a new person to be written down with it. */
export interface MemberDraft {
  readonly person: string | Omit<PartyDraft, 'kind' | 'place' | 'placeId'>;
  readonly relation: Relation;
  /** `YYYY-MM-DD`. */
  readonly from: string;
}

const refusals: Readonly<Record<string, (data: Record<string, unknown>) => Error>> = {
  party_code_unique: (data) => new PartyCodeTaken(data),
  party_account_unique: (data) => new AccountLinked(data),
  member_once: (data) => new MemberElsewhere(data),
};

/** What the database refuses by name, as the problem people are told. */
async function refusing<T>(data: Record<string, unknown>, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (cause) {
    const name = cause instanceof Error && 'constraint' in cause ? String(cause.constraint) : '';
    const told = refusals[name];
    throw told ? told(data) : cause;
  }
}

type Parts = Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit'> & { places: PlacePaths; values: PartyValues };

/** Making and changing parties and households; each use case is one transaction with its journal line and event. */
export function createRegister({ db, clock, outbox, audit, places, values }: Parts) {
  /** The party, locked; throws PartyMissing, and PartyAtRest for one nothing is done with any more. */
  async function active(tx: Tx, actor: Actor, id: string): Promise<Party> {
    const party = await tx.one(store.lockedParty(actor.scope, id), () => new PartyMissing({ id }));
    if (party.state !== 'active') throw new PartyAtRest({ id, state: party.state });
    return party;
  }

  async function tell(tx: Tx, actor: Actor, party: Party, change: string, detail: Record<string, unknown> = {}) {
    await outbox.add(tx, partyChanged, party, { id: party.id, kind: party.kind, change });
    await audit.add(tx, actor, { action: `party.${change}`, subject: `party:${party.id}`, place: party.place, detail });
  }

  /**
   * Writes a party down, with its personal values. Throws PartyCodeTaken, AccountLinked, PlaceMissing, NotAllowed
   * (place out of reach) and what values throw: PurposeMissing, PersonalFieldInvalid, ResidentIdTaken.
   */
  async function addIn(tx: Tx, actor: Actor, draft: PartyDraft): Promise<Party> {
    const { organisation } = actor.scope;
    const place = draft.placeId ? await places.pathOf(tx, organisation, draft.placeId) : (draft.place ?? '');
    if (!inScope(actor.scope, place)) throw new NotAllowed({ reason: 'place-out-of-reach' });
    const party: Party = {
      id: newId(),
      organisation,
      place,
      kind: draft.kind,
      name: draft.name.trim(),
      code: draft.code ?? null,
      account: draft.account ?? null,
      state: 'active',
      madeAt: clock.now(),
      version: 1,
    };
    await refusing({ code: draft.code }, store.insertParty(tx, party));
    await tell(tx, actor, party, 'create', { kind: party.kind });
    if (draft.fields && draft.fields.length > 0)
      await values.set(tx, actor, party, draft.fields, draft.source ?? 'declared');
    return party;
  }

  /** Throws PartyMissing, PartyAtRest, PartyKindWrong, MemberElsewhere and what `addIn` throws. */
  async function addMemberIn(tx: Tx, actor: Actor, household: string, draft: MemberDraft): Promise<Member> {
    const home = await active(tx, actor, household);
    if (home.kind !== 'household') throw new PartyKindWrong({ id: household, kind: home.kind, wanted: 'household' });
    const person =
      typeof draft.person === 'string'
        ? await active(tx, actor, draft.person)
        : await addIn(tx, actor, { ...draft.person, kind: 'person', place: home.place });
    if (person.kind !== 'person') throw new PartyKindWrong({ id: person.id, kind: person.kind, wanted: 'person' });
    const member = { household, person: person.id, relation: draft.relation, from: draft.from, until: null };
    await refusing({ person: person.id }, store.insertMember(tx, newId(), home.organisation, member));
    await store.touchParty(tx, household);
    await tell(tx, actor, home, 'members', { joined: person.id, relation: draft.relation, from: draft.from });
    return { ...member, name: person.name };
  }

  /** Ends a membership on a local date. Throws PartyMissing, PartyAtRest, MemberMissing. */
  async function endMemberIn(tx: Tx, actor: Actor, household: string, person: string, until: string): Promise<void> {
    const home = await active(tx, actor, household);
    if ((await store.endMember(tx, household, person, until)) === 0) throw new MemberMissing({ household, person });
    await store.touchParty(tx, household);
    await tell(tx, actor, home, 'members', { left: person, until });
  }

  /** Another place answers for the party from now on; the members of a household come along. */
  async function placeAt(tx: Tx, actor: Actor, id: string, place: string): Promise<void> {
    if (!inScope(actor.scope, place)) throw new NotAllowed({ reason: 'place-out-of-reach' });
    const party = await active(tx, actor, id);
    const members = party.kind === 'household' ? await tx.all(store.membersOf(id, false)) : [];
    for (const each of [
      party,
      ...(await tx.all(
        store.partiesById(
          actor.scope,
          members.map(({ person }) => person),
        ),
      )),
    ]) {
      if (each.place === place) continue;
      await store.saveParty(tx, { ...each, place });
      await tell(tx, actor, { ...each, place }, 'place', { from: each.place, to: place });
    }
  }

  return {
    active,
    addIn,
    addMemberIn,
    endMemberIn,
    placeAt,
    add: (actor: Actor, draft: PartyDraft) => db.transaction(actor.scope, (tx) => addIn(tx, actor, draft)),
    addMember: (actor: Actor, household: string, draft: MemberDraft) =>
      db.transaction(actor.scope, (tx) => addMemberIn(tx, actor, household, draft)),
    endMember: (actor: Actor, household: string, person: string, until: string) =>
      db.transaction(actor.scope, (tx) => endMemberIn(tx, actor, household, person, until)),

    /** Name, code, place or sign-in. Throws PartyMissing, PartyAtRest, EditConflict, PartyCodeTaken, AccountLinked. */
    edit: (actor: Actor, id: string, version: number | undefined, edit: PartyEdit): Promise<Party> =>
      db.transaction(actor.scope, async (tx) => {
        const before = await active(tx, actor, id);
        if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
        const { placeId, ...rest } = edit;
        const place = placeId ? await places.pathOf(tx, before.organisation, placeId) : before.place;
        if (!inScope(actor.scope, place)) throw new NotAllowed({ reason: 'place-out-of-reach' });
        const after = { ...before, ...rest, place, version: before.version + 1 };
        await refusing({ code: after.code }, store.saveParty(tx, after));
        await tell(tx, actor, after, 'update', { fields: Object.keys(edit) });
        return after;
      }),

    /** Sets personal values; throws what values throw, PartyMissing, PartyAtRest. */
    setFields: (actor: Actor, id: string, fields: readonly FieldValue[], source: string): Promise<void> =>
      db.transaction(actor.scope, async (tx) => values.set(tx, actor, await active(tx, actor, id), fields, source)),
  };
}

export type Register = ReturnType<typeof createRegister>;
