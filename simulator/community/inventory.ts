import type { Bearer } from '@keystead/contracts/bearer';
import {
  between,
  type Course,
  camera,
  electricityMeter,
  gasDetector,
  homeGateway,
  host,
  lock,
  machine,
  motor,
  seedOf,
  smokeDetector,
  temperatureHumidity,
  vitalSigns,
  waterMeter,
} from '@keystead/simulator/behaviour';
import { type Home, homesABuilding, spots } from './layout.ts';

/** One thing of the community: how it is registered, and how it behaves. */
export interface Unit {
  readonly code: string;
  readonly name: string;
  readonly family: string;
  /** Code of the place it stands in. */
  readonly place: string;
  /** Code of the gateway that speaks for it; absent = it has a connection of its own. */
  readonly gateway?: string;
  /** Seconds between its reports, as its model expects them. */
  readonly interval: number;
  /** Services of its model, by which calls come. */
  readonly called: boolean;
  readonly maker: string;
  course(): Course;
}

const secondsOf: Readonly<Record<string, number>> = {
  'home-gateway': 30,
  lock: 30,
  'smoke-detector': 30,
  'gas-detector': 60,
  'temperature-humidity': 60,
  'water-meter': 900,
  'electricity-meter': 900,
  camera: 30,
  'vital-sign-monitor': 60,
  motor: 10,
  machine: 10,
  host: 30,
};
const uncalled = new Set(['temperature-humidity', 'vital-sign-monitor']);

type Plain = Omit<Unit, 'interval' | 'called'>;
const unit = (plain: Plain): Unit => ({
  ...plain,
  interval: secondsOf[plain.family] ?? 60,
  called: !uncalled.has(plain.family),
});

/** What stands in one home: the gateway with four devices behind it, lock and smoke detector on their own. */
export function unitsOf(home: Home): Unit[] {
  const own = seedOf('home', home.code);
  const gateway = `GW-${home.code}`;
  const make = (
    prefix: string,
    family: string,
    name: string,
    maker: string,
    behind: boolean,
    course: (seed: number) => Course,
  ) =>
    unit({
      code: `${prefix}-${home.code}`,
      name: `${home.name} ${name}`,
      family,
      place: home.code,
      maker,
      ...(behind ? { gateway } : {}),
      course: () => course(seedOf(prefix, home.code)),
    });
  const units = [
    make('GW', 'home-gateway', '家庭网关', '云栈智联', false, (seed) => homeGateway(seed, 4)),
    make('LK', 'lock', '门锁', '固安锁业', false, (seed) => lock(own, seed)),
    make('SM', 'smoke-detector', '烟感', '明盾消防', false, (seed) => smokeDetector(own, seed)),
    make('WM', 'water-meter', '水表', '清源仪表', true, waterMeter),
    make('EM', 'electricity-meter', '电表', '华衡电气', true, electricityMeter),
    make('GD', 'gas-detector', '燃气探测器', '明盾消防', true, (seed) => gasDetector(own, seed)),
    make('TH', 'temperature-humidity', '温湿度计', '云栈智联', true, (seed) => temperatureHumidity(own, seed)),
  ];
  // A few homes of elderly people have a monitor.
  if (home.index % 97 === 5)
    units.push(make('VS', 'vital-sign-monitor', '生命体征监测仪', '康护科技', false, vitalSigns));
  return units;
}

/** Cameras at the gate and one a building, hosts in the machine room, the plant's drives and machines. */
export function commonUnits(homes: number): Unit[] {
  const buildings = Math.ceil(homes / homesABuilding);
  const units: Unit[] = [];
  const add = (
    code: string,
    name: string,
    family: string,
    place: string,
    maker: string,
    course: (seed: number) => Course,
  ) => units.push(unit({ code, name, family, place, maker, course: () => course(seedOf(code)) }));
  for (const way of ['入口', '出口'])
    add(`CAM-${way === '入口' ? 'IN' : 'OUT'}`, `小区${way} 摄像机`, 'camera', spots.gate, '视安', camera);
  for (let building = 1; building <= Math.min(buildings, 10); building++) {
    const number = String(building).padStart(2, '0');
    add(`CAM-${number}`, `${building}号楼大堂 摄像机`, 'camera', `B${number}`, '视安', camera);
  }
  spots.racks.forEach((rack, at) => {
    for (const n of [1, 2]) add(`HOST-${at * 2 + n}`, `${rack} 主机 ${n}`, 'host', rack, '磐石计算', host);
  });
  const drives = ['上料皮带电机', '成型主轴电机', '烘干风机电机', '包装输送电机'];
  drives.forEach((name, at) => {
    add(`MT-${at + 1}`, name, 'motor', spots.stations[at] ?? 'S1', '恒力电机', (seed) =>
      motor(seed, [5.5, 22, 11, 4][at] ?? 5.5),
    );
  });
  add('MC-1', '成型机', 'machine', 'S2', '精工装备', (seed) => machine(seed, 37));
  add('MC-2', '烘干机', 'machine', 'S3', '精工装备', (seed) => machine(seed, 30));
  return units;
}

const bearersOfFamily: Readonly<Record<string, Bearer>> = {
  'home-gateway': 'cellular',
  lock: 'ble',
  'smoke-detector': 'zigbee',
  'gas-detector': 'zigbee',
  'temperature-humidity': 'zigbee',
  'water-meter': 'lora',
  'electricity-meter': 'lora',
  'vital-sign-monitor': 'wifi',
};

/** Homes mix what each kind of device usually comes with (H-7.1-a); what stands by itself has a wire. */
const bearerOf = ({ family, gateway }: Unit): Bearer => bearersOfFamily[family] ?? (gateway ? 'lora' : 'ethernet');

/** How a unit is written into the registry; `placeId` of its place. */
export function draftOf(unit: Unit, placeId: string) {
  const seed = seedOf('dossier', unit.code);
  const day = new Date(Date.UTC(2024, 8, 1) + Math.floor(between(seed, 1, 0, 150)) * 86_400_000);
  const written = (date: Date) => date.toISOString().slice(0, 10);
  const warranty = new Date(day);
  warranty.setUTCFullYear(day.getUTCFullYear() + 5);
  return {
    code: unit.code,
    name: unit.name,
    family: unit.family,
    placeId,
    ...(unit.gateway ? { gateway: unit.gateway } : {}),
    state: 'in-use' as const,
    bearer: bearerOf(unit),
    protocol: unit.gateway ? 'gateway' : 'mqtt',
    maker: unit.maker,
    serial: `${unit.code.slice(0, 2)}${String(Math.floor(between(seed, 2, 1e9, 9.99e9)))}`,
    productionDate: written(day),
    warrantyUntil: written(warranty),
  };
}
