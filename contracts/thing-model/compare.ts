import { isConvertible } from '@keystead/contracts/units';
import type { Property, ThingModel } from './schema.ts';

/** One difference between two versions of a family. `pointer` names things by id: `/properties/temperature/unit`. */
export interface ModelChange {
  readonly pointer: string;
  readonly code: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

export interface ModelComparison {
  /** Stored history, rules, devices or callers that fitted the old version may not fit the new one. */
  readonly breaking: readonly ModelChange[];
  readonly compatible: readonly ModelChange[];
}

type Report = (breaking: boolean, pointer: string, code: string, from?: unknown, to?: unknown) => void;

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Says what a new version changes and whether things of the old one can move to it without care. */
export function compareModels(older: ThingModel, newer: ThingModel): ModelComparison {
  const changes = { breaking: [] as ModelChange[], compatible: [] as ModelChange[] };
  const report: Report = (breaking, pointer, code, from, to) => {
    const change = { pointer, code, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    changes[breaking ? 'breaking' : 'compatible'].push(change);
  };
  if (older.family !== newer.family) report(true, '/family', 'family-changed', older.family, newer.family);
  if (older.authentication !== newer.authentication) {
    report(true, '/authentication', 'authentication-changed', older.authentication, newer.authentication);
  }
  for (const field of ['name', 'category', 'interval', 'grace'] as const) {
    if (!equal(older[field], newer[field])) report(false, `/${field}`, `${field}-changed`, older[field], newer[field]);
  }
  pair('properties', older.properties, newer.properties, report, compareProperties);
  pair('events', older.events, newer.events, report, (at, a, b) => {
    compareLevels(at, a, b, report);
    for (const field of ['name', 'severity'] as const) {
      if (!equal(a[field], b[field])) report(false, `${at}/${field}`, `${field}-changed`, a[field], b[field]);
    }
  });
  pair('services', older.services, newer.services, report, (at, a, b) => {
    if (!equal(a.input, b.input)) report(true, `${at}/input`, 'input-changed', a.input, b.input);
    for (const field of ['readBack', 'urgent', 'repeatable', 'level', 'approval', 'record', 'autonomy'] as const) {
      if (!equal(a[field], b[field])) report(false, `${at}/${field}`, `${field}-changed`, a[field], b[field]);
    }
    for (const field of ['name', 'risk', 'deadline'] as const) {
      if (!equal(a[field], b[field])) report(false, `${at}/${field}`, `${field}-changed`, a[field], b[field]);
    }
  });
  return changes;
}

function pair<T extends { id: string }>(
  list: string,
  older: readonly T[],
  newer: readonly T[],
  report: Report,
  compare: (pointer: string, a: T, b: T, report: Report) => void,
): void {
  const now = new Map(newer.map((item) => [item.id, item]));
  const before = new Set(older.map(({ id }) => id));
  for (const item of older) {
    const pointer = `/${list}/${item.id}`;
    const same = now.get(item.id);
    if (same) compare(pointer, item, same, report);
    else report(true, pointer, 'removed');
  }
  for (const { id } of newer) if (!before.has(id)) report(false, `/${list}/${id}`, 'added');
}

interface Levels {
  transferLevel: number;
  storeLevel: number;
}

/** Less protection, or less haste, than promised so far is breaking. */
function compareLevels(pointer: string, a: Levels, b: Levels, report: Report): void {
  for (const field of ['transferLevel', 'storeLevel'] as const) {
    if (a[field] !== b[field]) {
      const lowered = b[field] < a[field];
      report(lowered, `${pointer}/${field}`, lowered ? 'level-lowered' : 'level-raised', a[field], b[field]);
    }
  }
}

function compareProperties(pointer: string, a: Property, b: Property, report: Report): void {
  if (a.type !== b.type)
    report(a.type !== 'integer' || b.type !== 'number', `${pointer}/type`, 'type-changed', a.type, b.type);
  if (a.key !== b.key) report(true, `${pointer}/key`, 'key-changed', a.key, b.key);
  const [from, to] = [a.unit ?? '', b.unit ?? ''];
  if (from !== to) {
    report(true, `${pointer}/unit`, isConvertible(from, to) ? 'unit-changed' : 'dimension-changed', from, to);
  }
  if (a.access !== b.access) {
    report(
      b.access !== 'rw',
      `${pointer}/access`,
      b.access === 'rw' ? 'access-widened' : 'access-lost',
      a.access,
      b.access,
    );
  }
  if ((a.cumulative ?? false) !== (b.cumulative ?? false)) {
    report(true, `${pointer}/cumulative`, 'cumulative-changed', a.cumulative ?? false, b.cumulative ?? false);
  }
  compareLevels(pointer, a, b, report);
  compareValues(pointer, a, b, report);
  for (const field of ['name', 'min', 'max', 'resolution', 'maxRate', 'maxStill'] as const) {
    if (!equal(a[field], b[field])) report(false, `${pointer}/${field}`, `${field}-changed`, a[field], b[field]);
  }
}

/** Enum readings are stored as positions: values may only be added behind the others. */
function compareValues(pointer: string, a: Property, b: Property, report: Report): void {
  const [before, after] = [a.values ?? [], b.values ?? []];
  const kept = before.every(({ value }, index) => after[index]?.value === value);
  if (!kept) report(true, `${pointer}/values`, 'values-moved');
  else if (after.length > before.length) report(false, `${pointer}/values`, 'values-added');
  else if (!equal(before, after)) report(false, `${pointer}/values`, 'value-renamed');
}
