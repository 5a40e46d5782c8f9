import { bearers } from '@keystead/contracts/bearer';
import { ThingModelSchema } from '@keystead/contracts/thing-model';
import { type Static, type TSchema, Type } from 'typebox';
import { equipmentClasses } from './equipment-class.ts';
import { lifecycleStates } from './lifecycle.ts';
import { whitelists } from './whitelist.ts';

export const IdText = Type.String({ format: 'uuid' });
export const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const TimeText = Type.String({ format: 'date-time' });
export const DateText = Type.String({ format: 'date' });
const Short = Type.String({ maxLength: 120 });

/** A device number people can read out: letters, digits and a few signs, no blanks (I-5.2.1-a-1). */
export const CodeText = Type.String({ pattern: '^[A-Za-z0-9\\u4e00-\\u9fff][A-Za-z0-9\\u4e00-\\u9fff._:/#-]{0,62}$' });
export const NameText = Type.String({ minLength: 1, maxLength: 120 });
export const FamilyText = Type.String({ pattern: '^[a-z][a-z0-9-]{1,62}$' });
export const LabelsSchema = Type.Record(
  Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,62}$' }),
  Type.String({ maxLength: 200 }),
  { maxProperties: 50 },
);

/** Device file of I-5.2.1-b and H-9.5.1-a. */
const dossier = {
  maker: Nullable(Short),
  productionDate: Nullable(DateText),
  serial: Nullable(Short),
  specification: Nullable(Type.String({ maxLength: 400 })),
  warrantyUntil: Nullable(DateText),
  contractNo: Nullable(Short),
};
export const DossierSchema = Type.Object(dossier);
export type Dossier = Static<typeof DossierSchema>;

const bearing = {
  /** What carries its words (H-7.1-a); apart from the protocol they are in. */
  bearer: Nullable(Type.Enum([...bearers])),
  protocol: Nullable(Type.String({ maxLength: 40 })),
};
const sorted = { equipmentClass: Nullable(Type.Enum([...equipmentClasses])) };

const startingStates = lifecycleStates.filter((state) => state !== 'retired' && state !== 'scrapped');

/** A new thing. `state` other than `planned` takes over something that exists already, without its gates. */
export const ThingDraftSchema = Type.Object({
  code: CodeText,
  name: NameText,
  family: FamilyText,
  /** The newest version of the family when absent. */
  modelVersion: Type.Optional(Type.Integer({ minimum: 1 })),
  placeId: Type.Optional(Nullable(IdText)),
  /** Code of the gateway it stands behind. */
  gateway: Type.Optional(CodeText),
  state: Type.Optional(Type.Enum(startingStates)),
  labels: Type.Optional(LabelsSchema),
  ...Type.Partial(Type.Object({ ...dossier, ...bearing, ...sorted })).properties,
});
export type ThingDraft = Static<typeof ThingDraftSchema>;

export const ThingChangeSchema = Type.Object({
  name: Type.Optional(NameText),
  modelVersion: Type.Optional(Type.Integer({ minimum: 1 })),
  placeId: Type.Optional(Nullable(IdText)),
  labels: Type.Optional(LabelsSchema),
  ...Type.Partial(Type.Object({ ...dossier, ...bearing, ...sorted })).properties,
});
export type ThingChange = Static<typeof ThingChangeSchema>;

export const ThingView = Type.Object({
  number: Type.Integer(),
  id: IdText,
  organisation: IdText,
  place: Type.String(),
  placeId: Nullable(IdText),
  placeName: Nullable(Type.String()),
  code: Type.String(),
  name: Type.String(),
  family: Type.String(),
  modelVersion: Type.Integer(),
  state: Type.Enum(lifecycleStates),
  whitelist: Type.Enum(whitelists),
  ...bearing,
  ...sorted,
  ...dossier,
  labels: Type.Record(Type.String(), Type.String()),
  online: Type.Enum(['unknown', 'online', 'offline']),
  onlineSince: Nullable(TimeText),
  lastHeard: Nullable(TimeText),
  connected: Type.Boolean(),
  runHours: Type.Number(),
  energyKwh: Type.Number(),
  version: Type.Integer(),
});
export type ThingRow = Static<typeof ThingView>;

export const ThingFilterSchema = Type.Object({
  text: Type.Optional(Type.String({ maxLength: 100 })),
  /** Families, comma-separated. */
  family: Type.Optional(Type.String({ maxLength: 500 })),
  function: Type.Optional(Short),
  domain: Type.Optional(Short),
  specification: Type.Optional(Short),
  /** Path of a place: everything in its subtree. */
  under: Type.Optional(Type.String({ maxLength: 200 })),
  online: Type.Optional(Type.Enum(['unknown', 'online', 'offline'])),
  state: Type.Optional(Type.Enum(lifecycleStates)),
  whitelist: Type.Optional(Type.Enum(whitelists)),
  equipmentClass: Type.Optional(Type.Enum([...equipmentClasses])),
  runHoursFrom: Type.Optional(Type.Number({ minimum: 0 })),
  runHoursTo: Type.Optional(Type.Number({ minimum: 0 })),
  energyFrom: Type.Optional(Type.Number({ minimum: 0 })),
  energyTo: Type.Optional(Type.Number({ minimum: 0 })),
});
export type ThingFilter = Static<typeof ThingFilterSchema>;

export const ThingListQuery = Type.Object({
  ...ThingFilterSchema.properties,
  /** Also count everything that matches. */
  count: Type.Boolean({ default: false }),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
});

const { properties: _properties, version: _version, ...modelFields } = ThingModelSchema.properties;
const { key: _key, ...propertyFields } = ThingModelSchema.properties.properties.items.properties;

/** A model as people write it: keys and version are given by the platform. */
export const ModelDraftSchema = Type.Object({
  ...modelFields,
  properties: Type.Array(Type.Object(propertyFields), { maxItems: 512 }),
});
export type ModelDraft = Static<typeof ModelDraftSchema>;

export const FaultView = Type.Object({
  line: Type.Integer(),
  column: Type.Optional(Type.String()),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
});

export const EvidenceSchema = Type.Object({
  note: Type.Optional(Type.String({ maxLength: 2000 })),
  evaluation: Type.Optional(Type.String({ maxLength: 4000 })),
  guide: Type.Optional(Type.String({ maxLength: 2000 })),
  reason: Type.Optional(Type.String({ maxLength: 2000 })),
  measured: Type.Optional(
    Type.Array(Type.Object({ item: Short, value: Short, passed: Type.Boolean() }), { maxItems: 100 }),
  ),
});

/** A value that is measured at commissioning; numbers are judged by their limits. */
export const CommissioningPointSchema = Type.Object({
  item: Type.String({ minLength: 1, maxLength: 120 }),
  unit: Type.Optional(Type.String({ maxLength: 20 })),
  low: Type.Optional(Type.Number()),
  high: Type.Optional(Type.Number()),
  tool: Type.Optional(Type.String({ maxLength: 120 })),
});
