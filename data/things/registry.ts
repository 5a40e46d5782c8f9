import { type Actor, pathRange, type Scope } from '@keystead/contracts/access';
import { InputInvalid } from '@keystead/contracts/problem';
import { type Db, inSubtrees, type Query, sql } from '@keystead/kernel/db';
import type { Catalogue, Language } from '@keystead/kernel/i18n';
import type { Cell, Sheet } from '@keystead/kernel/sheet';
import type { Models } from './models.ts';
import type { ThingFilter, ThingRow } from './schemas.ts';
import { thingColumns } from './store.ts';
import { ThingMissing } from './thing.ts';
import { type Axis, axes, familiesAt, type TypeNode, typeTree } from './type-tree.ts';

type Raw = Omit<ThingRow, 'onlineSince' | 'lastHeard'> & { onlineSince: Date | null; lastHeard: Date | null };

const rowColumns = sql`${thingColumns}, p.name as "placeName", coalesce(c.state, 'unknown') as online, c.since as "onlineSince",
  c.last_heard as "lastHeard", coalesce(c.connected, false) as connected, coalesce(u.run_seconds, 0) / 3600 as "runHours",
  coalesce(u.energy_kwh, 0) as "energyKwh"`;

/** Only the tables a filter speaks of are joined when rows are counted. */
const joins = sql`left join things.contact c on c.thing = t.number left join things.usage u on u.thing = t.number`;
const placeJoin = sql`left join places_pub.place p on p.id = t.place_id`;

const literal = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const view = ({ onlineSince, lastHeard, ...row }: Raw): ThingRow => ({
  ...row,
  onlineSince: iso(onlineSince),
  lastHeard: iso(lastHeard),
});

export interface ThingPage {
  items: ThingRow[];
  next: string | null;
  /** Everything that matches, when it was asked for. */
  total?: number;
}

const exportLimit = 200_000;
const header = [
  'code',
  'name',
  'family',
  'modelVersion',
  'placeName',
  'state',
  'whitelist',
  'online',
  'lastHeard',
  'runHours',
  'energyKwh',
  'bearer',
  'protocol',
  'maker',
  'productionDate',
  'serial',
  'specification',
  'warrantyUntil',
  'contractNo',
  'equipmentClass',
  'labels',
] as const;

/** Instants stay exact where programs read them, and become the site's clock where people do. */
const cellOf = (column: string, value: ThingRow[(typeof header)[number]] | Date, language?: Language): Cell => {
  if (value instanceof Date) return language === undefined ? value.toISOString() : value;
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return column === 'lastHeard' && value && language !== undefined ? new Date(String(value)) : value;
};

const cursorOf = (code: string): string => Buffer.from(code).toString('base64url');
function readCursor(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const code = Buffer.from(text, 'base64url').toString('utf8');
  if (cursorOf(code) !== text) throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/cursor', code: 'cursor' }]);
  return code;
}

/** The ledger of things: found by any filters together (I-5.2.2.2), counted by type, exported. */
export function createRegistry({ db, models, catalogue }: { db: Db; models: Models; catalogue: Catalogue }) {
  /** Families a filter leaves; undefined = all. */
  async function families(actor: Actor, filter: ThingFilter): Promise<string[] | undefined> {
    const named = filter.family?.split(',').map((family) => family.trim());
    if (axes.every((axis) => filter[axis] === undefined)) return named;
    const wanted = { function: filter.function, domain: filter.domain, specification: filter.specification };
    const fitting = familiesAt(await models.all(actor), wanted);
    return named ? fitting.filter((family) => named.includes(family)) : fitting;
  }

  function where(scope: Scope, filter: ThingFilter, types: readonly string[] | undefined) {
    const like = `%${literal(filter.text ?? '')}%`;
    const under = pathRange(filter.under ?? '');
    return sql`${inSubtrees(scope, 't.place')}
      ${filter.text ? sql`and (t.code ilike ${like} or t.name ilike ${like} or t.serial ilike ${like})` : sql``}
      ${types ? sql`and t.family = any(${types})` : sql``}
      ${filter.under ? sql`and t.place >= ${under.lo} collate "C" and t.place < ${under.hi} collate "C"` : sql``}
      ${filter.online ? sql`and coalesce(c.state, 'unknown') = ${filter.online}` : sql``}
      ${filter.state ? sql`and t.state = ${filter.state}` : sql``}
      ${filter.whitelist ? sql`and t.whitelist = ${filter.whitelist}` : sql``}
      ${filter.equipmentClass ? sql`and t.equipment_class = ${filter.equipmentClass}` : sql``}
      ${filter.runHoursFrom === undefined ? sql`` : sql`and coalesce(u.run_seconds, 0) >= ${filter.runHoursFrom * 3600}`}
      ${filter.runHoursTo === undefined ? sql`` : sql`and coalesce(u.run_seconds, 0) <= ${filter.runHoursTo * 3600}`}
      ${filter.energyFrom === undefined ? sql`` : sql`and coalesce(u.energy_kwh, 0) >= ${filter.energyFrom}`}
      ${filter.energyTo === undefined ? sql`` : sql`and coalesce(u.energy_kwh, 0) <= ${filter.energyTo}`}`;
  }

  const rows = (
    scope: Scope,
    filter: ThingFilter,
    types: readonly string[] | undefined,
    after: string | undefined,
    limit: number,
  ): Query<Raw> =>
    sql<Raw>`select ${rowColumns} from things.thing t ${joins} ${placeJoin}
      where ${where(scope, filter, types)} ${after === undefined ? sql`` : sql`and t.code > ${after}`} order by t.code limit ${limit}`;

  async function count(actor: Actor, filter: ThingFilter): Promise<number> {
    const types = await families(actor, filter);
    const [row] = await db.read(
      actor.scope,
      sql<{
        count: number;
      }>`select count(*) as count from things.thing t ${joins} where ${where(actor.scope, filter, types)}`,
    );
    return row?.count ?? 0;
  }

  /** Things that match all filters given, by code. */
  async function list(
    actor: Actor,
    {
      limit = 50,
      cursor,
      count: counted,
      ...filter
    }: ThingFilter & { limit?: number; cursor?: string; count?: boolean } = {},
  ): Promise<ThingPage> {
    const types = await families(actor, filter);
    const [found, total] = await Promise.all([
      db.read(actor.scope, rows(actor.scope, filter, types, readCursor(cursor), limit + 1)),
      counted ? count(actor, filter) : undefined,
    ]);
    const items = found.slice(0, limit).map(view);
    const last = items.at(-1);
    return {
      items,
      next: found.length > limit && last ? cursorOf(last.code) : null,
      ...(total === undefined ? {} : { total }),
    };
  }

  async function get(actor: Actor, id: string): Promise<ThingRow> {
    const [row] = await db.read(
      actor.scope,
      sql<Raw>`select ${rowColumns} from things.thing t ${joins} ${placeJoin} where t.id = ${id} and ${inSubtrees(actor.scope, 't.place')}`,
    );
    if (!row) throw new ThingMissing({ id });
    return view(row);
  }

  /** What matches: with the field names as heads, or in the words of a language. */
  async function exportSheet(actor: Actor, filter: ThingFilter, language?: Language): Promise<Sheet> {
    const found = await db.read(
      actor.scope,
      rows(actor.scope, filter, await families(actor, filter), undefined, exportLimit),
    );
    const t = catalogue.in(language ?? 'zh-CN');
    return {
      name: t('thing.sheet'),
      heads: language === undefined ? header : header.map((column) => t(`thing.column.${column}`)),
      rows: found.map((row) => header.map((column) => cellOf(column, row[column], language))),
    };
  }

  /** Counts along the three axes of type, in the order asked for (I-5.2.1-a-3). */
  async function types(actor: Actor, order: readonly Axis[] = axes): Promise<TypeNode[]> {
    const counts = await db.read(
      actor.scope,
      sql<{ family: string; count: number }>`select t.family, count(*) as count from things.thing t
        where ${inSubtrees(actor.scope, 't.place')} group by t.family`,
    );
    const byFamily = new Map(counts.map((row) => [row.family, row.count]));
    const list = await models.list(actor);
    return typeTree(
      list.map((model) => ({ family: model.family, model, count: byFamily.get(model.family) ?? 0 })),
      order,
    );
  }

  return { list, count, get, exportSheet, types };
}
