import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { problem } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { checkedValues, type FieldId, type FieldValue, personalFields } from './fields.ts';
import { maskName, type Relation } from './party.ts';
import type { Register } from './register.ts';
import { type Sealing, sealText, unsealText } from './sealing.ts';
import type { PartyValues } from './values.ts';

/** What somebody asks to have changed. Values wait sealed; nothing of it is so before somebody decides. */
export interface Change {
  readonly fields?: readonly FieldValue[];
  /** Members to be added with what is known of them. */
  readonly join?: readonly { name: string; relation: Relation; from: string; fields?: readonly FieldValue[] }[];
  /** Members who left. */
  readonly leave?: readonly { person: string; until: string }[];
}

/** A change as those who decide on it see it at first: masked. */
export interface MaskedChange {
  readonly fields: { field: FieldId; slot: string; masked: string }[];
  readonly join: { name: string; relation: Relation; from: string; fields: { field: FieldId; masked: string }[] }[];
  readonly leave: { person: string; until: string }[];
}

export class ProposalMissing extends problem('proposal-missing', 404) {}
export class ProposalDecided extends problem('proposal-decided', 409) {}

interface ProposalRow {
  party: string;
  sealed: Buffer | null;
  masked: MaskedChange;
  state: 'open' | 'applied' | 'dropped';
}

const masked = (fields: readonly FieldValue[] = []) =>
  checkedValues(fields).map(({ field, slot, value }) => ({ field, slot, masked: personalFields[field].mask(value) }));

type Parts = Pick<Kernel, 'clock' | 'audit'> & { sealing: Sealing; values: PartyValues; register: Register };

/** Changes that wait for a decision (H-9.1.2-d, H-11.3-f-1). */
export function createProposals({ clock, audit, sealing, values, register }: Parts) {
  const find = (tx: Tx, id: string) =>
    tx.one(
      sql<ProposalRow>`select party, sealed, masked, state from parties.proposal where id = ${id} for update`,
      () => new ProposalMissing({ id }),
    );

  async function end(tx: Tx, id: string, state: 'applied' | 'dropped'): Promise<void> {
    await tx.run(
      sql`update parties.proposal set sealed = null, state = ${state}, decided_at = ${clock.now()} where id = ${id}`,
    );
  }

  async function content(tx: Tx, id: string, row: ProposalRow): Promise<Change> {
    if (row.sealed === null) throw new ProposalDecided({ id, state: row.state });
    return JSON.parse(unsealText(await sealing.openKey(tx, row.party), `proposal:${id}`, row.sealed)) as Change;
  }

  return {
    /** Seals a change away; answers its id. Throws PersonalFieldInvalid, PartyMissing, PartyAtRest. */
    propose: async (tx: Tx, actor: Actor, party: string, change: Change): Promise<string> => {
      const subject = await register.active(tx, actor, party);
      const shown: MaskedChange = {
        fields: masked(change.fields),
        join: (change.join ?? []).map(({ fields, ...rest }) => ({
          ...rest,
          name: maskName(rest.name),
          fields: masked(fields),
        })),
        leave: [...(change.leave ?? [])],
      };
      const id = newId();
      const key = await sealing.partyKey(tx, subject.organisation, party);
      await tx.run(sql`insert into parties.proposal (id, organisation, party, sealed, masked, state, made_at)
        values (${id}, ${subject.organisation}, ${party}, ${sealText(key, `proposal:${id}`, JSON.stringify(change))},
          ${JSON.stringify(shown)}, 'open', ${clock.now()})`);
      return id;
    },

    /** Throws ProposalMissing. */
    shown: async (tx: Tx, id: string): Promise<MaskedChange> => (await find(tx, id)).masked,

    /** The change itself, for a reason the journal keeps. Throws ProposalMissing, ProposalDecided. */
    reveal: async (tx: Tx, actor: Actor, id: string, reason: string): Promise<Change> => {
      const row = await find(tx, id);
      const subject = await register.active(tx, actor, row.party);
      const fields = row.masked.fields.map(({ field }) => field);
      await audit.add(tx, actor, {
        ...{ action: 'party.reveal-change', kind: 'access', subject: `party:${row.party}`, purpose: reason },
        place: subject.place,
        detail: { fields },
      });
      return content(tx, id, row);
    },

    /** Makes it so. Throws ProposalMissing, ProposalDecided and what changing a party throws. */
    apply: async (tx: Tx, actor: Actor, id: string, source: string): Promise<void> => {
      const row = await find(tx, id);
      const change = await content(tx, id, row);
      const subject = await register.active(tx, actor, row.party);
      if (change.fields && change.fields.length > 0) await values.set(tx, actor, subject, change.fields, source);
      for (const { person, until } of change.leave ?? [])
        await register.endMemberIn(tx, actor, row.party, person, until);
      for (const { relation, from, ...person } of change.join ?? [])
        await register.addMemberIn(tx, actor, row.party, { person: { ...person, source }, relation, from });
      await end(tx, id, 'applied');
    },

    /** It stays as it was, and what was asked for is forgotten. */
    drop: async (tx: Tx, id: string): Promise<void> => {
      const row = await find(tx, id);
      if (row.state !== 'open') throw new ProposalDecided({ id, state: row.state });
      await end(tx, id, 'dropped');
    },
  };
}

export type Proposals = ReturnType<typeof createProposals>;
