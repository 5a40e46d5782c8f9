import { chance, seedOf } from '@keystead/simulator/behaviour';

const homesAFloor = 4;
const floors = 25;
export const homesABuilding = homesAFloor * floors;

/** One home of the community, by its number from 0. */
export interface Home {
  readonly index: number;
  readonly building: number;
  readonly unit: number;
  readonly floor: number;
  readonly column: number;
  /** Code of the house, unique in the community: `03-1-1402`. */
  readonly code: string;
  readonly name: string;
}

/** A place as the import takes it. */
export interface PlaceRow {
  path: string;
  kind: string;
  name: string;
  order?: number;
  tags?: string[];
  divisionCode?: string;
  attributes?: Record<string, unknown>;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** The home with this number: building by building, floor by floor, two units with two doors each. */
export function homeAt(index: number): Home {
  const building = Math.floor(index / homesABuilding) + 1;
  const within = index % homesABuilding;
  const floor = Math.floor(within / homesAFloor) + 1;
  const unit = Math.floor((within % homesAFloor) / 2) + 1;
  const column = (within % 2) + 1;
  const room = `${floor}${two(column)}`;
  return {
    index,
    building,
    unit,
    floor,
    column,
    code: `${two(building)}-${unit}-${room.padStart(4, '0')}`,
    name: `${building}号楼${unit}单元${room}`,
  };
}

export const homesOf = (count: number): Home[] => Array.from({ length: count }, (_, index) => homeAt(index));

export const region = 'SZ/SZGYY';
export const estate = `${region}/ASSF`;
export const estateCode = 'ASSF';
const plant = `${region}/ASZZ`;

/** The community's own code of a building, and so on down. */
const buildingPath = (building: number): string => `${estate}/B${two(building)}`;

const layouts = [
  { layout: '一室一厅', rooms: 1, floorArea: 45, orientation: '南' },
  { layout: '两室一厅', rooms: 2, floorArea: 60, orientation: '南北' },
  { layout: '一室一厅', rooms: 1, floorArea: 42, orientation: '东' },
  { layout: '两室一厅', rooms: 2, floorArea: 58, orientation: '南北' },
];

function houseRow(home: Home, path: string): PlaceRow {
  const { rooms, layout, floorArea, orientation } = layouts[(home.unit - 1) * 2 + home.column - 1] ?? layouts[0] ?? {};
  const accessible = home.floor === 1 && home.column === 1;
  return {
    path,
    kind: 'house',
    name: home.name,
    order: home.index,
    ...(accessible ? { tags: ['无障碍'] } : {}),
    attributes: {
      level: home.floor,
      column: (home.unit - 1) * 2 + home.column,
      floorArea,
      usableArea: Math.round((floorArea ?? 0) * 0.78),
      layout,
      rooms,
      orientation,
      accessible,
    },
  };
}

/** Buildings, units, floors and houses. */
export function communityRows(homes: readonly Home[]): PlaceRow[] {
  const rows = new Map<string, PlaceRow>();
  const add = (row: PlaceRow): string => {
    if (!rows.has(row.path)) rows.set(row.path, row);
    return row.path;
  };
  for (const home of homes) {
    const { building, unit, floor } = home;
    const buildingAt = add({
      path: buildingPath(building),
      kind: 'building',
      name: `${building}号楼`,
      order: building,
      attributes: {
        floors,
        units: 2,
        builtYear: 2024,
        structure: '剪力墙结构',
        height: 75,
        lifts: 4,
        floorArea: 5200 + Math.floor(400 * chance(seedOf('building', building), 0)),
      },
    });
    const unitAt = add({
      path: `${buildingAt}/B${two(building)}-${unit}`,
      kind: 'unit',
      name: `${building}号楼${unit}单元`,
      order: unit,
      attributes: { lifts: 2 },
    });
    const floorAt = add({
      path: `${unitAt}/B${two(building)}-${unit}-F${two(floor)}`,
      kind: 'floor',
      name: `${floor}层`,
      order: floor,
      attributes: { level: floor },
    });
    add(houseRow(home, `${floorAt}/${home.code}`));
  }
  return [...rows.values()];
}

/** City, district, estate with its machine room and gate, and the small plant next door. */
export const surroundingRows = (): PlaceRow[] => [
  { path: 'SZ', kind: 'region', name: '苏州市', divisionCode: '320500' },
  { path: region, kind: 'region', name: '工业园区', divisionCode: '320571' },
  {
    path: estate,
    kind: 'project',
    name: '安枢示范小区',
    tags: ['公租房', '示范'],
    attributes: { address: '苏州市工业园区示范路 1 号', builtYear: 2024, siteArea: 42_000, contact: '值班室' },
  },
  { path: `${estate}/JF01`, kind: 'room', name: '中心机房', attributes: { use: '机房', floorArea: 80 } },
  { path: `${estate}/JF01/R01`, kind: 'rack', name: '1 号机柜', attributes: { heightUnits: 42, powerKw: 6 } },
  { path: `${estate}/JF01/R02`, kind: 'rack', name: '2 号机柜', attributes: { heightUnits: 42, powerKw: 6 } },
  { path: `${estate}/GATE`, kind: 'zone', name: '出入口' },
  { path: plant, kind: 'site', name: '安枢示范厂区', attributes: { address: '苏州市工业园区示范路 2 号' } },
  { path: `${plant}/CJ1`, kind: 'workshop', name: '一车间', attributes: { floorArea: 3_000 } },
  { path: `${plant}/CJ1/L1`, kind: 'line', name: '一号产线' },
  ...['上料', '成型', '烘干', '包装'].map((name, at) => ({
    path: `${plant}/CJ1/L1/S${at + 1}`,
    kind: 'station',
    name: `${name}工位`,
    order: at + 1,
  })),
];

/** Codes of the places that hold things outside the homes. */
export const spots = { racks: ['R01', 'R02'], gate: 'GATE', stations: ['S1', 'S2', 'S3', 'S4'] } as const;
/** Where the supervisor's and the clerk's scopes begin. */
export const firstBuilding = 'B01';
