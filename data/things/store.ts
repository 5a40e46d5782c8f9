import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, type Query, sql, type Tx, underPath } from '@keystead/kernel/db';
import type { Thing } from './thing.ts';

/** Columns of a Thing, of a table named `t`. Dates come as text, for they have no time of day. */
export const thingColumns = sql`t.number, t.id, t.organisation, t.place, t.place_id as "placeId", t.code, t.name, t.family,
  t.model_version as "modelVersion", t.state, t.whitelist, t.bearer, t.protocol, t.maker, t.production_date::text as "productionDate",
  t.serial, t.specification, t.warranty_until::text as "warrantyUntil", t.contract_no as "contractNo", t.equipment_class as "equipmentClass", t.labels,
  t.version`;

export const thingById = (scope: Scope, id: string): Query<Thing> =>
  sql<Thing>`select ${thingColumns} from things.thing t where t.id = ${id} and ${inSubtrees(scope, 't.place')}`;

/** The thing, held against changes by others until the transaction ends. */
export const lockThing = (scope: Scope, id: string): Query<Thing> =>
  sql<Thing>`select ${thingColumns} from things.thing t where t.id = ${id} and ${inSubtrees(scope, 't.place')} for update`;

export const thingsByCode = (scope: Scope, codes: readonly string[]): Query<Thing> =>
  sql<Thing>`select ${thingColumns} from things.thing t where t.organisation = ${scope.organisation} and t.code = any(${codes})
    and ${inSubtrees(scope, 't.place')}`;

/** Which of these codes are taken in the organisation, by whatever thing. */
export const takenCodes = (organisation: string, codes: readonly string[]): Query<{ code: string }> =>
  sql<{ code: string }>`select code from things.thing where organisation = ${organisation} and code = any(${codes})`;

export type NewThing = Omit<Thing, 'number' | 'version'>;

export interface Numbered {
  number: number;
  id: string;
  code: string;
}

/** One statement for however many. */
export const insertThings = (tx: Tx, rows: readonly NewThing[], batch: string | null, now: Date): Promise<Numbered[]> =>
  tx.all(sql<Numbered>`
    insert into things.thing as t (id, organisation, place, place_id, code, name, family, model_version, state, whitelist, bearer,
      protocol, maker, production_date, serial, specification, warranty_until, contract_no, equipment_class, labels, batch, created_at, changed_at)
    select r.id, r.organisation, r.place, r."placeId", r.code, r.name, r.family, r."modelVersion", r.state, r.whitelist, r.bearer,
      r.protocol, r.maker, r."productionDate", r.serial, r.specification, r."warrantyUntil", r."contractNo", r."equipmentClass", r.labels, ${batch}, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, organisation uuid, place text, "placeId" uuid, code text,
      name text, family text, "modelVersion" int, state text, whitelist text, bearer text, protocol text, maker text,
      "productionDate" date, serial text, specification text, "warrantyUntil" date, "contractNo" text, "equipmentClass" text, labels jsonb)
    returning t.number, t.id, t.code`);

/** Writes all fields people edit; undefined when the version is no longer so. */
export const saveThing = (tx: Tx, thing: Thing, now: Date): Promise<Thing | undefined> =>
  tx.maybe(sql<Thing>`
    update things.thing t set place = ${thing.place}, place_id = ${thing.placeId}, name = ${thing.name}, family = ${thing.family},
      model_version = ${thing.modelVersion}, state = ${thing.state}, whitelist = ${thing.whitelist}, bearer = ${thing.bearer},
      protocol = ${thing.protocol}, maker = ${thing.maker}, production_date = ${thing.productionDate}, serial = ${thing.serial},
      specification = ${thing.specification}, warranty_until = ${thing.warrantyUntil}, contract_no = ${thing.contractNo}, equipment_class = ${thing.equipmentClass},
      labels = ${JSON.stringify(thing.labels)}, version = version + 1, changed_at = ${now}
    where t.number = ${thing.number} and t.version = ${thing.version} returning ${thingColumns}`);

/** Moves what stands in a subtree along with it. */
export async function followPlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['things.thing', 'things.refusal']) await movePaths(tx, table, 'place', organisation, from, to);
}

export const countIn = async (tx: Tx, organisation: string, path: string): Promise<number> =>
  (
    await tx.all(sql<{ count: number }>`
      select count(*) as count from things.thing where organisation = ${organisation} and ${underPath(path, 'place')}`)
  )[0]?.count ?? 0;

export const insertSteps = (
  tx: Tx,
  rows: readonly { id: string; thing: number; from: string; to: string; evidence: object }[],
  organisation: string,
  by: string,
  now: Date,
): Promise<number> =>
  tx.run(sql`
    insert into things.lifecycle_step (id, organisation, thing, from_state, to_state, evidence, at, by)
    select r.id, ${organisation}, r.thing, r."from", r."to", r.evidence, ${now}, ${by}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, thing bigint, "from" text, "to" text, evidence jsonb)`);

export const insertContains = (
  tx: Tx,
  organisation: string,
  pairs: readonly { source: number; target: number }[],
  now: Date,
): Promise<number> =>
  tx.run(sql`
    insert into things.relation (organisation, source, kind, target, at)
    select ${organisation}, r.source, 'contains', r.target, ${now}
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as r(source bigint, target bigint)`);
