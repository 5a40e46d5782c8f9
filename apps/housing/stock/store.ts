import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, type Query, sql, type Tx, underPath } from '@keystead/kernel/db';
import { HouseMissing } from './problems.ts';
import {
  type EditionLine,
  type HouseRow,
  houseColumns,
  houses,
  type PlaceFacts,
  type StatusLine,
  statusColumns,
} from './row.ts';

export const houseById = (scope: Scope, id: string): Query<HouseRow> => sql<HouseRow>`
  select ${houseColumns} from ${houses}
  where h.id = ${id} and h.organisation = ${scope.organisation} and ${inSubtrees(scope, 'h.place')}`;

/** The house with its row locked until the transaction ends. Throws HouseMissing outside the scope. */
export async function lockHouse(tx: Tx, scope: Scope, id: string): Promise<HouseRow> {
  const held = await tx.maybe(sql<{ id: string }>`
    select id from stock.house h where id = ${id} and organisation = ${scope.organisation}
      and ${inSubtrees(scope, 'h.place')} for update`);
  if (!held) throw new HouseMissing({ id });
  return tx.one(houseById(scope, id), () => new HouseMissing({ id }));
}

export const standingOf = (tx: Tx, scope: Scope, id: string) =>
  tx.maybe(sql<Pick<HouseRow, 'id' | 'state' | 'lease' | 'place' | 'dossier' | 'reservedUntil'>>`
    select h.id, h.state, h.lease, h.place, h.dossier, h.reserved_until as "reservedUntil" from stock.house h
    where h.id = ${id} and h.organisation = ${scope.organisation} and ${inSubtrees(scope, 'h.place')} for update`);

export interface FreshHouse
  extends Pick<
    HouseRow,
    'id' | 'organisation' | 'place' | 'state' | 'since' | 'vacantSince' | 'dossier' | 'completeness' | 'missing'
  > {
  repairing: boolean;
  facts: PlaceFacts;
}

export interface Who {
  id: string;
  name: string;
}

/** Houses with their first status and first edition, however many, in three statements. */
export async function insertHouses(
  tx: Tx,
  rows: readonly FreshHouse[],
  first: { at: Date; by: Who; reason: string | null; batch: string | null },
): Promise<void> {
  const given = JSON.stringify(rows);
  const from = sql`from jsonb_to_recordset(${given}::jsonb) as r(id uuid, organisation uuid, place text, state text,
    since timestamptz, "vacantSince" timestamptz, repairing boolean, dossier jsonb, completeness int, missing jsonb, facts jsonb)`;
  await tx.run(sql`
    insert into stock.house (id, organisation, place, state, since, vacant_since, repairing, dossier, completeness, missing,
      batch, created_at, changed_at)
    select r.id, r.organisation, r.place, r.state, r.since, r."vacantSince", r.repairing, r.dossier, r.completeness,
      array(select jsonb_array_elements_text(r.missing)), ${first.batch}, ${first.at}, ${first.at} ${from}`);
  await tx.run(sql`
    insert into stock.status (house, organisation, place, number, at, recorded_at, step, from_state, to_state, repairing,
      actor, actor_name, reason)
    select r.id, r.organisation, r.place, 1, r.since, ${first.at}, 'open', '', r.state, r.repairing, ${first.by.id},
      ${first.by.name}, ${first.reason} ${from}`);
  await tx.run(sql`
    insert into stock.edition (house, organisation, place, number, at, actor, actor_name, groups, dossier, facts, batch)
    select r.id, r.organisation, r.place, 1, ${first.at}, ${first.by.id}, ${first.by.name},
      array(select jsonb_object_keys(r.dossier)), r.dossier, r.facts, ${first.batch} ${from}`);
}

export type NewStatus = Omit<StatusLine, 'number' | 'recordedAt'>;

/** Writes where a step led, with its line of history. */
export async function saveStep(
  tx: Tx,
  row: HouseRow,
  line: NewStatus,
  after: { since: Date; vacantSince: Date | null; reservedUntil: Date | null; lease: string | null },
): Promise<void> {
  await tx.run(sql`
    update stock.house set state = ${line.to}, since = ${after.since}, vacant_since = ${after.vacantSince},
      reserved_until = ${after.reservedUntil}, repairing = ${line.repairing}, lease = ${after.lease},
      changed_at = ${line.at}, version = version + 1
    where id = ${row.id}`);
  await tx.run(sql`
    insert into stock.status (house, organisation, place, number, at, recorded_at, step, from_state, to_state, repairing,
      actor, actor_name, reason, lease, handover)
    select ${row.id}, ${row.organisation}, ${row.place}, coalesce(max(number), 0) + 1, ${line.at}, ${line.at}, ${line.step},
      ${line.from}, ${line.to}, ${line.repairing}, ${line.actor}, ${line.actorName}, ${line.reason}, ${line.lease}, ${line.handover}
    from stock.status where house = ${row.id}`);
}

export interface DossierSave
  extends Pick<HouseRow, 'id' | 'organisation' | 'place' | 'dossier' | 'completeness' | 'missing'> {
  groups: readonly string[];
  facts: PlaceFacts;
}

/** New versions of dossiers, however many. One without changed groups was only counted anew and makes no version. */
export async function saveDossiers(
  tx: Tx,
  saves: readonly DossierSave[],
  by: { at: Date; who: Who; batch: string | null },
): Promise<void> {
  const from = sql`from jsonb_to_recordset(${JSON.stringify(saves)}::jsonb) as r(id uuid, organisation uuid, place text,
    dossier jsonb, completeness int, missing jsonb, groups jsonb, facts jsonb)`;
  await tx.run(sql`
    update stock.house h set dossier = r.dossier, completeness = r.completeness,
      missing = array(select jsonb_array_elements_text(r.missing)), changed_at = ${by.at}, version = h.version + 1
    ${from} where h.id = r.id`);
  await tx.run(sql`
    insert into stock.edition (house, organisation, place, number, at, actor, actor_name, groups, dossier, facts, batch)
    select r.id, r.organisation, r.place, (select coalesce(max(e.number), 0) + 1 from stock.edition e where e.house = r.id),
      ${by.at}, ${by.who.id}, ${by.who.name}, array(select jsonb_array_elements_text(r.groups)), r.dossier, r.facts, ${by.batch}
    ${from} where jsonb_array_length(r.groups) > 0`);
}

export const statusesOf = (house: string): Query<StatusLine> =>
  sql<StatusLine>`select ${statusColumns} from stock.status s where s.house = ${house} order by s.number`;

/** What a house was at an instant; nothing before it was taken into the stock. */
export const statusAt = (house: string, at: Date): Query<StatusLine> => sql<StatusLine>`
  select ${statusColumns} from stock.status s where s.house = ${house} and s.at <= ${at} order by s.at desc, s.number desc limit 1`;

export const editionsOf = (house: string): Query<EditionLine> => sql<EditionLine>`
  select number, at, actor, actor_name as "actorName", groups, dossier, facts from stock.edition where house = ${house} order by number desc`;

export const editionBefore = (house: string, number: number): Query<EditionLine> => sql<EditionLine>`
  select number, at, actor, actor_name as "actorName", groups, dossier, facts from stock.edition
  where house = ${house} and number = ${number - 1}`;

export const editionAt = (house: string, at: Date): Query<EditionLine> => sql<EditionLine>`
  select number, at, actor, actor_name as "actorName", groups, dossier, facts from stock.edition
  where house = ${house} and at <= ${at} order by number desc limit 1`;

/** True when the house was ever let: its file is kept for good. */
export const wasLet = async (tx: Tx, house: string): Promise<boolean> =>
  (await tx.maybe(
    sql<{ number: number }>`select number from stock.status where house = ${house} and lease is not null limit 1`,
  )) !== undefined;

export const deleteHouses = (tx: Tx, ids: readonly string[]): Promise<number> =>
  tx.run(sql`delete from stock.house where id = any(${ids})`);

const located = ['house', 'status', 'edition', 'happening', 'vacancy_warning'];

/** The rows of one organisation below `from` are now below `to`. */
export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of located) await movePaths(tx, `stock.${table}`, 'place', organisation, from, to);
}

export async function countIn(tx: Tx, organisation: string, path: string): Promise<number> {
  const [row] = await tx.all(sql<{ count: number }>`
    select count(*)::int as count from stock.house where organisation = ${organisation} and ${underPath(path, 'place')}`);
  return row?.count ?? 0;
}
