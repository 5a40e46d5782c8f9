import type { Place } from './place.ts';

export interface GridHouse {
  id: string;
  code: string;
  name: string;
  path: string;
  unit: string | null;
  floor: string | null;
  column: number;
  tags: string[];
  retired: boolean;
  attributes: Place['attributes'];
  version: number;
}

/** One storey across all units of the building. */
export interface GridFloor {
  /** Storey as printed in the lift, or the floor's code when it has no number. */
  level: number | null;
  label: string;
  /** Places of kind floor that make up the storey: one a unit, or one in all. */
  floors: string[];
  houses: GridHouse[];
}

/** 房态图: a building as floors (top first) × houses, ready to be coloured with what other modules know. */
export interface Grid {
  building: { id: string; code: string; name: string; path: string };
  units: { id: string; code: string; name: string }[];
  floors: GridFloor[];
  houses: number;
}

/** Text compared as people read it: 2 before 10. */
const natural = new Intl.Collator('zh-CN', { numeric: true });
export const byOrder = (a: Place, b: Place): number => a.order - b.order || natural.compare(a.code, b.code);

const integerIn = (text: string): number | null => {
  const found = /-?\d+/.exec(text);
  return found ? Number(found[0]) : null;
};

/** Storey of a floor: its attribute, else the number in its code (`B1` is below ground). */
export function levelOfFloor(floor: Place): number | null {
  const { level } = floor.attributes;
  if (typeof level === 'number') return level;
  const number = integerIn(floor.code);
  return number !== null && /^b/i.test(floor.code) ? -Math.abs(number) : number;
}

/** Storey of a house that stands under no floor: its attribute, else all but the last two digits of its code. */
export function levelOfHouse(house: Place): number | null {
  const { level } = house.attributes;
  if (typeof level === 'number') return level;
  const digits = /(\d{3,})\D*$/.exec(house.code)?.[1];
  return digits ? Number(digits.slice(0, -2)) : null;
}

/** Lays the places of one building out as a grid. `nodes` are the building and everything in it. */
export function layOut(building: Place, nodes: readonly Place[]): Grid {
  const byId = new Map(nodes.map((node) => [node.id as string, node]));
  const above = (node: Place, kind: Place['kind']): Place | undefined => {
    let at = node.parent === null ? undefined : byId.get(node.parent);
    while (at && at.kind !== kind) at = at.parent === null ? undefined : byId.get(at.parent);
    return at;
  };
  const rows = new Map<string, GridFloor>();
  const rowOf = (level: number | null, label: string): GridFloor => {
    const key = level === null ? label : String(level);
    const row = rows.get(key) ?? { level, label, floors: [], houses: [] };
    rows.set(key, row);
    return row;
  };
  for (const floor of nodes.filter((node) => node.kind === 'floor'))
    rowOf(levelOfFloor(floor), floor.name).floors.push(floor.id);
  const houses = nodes.filter((node) => node.kind === 'house').sort(byOrder);
  for (const house of houses) {
    const floor = above(house, 'floor');
    const level = floor ? levelOfFloor(floor) : levelOfHouse(house);
    const row = rowOf(level, floor?.name ?? (level === null ? '' : String(level)));
    const { column } = house.attributes;
    row.houses.push({
      id: house.id,
      code: house.code,
      name: house.name,
      path: house.path,
      unit: above(house, 'unit')?.id ?? null,
      floor: floor?.id ?? null,
      column: typeof column === 'number' ? column : 0,
      tags: house.tags,
      retired: house.retired,
      attributes: house.attributes,
      version: house.version,
    });
  }
  const units = nodes.filter((node) => node.kind === 'unit').sort(byOrder);
  const unitAt = new Map(units.map((unit, at) => [unit.id as string, at]));
  for (const row of rows.values()) {
    row.houses.sort(
      (a, b) =>
        (unitAt.get(a.unit ?? '') ?? -1) - (unitAt.get(b.unit ?? '') ?? -1) ||
        a.column - b.column ||
        natural.compare(a.code, b.code),
    );
    row.houses.forEach((house, at) => {
      if (house.column === 0) house.column = at + 1;
    });
  }
  return {
    building: { id: building.id, code: building.code, name: building.name, path: building.path },
    units: units.map(({ id, code, name }) => ({ id, code, name })),
    floors: [...rows.values()].sort(
      (a, b) => (b.level ?? -Infinity) - (a.level ?? -Infinity) || natural.compare(b.label, a.label),
    ),
    houses: houses.length,
  };
}
