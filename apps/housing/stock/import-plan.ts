import { dayOf, defaultZone, instantOf } from '@keystead/contracts/calendar';
import type { PlaceImportRow, RowFault } from '@keystead/data/places';
import type { HouseSheetRow } from './sheet-rows.ts';

/** Midnight of a local date. */
export const dayStart = (date: string): Date => new Date(instantOf(defaultZone, dayOf(date) ?? 0, 0));

const ordered = (value: unknown): unknown =>
  value === null || typeof value !== 'object' || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, ordered(inner)]),
      );

/** Whether two documents say the same, whatever the order of their entries. */
export const sameFile = (a: unknown, b: unknown): boolean => JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));

const above = ['building', 'unit', 'floor'] as const;

/** Paths of the building, unit and floor a row names, from the top down. */
export function pathsAbove(row: Pick<HouseSheetRow, 'project' | 'above'>): string[] {
  let at = row.project;
  return above.flatMap((kind) => {
    const code = row.above[kind];
    if (code === '') return [];
    at = `${at}/${code}`;
    return [at];
  });
}

/**
 * Places the sheet asks for and that are not `there`: each house, and the building, unit and floor above it once. The
 * project has to be there.
 */
export function planPlaces(
  rows: readonly HouseSheetRow[],
  there: ReadonlySet<string>,
): { line: number; row: PlaceImportRow }[] {
  const wanted = new Map<string, { line: number; row: PlaceImportRow }>();
  for (const row of rows) {
    const { line, path, name, tags, attributes } = row;
    const kinds = above.filter((kind) => row.above[kind] !== '');
    pathsAbove(row).forEach((at, index) => {
      const kind = kinds[index] ?? 'building';
      if (!there.has(at) && !wanted.has(at)) wanted.set(at, { line, row: { path: at, kind, name: row.above[kind] } });
    });
    if (!there.has(path) && !wanted.has(path))
      wanted.set(path, { line, row: { path, kind: 'house', name, tags: tags ?? [], attributes } });
  }
  return [...wanted.values()];
}

/** A fault of the tree in the columns of this sheet. */
export function asSheetFault(fault: RowFault): RowFault {
  const { column = '' } = fault;
  if (fault.code === 'parent-missing') return { ...fault, column: 'project' };
  return { ...fault, column: column === 'path' || column === 'kind' ? 'code' : (column.split('/').at(-1) ?? column) };
}
