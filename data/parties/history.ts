import type { OrganisationId } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { Tx } from '@keystead/kernel/db';
import { copyInto } from '@keystead/kernel/db/copy';
import type { Kernel } from '@keystead/kernel/module';
import { checkedValues, type FieldValue, personalFields } from './fields.ts';
import type { PartyKind, Relation } from './party.ts';
import type { Purposes } from './purposes.ts';
import { type Sealing, sealText } from './sealing.ts';

export interface PartyHistory {
  readonly id: string;
  readonly kind: PartyKind;
  readonly name: string;
  readonly place: string;
  readonly madeAt: Date;
  readonly fields: readonly FieldValue[];
}

export interface MemberHistory {
  readonly household: string;
  readonly person: string;
  readonly relation: Relation;
  readonly from: string;
  readonly until: string | null;
}

type Parts = Pick<Kernel, 'clock'> & { sealing: Sealing; purposes: Purposes };
const partyColumns = ['id', 'organisation', 'place', 'kind', 'name', 'sealed', 'made_at'];
const fieldColumns = [
  'party',
  'organisation',
  'field',
  'slot',
  'sealed',
  'hash',
  'masked',
  'source',
  'recorded_at',
  'recorded_by',
];

/**
 * Parties taken over from before the platform, many at once: values are checked, need their purpose and are sealed as any
 * other, but no event and no journal line is written for each; the caller writes one for all. Only in a transaction on a
 * connection of its own. Throws PurposeMissing, PersonalFieldInvalid; a number that is there already is refused by the database.
 */
export const createHistory = ({ clock, sealing, purposes }: Parts) =>
  async function importHistory(
    tx: Tx,
    organisation: OrganisationId,
    { parties, members, by }: { parties: readonly PartyHistory[]; members: readonly MemberHistory[]; by: string },
  ): Promise<void> {
    const known = [...new Set(parties.flatMap(({ fields }) => fields.map(({ field }) => field)))];
    await purposes.require(tx, organisation, known);
    const hash = await sealing.hasher(tx, organisation);
    const withValues = parties.filter(({ fields }) => fields.length > 0);
    const keys = await sealing.partyKeys(
      tx,
      organisation,
      withValues.map(({ id }) => id),
    );
    const heads = parties.map(({ id, place, kind, name, fields, madeAt }) => [
      ...[id, organisation, place, kind, name],
      ...[fields.length > 0, madeAt],
    ]);
    await copyInto(tx, 'parties.party', partyColumns, heads);
    const at = clock.now();
    const values = withValues.flatMap(({ id, fields }) => {
      const key = keys.get(id);
      if (!key) throw new RangeError(`no key was made for ${id}`);
      return checkedValues(fields).map(({ field, slot, value }) => {
        const spec = personalFields[field];
        const sealed = sealText(key, `${id}:${field}:${slot}`, value);
        const found = spec.indexed ? hash(field, value) : null;
        return [id, organisation, field, slot, sealed, found, spec.mask(value), 'taken-over', at, by];
      });
    });
    await copyInto(tx, 'parties.field', fieldColumns, values);
    await copyInto(
      tx,
      'parties.member',
      ['id', 'organisation', 'household', 'person', 'relation', 'from_date', 'until_date'],
      members.map(({ household, person, relation, from, until }) => [
        ...[newId(), organisation, household, person],
        ...[relation, from, until],
      ]),
    );
  };
