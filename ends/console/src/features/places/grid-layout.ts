interface House {
  id: string;
  name: string;
  unit: string | null;
}

interface Floor<H extends House> {
  label: string;
  houses: readonly H[];
}

/** A block of columns: the houses of one unit side by side; `id` null = houses that stand in no unit. */
export interface UnitBlock {
  id: string | null;
  name: string;
  columns: number;
}

/** Units from left to right with as many columns as their widest storey needs. */
export function blocksOf<H extends House>(
  units: readonly { id: string; name: string }[],
  floors: readonly Floor<H>[],
): UnitBlock[] {
  const widest = (unit: string | null) =>
    Math.max(0, ...floors.map(({ houses }) => houses.filter((house) => house.unit === unit).length));
  return [...units, { id: null, name: '' }]
    .map(({ id, name }) => ({ id, name, columns: widest(id) }))
    .filter(({ columns }) => columns > 0);
}

/** The houses of a storey under the columns of their units; undefined where a unit has fewer here than elsewhere. */
export function cellsOf<H extends House>(floor: Floor<H>, blocks: readonly UnitBlock[]): (H | undefined)[] {
  return blocks.flatMap(({ id, columns }) => {
    const houses = floor.houses.filter((house) => house.unit === id);
    return Array.from({ length: columns }, (_, at) => houses[at]);
  });
}

/** The part of a name that tells a house from its neighbours: `1号楼2单元2401` is `2401` in its building. */
export function shortName(name: string): string {
  const number = /(\d[\dA-Za-z-]*)\D{0,2}$/.exec(name)?.[1];
  return number ?? name;
}
