import type { Actor } from '@keystead/contracts/access';
import { systemActor } from '@keystead/contracts/access';
import { InputInvalid } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import type { Kernel } from '@keystead/kernel/module';
import { lines } from '@keystead/kernel/security/audit';
import type { FieldId } from './fields.ts';
import { PersonalFieldInvalid, personalFields } from './fields.ts';
import { type Member, type Party, type PartyKind, PartyMissing } from './party.ts';
import type { Sealing } from './sealing.ts';
import type { MaskedField } from './store.ts';
import * as store from './store.ts';
import { fieldsInSight, type OpenValue, type PartyValues } from './values.ts';

export interface PartyView extends Party {
  readonly fields: readonly MaskedField[];
}

/** Someone looked at personal data: who, when, what, why. */
export interface Look {
  readonly at: Date;
  readonly by: string;
  readonly action: string;
  readonly reason: string;
  readonly fields: readonly string[];
}

type Parts = Pick<Kernel, 'db' | 'audit'> & { sealing: Sealing; values: PartyValues };

/** Parties as people see them: values masked, unless they say why they have to know. */
export function createReading({ db, audit, sealing, values }: Parts) {
  async function withFields(tx: Tx, actor: Actor, parties: readonly Party[]): Promise<PartyView[]> {
    const rows = await tx.all(
      store.maskedFields(
        parties.map(({ id }) => id),
        fieldsInSight(actor),
      ),
    );
    return parties.map((party) => ({ ...party, fields: rows.filter((row) => row.party === party.id) }));
  }

  const one = (tx: Tx, actor: Actor, id: string): Promise<Party> =>
    tx.one(store.partyById(actor.scope, id), () => new PartyMissing({ id }));

  async function looks(actor: Actor, party: string, limit: number): Promise<Look[]> {
    // The journal is read as the platform; what is asked for is one party the caller was allowed to name.
    const asker = systemActor('parties.looks', actor.scope.organisation);
    const rows = await db.systemRead(lines(asker, { subject: `party:${party}`, kind: 'access' }, undefined, limit));
    return rows.map(({ micros, actorName, action, purpose, detail }) => ({
      at: new Date(micros / 1000),
      by: actorName,
      action,
      reason: purpose,
      fields: fieldsNamed(detail),
    }));
  }

  return {
    /** Throws PartyMissing. */
    get: (actor: Actor, id: string): Promise<PartyView> =>
      db.transaction(actor.scope, async (tx) => {
        const [view] = await withFields(tx, actor, [await one(tx, actor, id)]);
        if (!view) throw new PartyMissing({ id });
        return view;
      }),

    /** Those of these ids the actor may see, in no order. */
    getMany: (tx: Tx, actor: Actor, ids: readonly string[]): Promise<PartyView[]> =>
      tx.all(store.partiesById(actor.scope, ids)).then((parties) => withFields(tx, actor, parties)),

    list: (actor: Actor, asked: { kind?: PartyKind; text?: string; limit: number; cursor?: string }) =>
      db.transaction(actor.scope, async (tx) => {
        const { cursor, limit, ...filter } = asked;
        const after = cursor ? { after: readCursor(cursor) } : {};
        const rows = await tx.all(store.partiesInView(actor.scope, { ...filter, ...after, limit: limit + 1 }));
        const items = await withFields(tx, actor, rows.slice(0, limit));
        const last = items.at(-1);
        return { items, next: rows.length > limit && last ? writeCursor(last.madeAt, last.id) : null };
      }),

    /** Parties of exactly this value, by its keyed hash; the question itself is journaled, without the value. */
    find: (actor: Actor, field: FieldId, value: string): Promise<PartyView[]> =>
      db.transaction(actor.scope, async (tx) => {
        const spec = personalFields[field];
        const normal = spec.normal(value);
        const code = spec.indexed ? spec.fault(normal) : 'not-searchable';
        if (code) throw new PersonalFieldInvalid({}, [{ pointer: '/value', code }]);
        const hash = await sealing.hash(tx, actor.scope.organisation, field, normal);
        const found = await tx.all(store.partiesByHash(actor.scope, field, hash));
        const detail = { found: found.map(({ id }) => id) };
        await audit.add(tx, actor, { action: 'party.lookup', kind: 'access', subject: `field:${field}`, detail });
        return withFields(tx, actor, found);
      }),

    /** Throws PartyMissing. */
    members: (actor: Actor, household: string, past = false): Promise<Member[]> =>
      db.transaction(actor.scope, async (tx) => tx.all(store.membersOf((await one(tx, actor, household)).id, past))),
    membersIn: (tx: Tx, household: string, past = false): Promise<Member[]> => tx.all(store.membersOf(household, past)),
    /** The household a person lives in now. */
    householdOf: async (tx: Tx, organisation: string, person: string): Promise<string | undefined> =>
      (await tx.all(store.householdsOf(organisation, person)))[0]?.household,

    /** Shows values for a reason, which the person can read later. Throws PartyMissing, PartyAtRest, NotAllowed, FieldNeverShown. */
    reveal: async (actor: Actor, id: string, fields: readonly FieldId[], reason: string): Promise<OpenValue[]> => {
      values.requireSight(actor, fields);
      return db.transaction(actor.scope, async (tx) =>
        values.open(tx, actor, await one(tx, actor, id), fields, reason),
      );
    },

    /**
     * Names in full of parties whose lists show them masked, for a reason each of them can read. Those out of sight are left
     * out. Throws InputInvalid without a reason.
     */
    names: (actor: Actor, ids: readonly string[], reason: string): Promise<{ id: string; name: string }[]> =>
      db.transaction(actor.scope, async (tx) => {
        if (reason.trim() === '') throw new InputInvalid({ in: 'body' }, [{ pointer: '/reason', code: 'required' }]);
        const found = await tx.all(store.partiesById(actor.scope, ids));
        for (const { id, place } of found)
          await audit.add(tx, actor, {
            action: 'party.reveal',
            kind: 'access',
            subject: `party:${id}`,
            place,
            purpose: reason,
            detail: { fields: ['name'] },
          });
        return found.map(({ id, name }) => ({ id, name }));
      }),

    /** The same for work of the platform that needs the values (a check with an authority); no one is shown them. */
    use: async (tx: Tx, actor: Actor, id: string, fields: readonly FieldId[], reason: string): Promise<OpenValue[]> =>
      values.open(tx, actor, await one(tx, actor, id), fields, reason),

    /** Who looked at the data of a party, newest first. Throws PartyMissing. */
    looks: async (actor: Actor, id: string, limit: number): Promise<Look[]> => {
      await db.transaction(actor.scope, (tx) => one(tx, actor, id));
      return looks(actor, id, limit);
    },
    looksOf: looks,
  };
}

function fieldsNamed(detail: string): string[] {
  const read: unknown = detail === '' ? {} : JSON.parse(detail);
  const fields = read !== null && typeof read === 'object' && 'fields' in read ? read.fields : [];
  return Array.isArray(fields) ? fields.filter((each) => typeof each === 'string') : [];
}

export type PartyReading = ReturnType<typeof createReading>;
