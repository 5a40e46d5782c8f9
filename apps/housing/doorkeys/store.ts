import type { OrganisationId, Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Cursor } from '@keystead/kernel/http';
import type { LeaseFacts } from './entitlement.ts';
import type { DoorKey, Ending, KeyInLock, KeyState } from './key.ts';
import type { Wanted } from './plan.ts';

const columns = sql`k.id, k.organisation, k.place, k.house, k.household, k.holder, k.holder_name as "holderName", k.kind, k.pattern,
  k.label, k.valid_from as "validFrom", k.valid_until as "validUntil", k.uses, k.used, k.weekly, k.issued_at as "issuedAt",
  k.issued_by as "issuedBy", k.frozen_at as "frozenAt", k.frozen_for as "frozenFor", k.ended_at as "endedAt",
  k.ended_for as "endedFor", k.version`;

const inView = (scope: Scope) => sql`k.organisation = ${scope.organisation} and ${inSubtrees(scope, 'k.place')}`;

export const keyById = (scope: Scope, id: string): Query<DoorKey> =>
  sql<DoorKey>`select ${columns} from doorkeys.key k where k.id = ${id} and ${inView(scope)} for update`;

export const livingKeys = (house: string): Query<DoorKey> =>
  sql<DoorKey>`select ${columns} from doorkeys.key k where k.house = ${house} and k.ended_at is null order by k.issued_at, k.id limit 500`;

export const sealedOf = (id: string): Query<{ holder: string; sealed: Buffer | null }> =>
  sql<{ holder: string; sealed: Buffer | null }>`select holder, sealed from doorkeys.key where id = ${id}`;

export interface KeyFilter {
  readonly house?: string;
  readonly household?: string;
  readonly living?: boolean;
  readonly after?: Cursor;
  readonly limit: number;
}

export const keysInView = (scope: Scope, { house, household, living, after, limit }: KeyFilter): Query<DoorKey> =>
  sql<DoorKey>`select ${columns} from doorkeys.key k where ${inView(scope)}
    ${house ? sql`and k.house = ${house}` : sql``} ${household ? sql`and k.household = ${household}` : sql``}
    ${living === undefined ? sql`` : living ? sql`and k.ended_at is null` : sql`and k.ended_at is not null`}
    ${after ? sql`and (k.issued_at, k.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    order by k.issued_at desc, k.id desc limit ${limit}`;

export const locksOf = (keys: readonly string[]): Query<KeyInLock & { key: string }> =>
  sql<KeyInLock & { key: string }>`select s.key, s.thing, s.thing_code as "thingCode", s.gate, s.wanted,
      s.confirmed_no = s.wanted_no as confirmed, s.confirmed_at as "confirmedAt", s.failure
    from doorkeys.slot s where s.key = any(${keys}) order by s.gate, s.thing_code limit 5000`;

export const addKey = (tx: Tx, k: Omit<DoorKey, 'version'>, sealed: Buffer | null): Promise<number> =>
  tx.run(sql`insert into doorkeys.key (id, organisation, place, house, household, holder, holder_name, kind, pattern, label, valid_from,
      valid_until, uses, used, weekly, sealed, issued_at, issued_by)
    values (${k.id}, ${k.organisation}, ${k.place}, ${k.house}, ${k.household}, ${k.holder}, ${k.holderName}, ${k.kind}, ${k.pattern}, ${k.label},
      ${k.validFrom}, ${k.validUntil}, ${k.uses}, ${k.used}, ${k.weekly && JSON.stringify(k.weekly)}, ${sealed}, ${k.issuedAt}, ${k.issuedBy})`);

/** What it opened with is forgotten with its end; the locks are told to delete theirs. */
export const endKey = (tx: Tx, id: string, why: Ending, at: Date): Promise<number> =>
  tx.run(sql`update doorkeys.key set ended_at = ${at}, ended_for = ${why}, sealed = null, version = version + 1
    where id = ${id} and ended_at is null`);

export const freezeKey = (tx: Tx, id: string, at: Date | null, why: string | null): Promise<number> =>
  tx.run(sql`update doorkeys.key set frozen_at = ${at}, frozen_for = ${why}, version = version + 1 where id = ${id}`);

/** The keys of a house are to be looked at anew, now; what wrote this is not committed before the look begins. */
export const touch = (tx: Tx, organisation: string, house: string, place: string, at: Date): Promise<number> =>
  tx.run(sql`insert into doorkeys.house (house, organisation, place, due) values (${house}, ${organisation}, ${place}, ${at})
    on conflict (house) do update set due = least(doorkeys.house.due, ${at})`);

export const touchKeysOf = (tx: Tx, of: { household?: string; holder?: string }, at: Date): Promise<number> =>
  tx.run(sql`update doorkeys.house set due = least(due, ${at}) where house in (select house from doorkeys.key where ended_at is null
    and (household = ${of.household ?? null} or holder = ${of.holder ?? null}))`);

export interface DueHouse {
  readonly house: string;
  readonly organisation: OrganisationId;
  readonly place: string;
}

export const dueHouses = (at: Date, limit: number): Query<DueHouse> =>
  sql<DueHouse>`select house, organisation, place from doorkeys.house where due <= ${at} order by due limit ${limit}`;

export const lockHouse = (house: string, at: Date): Query<DueHouse> =>
  sql<DueHouse>`select house, organisation, place from doorkeys.house where house = ${house} and due <= ${at} for update`;

export const setDue = (tx: Tx, house: string, due: Date | null): Promise<number> =>
  tx.run(sql`update doorkeys.house set due = ${due} where house = ${house}`);

export interface TenantLease extends LeaseFacts {
  readonly party: string;
  readonly name: string;
}

/** Leases of a house that are not over, each with who rents it. */
export const leasesOf = (house: string): Query<TenantLease> =>
  sql<TenantLease>`select a.id, a.state, a.starts_on::text as "startsOn", a.ends_on::text as "endsOn", p.party, p.name
    from agreements_pub.agreement a join agreements_pub.party p on p.agreement = a.id and p.role = 'tenant'
    where a.kind = 'lease' and a.subject = ${house}
      and a.state in ('pending-tenant', 'pending-lessor', 'signed', 'effective', 'expiring', 'holdover')
    order by a.starts_on, a.id limit 100`;

export interface DoorRow {
  readonly number: number;
  readonly thing: string;
  readonly code: string;
  readonly place: string;
}

/** What could be a door on the way into a house: things in it and at the places above it. */
export const doorsOf = (organisation: string, house: string, above: readonly string[]): Query<DoorRow> =>
  sql<DoorRow>`select number, id as thing, code, place from things_pub.thing
    where organisation = ${organisation} and family in ('lock', 'entrance-guard') and state not in ('retired', 'scrapped')
      and (place = any(${above}) or (place >= ${house} collate "C" and place < ${`${house.slice(0, -1)}0`} collate "C"))
    order by place desc, number limit 100`;

export interface Closing {
  readonly house: string;
  readonly ground: string;
  readonly document: string;
  readonly at: Date;
  readonly byName: string;
}

/** Front doors closed to a household, the last one first. */
export const closingsOf = (household: string): Query<Closing> =>
  sql<Closing>`select house, ground, document, at, by_name as "byName" from doorkeys.closing where household = ${household}
    order by at desc limit 20`;

export interface SlotRow {
  readonly key: string;
  readonly thing: string;
  readonly wanted: Wanted;
  readonly sentNo: number;
}

/** Of living keys, and of ended ones that a lock may still hold. */
export const slotsOf = (house: string): Query<SlotRow> =>
  sql<SlotRow>`select s.key, s.thing, s.wanted, s.sent_no as "sentNo" from doorkeys.slot s join doorkeys.key k on k.id = s.key
    where k.house = ${house} and (k.ended_at is null or s.wanted->>'state' <> 'gone') for update of s`;

export const want = (
  tx: Tx,
  of: { organisation: string; place: string; key: string; thing: string; code: string; gate: boolean },
  wanted: Wanted,
): Promise<number> =>
  tx.run(sql`insert into doorkeys.slot (key, thing, organisation, place, thing_code, gate, wanted)
    values (${of.key}, ${of.thing}, ${of.organisation}, ${of.place}, ${of.code}, ${of.gate}, ${JSON.stringify(wanted)})
    on conflict (key, thing) do update set wanted = excluded.wanted, wanted_no = doorkeys.slot.wanted_no + 1, tries = 0, due = null`);

export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['key', 'slot', 'house', 'closing', 'record'])
    await movePaths(tx, `doorkeys.${table}`, 'place', organisation, from, to);
}

export type KeyRow = DoorKey & { readonly state: KeyState; readonly locks: readonly KeyInLock[] };
