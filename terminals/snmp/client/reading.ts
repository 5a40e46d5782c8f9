import { DeviceRefused } from '@keystead/terminals/port';
import type { Counters } from '../counters.ts';
import type { Library, Varbind } from '../library.ts';
import type { SnmpDevice, SnmpPoint, SnmpTable } from '../settings.ts';
import { plainOf, pointValue } from '../values.ts';
import type { Session } from './session.ts';

const upTime = '1.3.6.1.2.1.1.3.0';
const batch = 16;
const bulk = 24;
const standardRows = 256;

type Column = Omit<SnmpPoint, 'writable' | 'min' | 'max'>;

export interface TurnUse {
  session: Session;
  library: Library;
  counters: Counters;
  /** A point the device does not have. */
  missing(point: string): void;
}

/** All values of a device at one time. Rejects with `DeviceSilent` when it does not answer. */
export async function readDevice(at: SnmpDevice, use: TurnUse): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  const points = at.points ?? [];
  const columns = (at.tables ?? []).flatMap((table) => table.columns);
  if ([...points, ...columns].some(({ continuous }) => continuous)) await noteUpTime(use);
  for (let from = 0; from < points.length; from += batch) {
    const some = points.slice(from, from + batch);
    const found = await variables(
      use.session,
      some.map(({ oid }) => oid),
    );
    for (const point of some) put(values, point.name, point, found.get(point.oid), use);
  }
  for (const table of at.tables ?? []) await readTable(table, values, use);
  return values;
}

async function noteUpTime({ session, counters }: TurnUse): Promise<void> {
  const time = (await variables(session, [upTime])).get(upTime)?.value;
  if (typeof time === 'number') counters.started(time);
}

/** Variables by OID. A first-version agent refuses a question for one it lacks: then they are asked for by halves. */
async function variables(session: Session, oids: string[]): Promise<Map<string, Varbind>> {
  try {
    return new Map((await session.get(oids)).map((varbind) => [varbind.oid, varbind]));
  } catch (cause) {
    if (!(cause instanceof DeviceRefused)) throw cause;
    const [detail] = [String(cause.data.detail)];
    if (!/NoSuchName|TooBig/.test(detail)) throw cause;
    if (oids.length === 1) return new Map();
    const middle = oids.length >> 1;
    const first = await variables(session, oids.slice(0, middle));
    return new Map([...first, ...(await variables(session, oids.slice(middle)))]);
  }
}

function put(
  values: Record<string, unknown>,
  name: string,
  point: Column,
  varbind: Varbind | undefined,
  use: TurnUse,
): void {
  const types = use.library.ObjectType;
  const value = varbind && plainOf(varbind, types, point.form);
  if (varbind === undefined || value === undefined) {
    use.missing(name);
    return;
  }
  const kind =
    varbind.type === types.Counter ? 'counter32' : varbind.type === types.Counter64 ? 'counter64' : undefined;
  const counts = point.continuous && kind && (typeof value === 'number' || typeof value === 'string');
  values[name] = pointValue(point, counts ? use.counters.continued(name, value, kind) : value);
}

/** Rows of a column by their index: what follows the OID of the column. Bounded, and never going back. */
async function walk(session: Session, oid: string, most: number): Promise<Map<string, Varbind>> {
  const rows = new Map<string, Varbind>();
  let at = oid;
  while (rows.size < most) {
    let some: Varbind[];
    try {
      some = await session.following(at, Math.min(bulk, most - rows.size));
    } catch (cause) {
      // The end of everything, as a first-version agent says it.
      if (cause instanceof DeviceRefused && String(cause.data.detail).includes('NoSuchName')) return rows;
      throw cause;
    }
    for (const varbind of some) {
      const index = varbind.oid.slice(oid.length + 1);
      const isInside = varbind.oid.startsWith(`${oid}.`) && varbind.value !== null && !rows.has(index);
      if (!isInside || rows.size === most) return rows;
      rows.set(index, varbind);
      at = varbind.oid;
    }
    if (some.length === 0) return rows;
  }
  return rows;
}

async function readTable(table: SnmpTable, values: Record<string, unknown>, use: TurnUse): Promise<void> {
  const most = table.mostRows ?? standardRows;
  const named = table.rowNames === undefined ? undefined : await walk(use.session, table.rowNames, most);
  for (const column of table.columns) {
    for (const [index, varbind] of await walk(use.session, column.oid, most)) {
      const label = named?.get(index);
      const text = label && plainOf(label, use.library.ObjectType, 'text');
      put(values, `${column.name}.${text === undefined || text === '' ? index : text}`, column, varbind, use);
    }
  }
}

/** One point now; rejects with `DeviceRefused` when the device does not have it. */
export async function readPoint(point: SnmpPoint, use: TurnUse): Promise<unknown> {
  const varbind = (await variables(use.session, [point.oid])).get(point.oid);
  const value = varbind && plainOf(varbind, use.library.ObjectType, point.form);
  if (value !== undefined) return pointValue(point, value);
  throw new DeviceRefused({ device: use.session.name, detail: `no ${point.name}` });
}
