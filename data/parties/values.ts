import { type Actor, may } from '@keystead/contracts/access';
import { partyChanged } from '@keystead/contracts/events/parties';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { standing } from './consents.ts';
import {
  ConsentMissing,
  checkedValues,
  type FieldGroup,
  type FieldId,
  FieldNeverShown,
  type FieldValue,
  fieldIds,
  personalFields,
} from './fields.ts';
import { type Party, PartyAtRest, ResidentIdTaken } from './party.ts';
import type { Purposes } from './purposes.ts';
import { type Sealing, sealText, unsealText } from './sealing.ts';
import * as store from './store.ts';

export type OpenValue = Required<FieldValue>;

/** Health is the business of care alone: who does not care for people is not even told that there is something. */
const rightFor: Readonly<Record<FieldGroup, string>> = {
  identity: 'party:reveal',
  contact: 'party:reveal',
  finance: 'party:reveal',
  health: 'care:read',
  biometric: 'care:read',
};

/** Fields whose masked values the actor may see. */
export const fieldsInSight = (actor: Actor): FieldId[] =>
  fieldIds.filter((field) => {
    const { group } = personalFields[field];
    return group !== 'health' || may(actor, rightFor.health);
  });

const at = (party: string, field: string, slot: string): string => `${party}:${field}:${slot}`;

type Parts = Pick<Kernel, 'clock' | 'outbox' | 'audit'> & { sealing: Sealing; purposes: Purposes };

/** Personal values: checked, given a purpose, sealed; opened only with a reason that is written down. */
export function createValues({ clock, outbox, audit, sealing, purposes }: Parts) {
  /**
   * Stores values of a locked party. Throws PurposeMissing (H-11.3-e-1), ConsentMissing (H-11.3-e-2),
   * PersonalFieldInvalid, ResidentIdTaken.
   */
  async function set(tx: Tx, actor: Actor, party: Party, fields: readonly FieldValue[], source: string): Promise<void> {
    const rows = checkedValues(fields);
    const { organisation, id, place } = party;
    await purposes.require(
      tx,
      organisation,
      rows.map(({ field }) => field),
    );
    for (const { field } of rows) {
      const { consent } = personalFields[field];
      if (consent && !(await standing(tx, id, consent))) throw new ConsentMissing({ field, consent });
    }
    const key = await sealing.partyKey(tx, organisation, id);
    for (const { field, slot, value } of rows) {
      const spec = personalFields[field];
      const hash = spec.indexed ? await sealing.hash(tx, organisation, field, value) : null;
      const row = {
        field,
        slot,
        sealed: sealText(key, at(id, field, slot), value),
        hash,
        masked: spec.mask(value),
        source,
      };
      try {
        await store.saveField(tx, party, row, actor.id, clock.now());
      } catch (cause) {
        if (cause instanceof Error && 'constraint' in cause && cause.constraint === 'field_resident_id')
          throw new ResidentIdTaken({});
        throw cause;
      }
    }
    await store.touchParty(tx, id);
    await outbox.add(tx, partyChanged, party, { id, kind: party.kind, change: 'fields' });
    await audit.add(tx, actor, {
      action: 'party.fields',
      subject: `party:${id}`,
      place,
      detail: { fields: [...new Set(rows.map(({ field }) => field))], source },
    });
  }

  /** Deletes values for good. */
  async function drop(tx: Tx, actor: Actor, party: Party, fields: readonly FieldId[]): Promise<void> {
    const deleted = await store.dropFields(tx, party.id, fields);
    await audit.add(tx, actor, {
      action: 'party.fields-drop',
      subject: `party:${party.id}`,
      place: party.place,
      detail: { fields, deleted },
    });
  }

  /**
   * Opens values for a purpose, which the journal keeps with who asked and which fields (H-11.3-f-2); the line commits
   * with the caller's transaction. Fields that hold nothing are left out. Throws PartyAtRest, InputInvalid without a reason.
   */
  async function open(
    tx: Tx,
    actor: Actor,
    party: Party,
    fields: readonly FieldId[],
    reason: string,
  ): Promise<OpenValue[]> {
    if (reason.trim() === '') throw new InputInvalid({ in: 'body' }, [{ pointer: '/reason', code: 'required' }]);
    if (party.state !== 'active') throw new PartyAtRest({ id: party.id, state: party.state });
    await audit.add(tx, actor, {
      action: 'party.reveal',
      kind: 'access',
      subject: `party:${party.id}`,
      place: party.place,
      purpose: reason,
      detail: { fields },
    });
    const rows = await tx.all(store.sealedFields(party.id, fields));
    if (rows.length === 0) return [];
    const key = await sealing.openKey(tx, party.id);
    return rows.map(({ field, slot, sealed }) => ({
      field,
      slot,
      value: unsealText(key, at(party.id, field, slot), sealed),
    }));
  }

  /** Throws FieldNeverShown for what no person is ever shown, NotAllowed for fields beyond the actor's rights. */
  function requireSight(actor: Actor, fields: readonly FieldId[]): void {
    const groups = new Set(fields.map((field) => personalFields[field].group));
    if (groups.has('biometric')) throw new FieldNeverShown({});
    for (const group of groups) if (!may(actor, rightFor[group])) throw new NotAllowed({ permission: rightFor[group] });
  }

  return { set, drop, open, requireSight };
}

export type PartyValues = ReturnType<typeof createValues>;
