import type { FieldError } from '@keystead/contracts/problem';
import { fieldErrors } from '@keystead/contracts/thing-model';
import { type Static, type TSchema, Type } from 'typebox';

export const placeKinds = [
  'region',
  'project',
  'site',
  'building',
  'workshop',
  'unit',
  'floor',
  'line',
  'station',
  'room',
  'house',
  'rack',
  'zone',
] as const;

export const PlaceKindSchema = Type.Enum(placeKinds);
export type PlaceKind = (typeof placeKinds)[number];

/**
 * Which kind may stand under which; `null` = at the top. Housing runs region → project → building → unit → floor →
 * house; plants run site → workshop → line → station (I-5.2.1-a-4); machine rooms end in room → rack.
 */
const parents: Record<PlaceKind, readonly (PlaceKind | null)[]> = {
  region: [null, 'region'],
  project: [null, 'region'],
  site: [null, 'region'],
  building: ['project', 'site', 'zone'],
  workshop: ['site', 'building', 'floor', 'zone'],
  unit: ['building'],
  floor: ['building', 'unit', 'workshop'],
  line: ['site', 'workshop', 'building', 'floor'],
  station: ['workshop', 'line'],
  room: ['project', 'site', 'building', 'unit', 'floor', 'house', 'workshop'],
  house: ['building', 'unit', 'floor'],
  rack: ['room', 'floor', 'zone'],
  zone: ['region', 'project', 'site', 'building', 'workshop', 'floor', 'room', 'zone'],
};

export const mayStandUnder = (kind: PlaceKind, parent: PlaceKind | null): boolean => parents[kind].includes(parent);

export const isPlaceKind = (text: string): text is PlaceKind => (placeKinds as readonly string[]).includes(text);

const Area = Type.Number({ minimum: 0, maximum: 10_000_000 });
const Count = Type.Integer({ minimum: 0, maximum: 100_000 });
const Text = Type.String({ maxLength: 200 });
/** Fields an organisation adds for itself. */
const Custom = Type.Optional(
  Type.Record(Type.String({ maxLength: 60 }), Type.Union([Text, Type.Number(), Type.Boolean()]), { maxProperties: 40 }),
);

const attributesOf = <P extends Record<string, TSchema>>(fields: P) =>
  Type.Partial(Type.Object({ ...fields, custom: Custom }), { additionalProperties: false });

const address = { address: Text };
const plain = attributesOf({ remark: Text });

/** Decides how cold the devices of a site must be able to work (H-6.1-5); inherited by what lies below. */
const climate = { climateZone: Type.Enum(['severe-cold', 'other']) };

/** Attributes by kind: areas in m², heights in m, `level` = storey as printed in the lift (negative = below ground). */
export const attributeSchemas: Record<PlaceKind, TSchema> = {
  region: attributesOf({ ...climate, remark: Text }),
  project: attributesOf({
    ...address,
    ...climate,
    siteArea: Area,
    floorArea: Area,
    builtYear: Count,
    contact: Text,
    remark: Text,
  }),
  site: attributesOf({ ...address, ...climate, siteArea: Area, contact: Text, remark: Text }),
  building: attributesOf({
    ...address,
    floors: Count,
    basements: Count,
    units: Count,
    builtYear: Count,
    structure: Text,
    height: Area,
    floorArea: Area,
    lifts: Count,
    remark: Text,
  }),
  workshop: attributesOf({ floorArea: Area, remark: Text }),
  unit: attributesOf({ lifts: Count, remark: Text }),
  floor: attributesOf({ level: Type.Integer({ minimum: -20, maximum: 200 }), floorArea: Area, remark: Text }),
  line: plain,
  station: plain,
  room: attributesOf({ use: Text, floorArea: Area, remark: Text }),
  house: attributesOf({
    level: Type.Integer({ minimum: -20, maximum: 200 }),
    column: Type.Integer({ minimum: 1, maximum: 200 }),
    floorArea: Area,
    usableArea: Area,
    layout: Text,
    rooms: Count,
    orientation: Text,
    accessible: Type.Boolean(),
    remark: Text,
  }),
  rack: attributesOf({ heightUnits: Count, powerKw: Area, remark: Text }),
  zone: plain,
};

export const AttributesSchema = Type.Record(Type.String(), Type.Unknown());
export type Attributes = Static<typeof AttributesSchema>;

/** What is wrong with the attributes of a place of this kind; pointers begin at the attributes. */
export const attributeFaults = (kind: PlaceKind, attributes: Attributes): FieldError[] =>
  fieldErrors(attributeSchemas[kind], attributes);
