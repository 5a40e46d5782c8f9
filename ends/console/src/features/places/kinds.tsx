import {
  AimOutlined,
  ApartmentOutlined,
  BankOutlined,
  BlockOutlined,
  BorderOutlined,
  BuildOutlined,
  DatabaseOutlined,
  GlobalOutlined,
  HddOutlined,
  HomeOutlined,
  NodeIndexOutlined,
  ShopOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

export const kindIcons: Record<string, ReactNode> = {
  region: <GlobalOutlined />,
  project: <BankOutlined />,
  site: <ShopOutlined />,
  building: <BuildOutlined />,
  workshop: <ToolOutlined />,
  unit: <ApartmentOutlined />,
  floor: <BlockOutlined />,
  line: <NodeIndexOutlined />,
  station: <AimOutlined />,
  room: <DatabaseOutlined />,
  house: <HomeOutlined />,
  rack: <HddOutlined />,
  zone: <BorderOutlined />,
};

/** What is offered below each kind, most likely first. The server decides; this only keeps the menu short. */
const offered: Record<string, readonly string[]> = {
  '': ['region', 'project', 'site'],
  region: ['project', 'region', 'site', 'zone'],
  project: ['building', 'zone', 'room'],
  site: ['workshop', 'building', 'line', 'room', 'zone'],
  building: ['unit', 'floor', 'house', 'room', 'workshop', 'line', 'zone'],
  workshop: ['line', 'station', 'floor', 'room', 'zone'],
  unit: ['floor', 'house', 'room'],
  floor: ['house', 'room', 'line', 'rack', 'workshop', 'zone'],
  line: ['station'],
  station: [],
  room: ['rack', 'zone'],
  house: ['room'],
  rack: [],
  zone: ['zone', 'building', 'workshop', 'rack'],
};

export const childKinds = (kind: string | undefined): readonly string[] => offered[kind ?? ''] ?? [];

export type FieldType = 'text' | 'number' | 'whole' | 'yes' | 'climate';

/** Attributes a person fills in, by kind. `remark` belongs to all. Areas in m². */
const fields: Record<string, Readonly<Record<string, FieldType>>> = {
  region: { climateZone: 'climate' },
  project: {
    address: 'text',
    climateZone: 'climate',
    siteArea: 'number',
    floorArea: 'number',
    builtYear: 'whole',
    contact: 'text',
  },
  site: { address: 'text', climateZone: 'climate', siteArea: 'number', contact: 'text' },
  building: {
    address: 'text',
    floors: 'whole',
    basements: 'whole',
    units: 'whole',
    builtYear: 'whole',
    floorArea: 'number',
    lifts: 'whole',
  },
  workshop: { floorArea: 'number' },
  unit: { lifts: 'whole' },
  floor: { level: 'whole', floorArea: 'number' },
  room: { use: 'text', floorArea: 'number' },
  house: {
    level: 'whole',
    column: 'whole',
    floorArea: 'number',
    usableArea: 'number',
    layout: 'text',
    rooms: 'whole',
    orientation: 'text',
    accessible: 'yes',
  },
  rack: { heightUnits: 'whole', powerKw: 'number' },
};

export const attributeFields = (kind: string): [name: string, type: FieldType][] => [
  ...Object.entries(fields[kind] ?? {}),
  ['remark', 'text'],
];
