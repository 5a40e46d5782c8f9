/** One home to be let; `path` of place codes is unique. */
export interface CityHome {
  readonly index: number;
  readonly path: string;
  readonly project: number;
  readonly floorArea: number;
  /** Fen a month. */
  readonly rent: number;
}

/** A place as the import of places takes it. */
export interface CityPlace {
  path: string;
  kind: 'region' | 'project' | 'building' | 'unit' | 'floor' | 'house';
  name: string;
  order?: number;
  tags?: string[];
  divisionCode?: string;
  attributes?: Record<string, unknown>;
}

const city = 'YC';
const districts = [
  { code: 'YC-LH', name: '临湖区', divisionCode: '990101' },
  { code: 'YC-QS', name: '青山区', divisionCode: '990102' },
  { code: 'YC-DX', name: '渡西新区', divisionCode: '990103' },
];
const projects = [
  ['湖畔家园', 0, 2012, 2400],
  ['柳荫雅苑', 0, 2015, 2300],
  ['望湖新居', 0, 2018, 2600],
  ['青山人家', 1, 2010, 1900],
  ['松风里', 1, 2014, 2000],
  ['石桥公寓', 1, 2019, 2200],
  ['渡西安居', 2, 2016, 1700],
  ['启航公寓', 2, 2020, 2100],
  ['稻香新村', 2, 2017, 1600],
  ['明月里', 2, 2021, 1800],
] as const;

export const projectCount = projects.length;
const homesAFloor = 4;
const floors = 25;
const homesABuilding = homesAFloor * floors;
const layouts = [
  { layout: '一室一厅', rooms: 1, floorArea: 45, orientation: '南' },
  { layout: '两室一厅', rooms: 2, floorArea: 60, orientation: '南北' },
  { layout: '一室一厅', rooms: 1, floorArea: 40, orientation: '东' },
  { layout: '两室一厅', rooms: 2, floorArea: 56, orientation: '南北' },
];
const two = (n: number): string => String(n).padStart(2, '0');

interface Spot {
  readonly at: number;
  readonly project: number;
  readonly codes: readonly [
    district: string,
    project: string,
    building: string,
    unit: string,
    floor: string,
    house: string,
  ];
  readonly building: number;
  readonly unit: number;
  readonly floor: number;
  readonly room: string;
}

/** Homes go to the projects in turn, within a project building by building. */
function spotOf(index: number): Spot {
  const project = index % projects.length;
  const at = Math.floor(index / projects.length);
  const building = Math.floor(at / homesABuilding) + 1;
  const floor = Math.floor((at % homesABuilding) / homesAFloor) + 1;
  const unit = Math.floor((at % homesAFloor) / 2) + 1;
  const room = `${floor}${two((at % 2) + 1)}`;
  const district = districts[projects[project]?.[1] ?? 0]?.code ?? '';
  const own = `YC-P${two(project + 1)}`;
  const [b, u] = [`${own}-B${two(building)}`, `${own}-B${two(building)}-${unit}`];
  const codes = [district, own, b, u, `${u}-F${two(floor)}`, `${u}-${room.padStart(4, '0')}`] as const;
  return { at, project, codes, building, unit, floor, room };
}

export function homeOf(index: number): CityHome {
  const { at, project, codes } = spotOf(index);
  const { floorArea } = layouts[at % homesAFloor] ?? { floorArea: 45 };
  const perMetre = projects[project]?.[3] ?? 2000;
  return { index, project, floorArea, path: [city, ...codes].join('/'), rent: floorArea * perMetre };
}

/** Places of a city of so many homes, parents first. */
export function* placesOf(homes: number): Generator<CityPlace> {
  const told = new Set<string>();
  const fresh = (path: string): boolean => !told.has(path) && told.add(path) !== undefined;
  yield { path: city, kind: 'region', name: '云川市', divisionCode: '990100', tags: ['示范'] };
  for (let index = 0; index < homes; index++) {
    const { at, project, codes, building, unit, floor, room } = spotOf(index);
    const [district, own, b, u, f] = codes.map((_, depth) => [city, ...codes.slice(0, depth + 1)].join('/'));
    const area = districts.find(({ code }) => code === codes[0]);
    const [name, , builtYear] = projects[project] ?? ['', 0, 2015];
    if (district && fresh(district))
      yield { path: district, kind: 'region', name: area?.name ?? '', divisionCode: area?.divisionCode ?? '' };
    if (own && fresh(own)) {
      const address = `云川市${area?.name}安居路 ${project + 1} 号`;
      yield { path: own, kind: 'project', name, tags: ['公租房', '示范'], attributes: { address, builtYear } };
    }
    if (b && fresh(b))
      yield {
        path: b,
        kind: 'building',
        name: `${building}号楼`,
        order: building,
        attributes: { floors, units: 2, builtYear },
      };
    if (u && fresh(u)) yield { path: u, kind: 'unit', name: `${building}号楼${unit}单元`, order: unit };
    if (f && fresh(f)) yield { path: f, kind: 'floor', name: `${floor}层`, order: floor, attributes: { level: floor } };
    const { layout, rooms, floorArea, orientation } = layouts[at % homesAFloor] ?? layouts[0] ?? {};
    const usableArea = Math.round((floorArea ?? 0) * 0.78);
    yield {
      path: homeOf(index).path,
      kind: 'house',
      name: `${building}号楼${unit}单元${room}`,
      order: at,
      attributes: { level: floor, column: (at % homesAFloor) + 1, floorArea, usableArea, layout, rooms, orientation },
    };
  }
}
