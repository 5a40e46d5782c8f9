import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Cursor } from '@keystead/kernel/http';
import type { FieldId } from './fields.ts';
import type { Member, Party, PartyKind } from './party.ts';

const columns = sql`p.id, p.organisation, p.place, p.kind, p.name, p.code, p.account, p.state,
  p.made_at as "madeAt", p.version`;

const inView = (scope: Scope) => sql`p.organisation = ${scope.organisation} and ${inSubtrees(scope, 'p.place')}`;

export const partyById = (scope: Scope, id: string): Query<Party> =>
  sql<Party>`select ${columns} from parties.party p where p.id = ${id} and ${inView(scope)}`;

export const lockedParty = (scope: Scope, id: string): Query<Party> =>
  sql<Party>`select ${columns} from parties.party p where p.id = ${id} and ${inView(scope)} for update`;

export const partyOfAccount = (organisation: string, account: string): Query<Party> =>
  sql<Party>`select ${columns} from parties.party p where p.organisation = ${organisation} and p.account = ${account}`;

/** Ways in of a person, or of those who live in a household; who applied comes first. */
export const accountsOf = (organisation: string, party: string): Query<{ account: string; name: string }> =>
  sql`select p.account, p.name from parties.party p
    left join parties.member m on m.person = p.id and m.household = ${party} and m.until_date is null
    where p.organisation = ${organisation} and p.account is not null and (p.id = ${party} or m.id is not null)
    order by (m.relation = 'applicant') desc nulls last, p.made_at, p.id limit 20`;

export const partiesById = (scope: Scope, ids: readonly string[]): Query<Party> =>
  sql<Party>`select ${columns} from parties.party p where p.id = any(${ids}::uuid[]) and ${inView(scope)}`;

export interface PartyFilter {
  readonly kind?: PartyKind;
  readonly text?: string;
  readonly after?: Cursor;
  readonly limit: number;
}

export const partiesInView = (scope: Scope, { kind, text, after, limit }: PartyFilter): Query<Party> => {
  const like = `%${(text ?? '').replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return sql<Party>`select ${columns} from parties.party p where ${inView(scope)}
    ${kind ? sql`and p.kind = ${kind}` : sql``}
    ${text ? sql`and (p.name ilike ${like} or p.code ilike ${like})` : sql``}
    ${after ? sql`and (p.made_at, p.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    order by p.made_at desc, p.id desc limit ${limit}`;
};

export const partiesByHash = (scope: Scope, field: FieldId, hash: Buffer): Query<Party> =>
  sql<Party>`select ${columns} from parties.party p join parties.field f on f.party = p.id
    where f.organisation = ${scope.organisation} and f.field = ${field} and f.hash = ${hash} and ${inView(scope)} limit 50`;

export const insertParty = (tx: Tx, party: Party): Promise<number> =>
  tx.run(sql`insert into parties.party (id, organisation, place, kind, name, code, account, state, made_at)
    values (${party.id}, ${party.organisation}, ${party.place}, ${party.kind}, ${party.name}, ${party.code},
      ${party.account}, ${party.state}, ${party.madeAt})`);

export const saveParty = (tx: Tx, { id, place, name, code, account }: Party): Promise<number> =>
  tx.run(sql`update parties.party set place = ${place}, name = ${name}, code = ${code}, account = ${account},
    version = version + 1 where id = ${id}`);

export const touchParty = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`update parties.party set version = version + 1 where id = ${id}`);

/** One value as anybody with the right to read parties sees it. */
export interface MaskedField {
  readonly party: string;
  readonly field: FieldId;
  readonly slot: string;
  readonly masked: string;
  readonly source: string;
  readonly recordedAt: Date;
}

/** Health and biometric data are not even named to whom they do not concern. */
export const maskedFields = (parties: readonly string[], fields: readonly string[]): Query<MaskedField> =>
  sql<MaskedField>`select f.party, f.field, f.slot, f.masked, f.source, f.recorded_at as "recordedAt"
    from parties.field f where f.party = any(${parties}::uuid[]) and f.field = any(${fields}::text[])
    order by f.party, f.field, f.slot`;

export const sealedFields = (party: string, fields: readonly FieldId[]) =>
  sql<{ field: FieldId; slot: string; sealed: Buffer }>`select field, slot, sealed from parties.field
    where party = ${party} and field = any(${fields}::text[]) order by field, slot`;

export interface SealedField {
  readonly field: FieldId;
  readonly slot: string;
  readonly sealed: Buffer;
  readonly hash: Buffer | null;
  readonly masked: string;
  readonly source: string;
}

export const saveField = (tx: Tx, party: Party, row: SealedField, by: string, at: Date): Promise<number> =>
  tx.run(sql`insert into parties.field as f (party, organisation, field, slot, sealed, hash, masked, source, recorded_at, recorded_by)
    values (${party.id}, ${party.organisation}, ${row.field}, ${row.slot}, ${row.sealed}, ${row.hash}, ${row.masked},
      ${row.source}, ${at}, ${by})
    on conflict (party, field, slot) do update set sealed = excluded.sealed, hash = excluded.hash,
      masked = excluded.masked, source = excluded.source, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by`);

export const dropFields = (tx: Tx, party: string, fields: readonly FieldId[]): Promise<number> =>
  tx.run(sql`delete from parties.field where party = ${party} and field = any(${fields}::text[])`);

const memberColumns = sql`m.household, m.person, p.name, m.relation, m.from_date::text as "from", m.until_date::text as until`;

/** The present members first, applicant before all; with `past`, also those who left. */
export const membersOf = (household: string, past: boolean): Query<Member> =>
  sql<Member>`select ${memberColumns} from parties.member m join parties.party p on p.id = m.person
    where m.household = ${household} ${past ? sql`` : sql`and m.until_date is null`}
    order by m.until_date desc nulls first, (m.relation <> 'applicant'), m.from_date, m.id limit 200`;

/** Households a person is in now. */
export const householdsOf = (organisation: string, person: string): Query<{ household: string }> =>
  sql<{ household: string }>`select household from parties.member
    where organisation = ${organisation} and person = ${person} and until_date is null`;

export const insertMember = (tx: Tx, id: string, organisation: string, member: Omit<Member, 'name'>): Promise<number> =>
  tx.run(sql`insert into parties.member (id, organisation, household, person, relation, from_date, until_date)
    values (${id}, ${organisation}, ${member.household}, ${member.person}, ${member.relation}, ${member.from}::date, null)`);

export const endMember = (tx: Tx, household: string, person: string, until: string): Promise<number> =>
  tx.run(sql`update parties.member set until_date = greatest(from_date, ${until}::date)
    where household = ${household} and person = ${person} and until_date is null`);

/** The rows of one organisation below `from` are now below `to`. */
export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  await movePaths(tx, 'parties.party', 'place', organisation, from, to);
}
