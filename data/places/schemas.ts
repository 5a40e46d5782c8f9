import { type Static, type TSchema, Type } from 'typebox';
import { GeometrySchema } from './geometry.ts';
import { AttributesSchema, PlaceKindSchema } from './kinds.ts';

const IdText = Type.String({ format: 'uuid' });
const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** Codes stand in paths of codes (`HX/B1/301`), so they hold no slash and no white space at the ends. */
export const CodeText = Type.String({ pattern: '^[^/\\s]([^/\\n\\t]{0,62}[^/\\s])?$' });
const NameText = Type.String({ minLength: 1, maxLength: 120 });
const Tags = Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 50, uniqueItems: true });
const DivisionCode = Type.String({ pattern: '^[0-9]{2,12}$' });
const Order = Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 });

const editable = {
  order: Type.Optional(Order),
  tags: Type.Optional(Tags),
  divisionCode: Type.Optional(Nullable(DivisionCode)),
  attributes: Type.Optional(AttributesSchema),
  geometry: Type.Optional(Nullable(GeometrySchema)),
};

export const PlaceDraftSchema = Type.Object({
  parent: Nullable(IdText),
  kind: PlaceKindSchema,
  code: CodeText,
  name: NameText,
  ...editable,
});
export type PlaceDraft = Static<typeof PlaceDraftSchema>;

export const PlaceChangeSchema = Type.Object({
  code: Type.Optional(CodeText),
  name: Type.Optional(NameText),
  retired: Type.Optional(Type.Boolean()),
  ...editable,
});
export type PlaceChange = Static<typeof PlaceChangeSchema>;

export const PlaceView = Type.Object({
  id: IdText,
  organisation: IdText,
  parent: Nullable(IdText),
  kind: PlaceKindSchema,
  code: Type.String(),
  name: Type.String(),
  path: Type.String(),
  order: Type.Integer(),
  tags: Type.Array(Type.String()),
  divisionCode: Nullable(Type.String()),
  retired: Type.Boolean(),
  attributes: AttributesSchema,
  geometry: Nullable(GeometrySchema),
  version: Type.Integer(),
});

/** One row of an import: `path` is the path of codes, the last of them the new place's own. */
export const PlaceRowSchema = Type.Object({
  path: Type.String({ minLength: 1, maxLength: 800 }),
  kind: Type.String({ maxLength: 40 }),
  name: Type.String({ maxLength: 200 }),
  order: Type.Optional(Type.Integer()),
  tags: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 50 })),
  divisionCode: Type.Optional(Type.String({ maxLength: 20 })),
  attributes: Type.Optional(AttributesSchema),
});
export type PlaceImportRow = Static<typeof PlaceRowSchema>;

export const FaultView = Type.Object({
  line: Type.Integer(),
  column: Type.Optional(Type.String()),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
});

export const ImportReply = Type.Object({
  /** Id of what was committed, to be undone by; null when nothing was. */
  batch: Nullable(IdText),
  dryRun: Type.Boolean(),
  rows: Type.Integer(),
  created: Type.Integer(),
  unchanged: Type.Integer(),
  errors: Type.Array(FaultView),
});
export type ImportResult = Static<typeof ImportReply>;

const GridHouseView = Type.Object({
  id: IdText,
  code: Type.String(),
  name: Type.String(),
  path: Type.String(),
  unit: Nullable(IdText),
  floor: Nullable(IdText),
  column: Type.Integer(),
  tags: Type.Array(Type.String()),
  retired: Type.Boolean(),
  attributes: AttributesSchema,
  version: Type.Integer(),
});

const Labelled = { id: IdText, code: Type.String(), name: Type.String() };

export const GridView = Type.Object({
  building: Type.Object({ ...Labelled, path: Type.String() }),
  units: Type.Array(Type.Object(Labelled)),
  floors: Type.Array(
    Type.Object({
      level: Nullable(Type.Integer()),
      label: Type.String(),
      floors: Type.Array(IdText),
      houses: Type.Array(GridHouseView),
    }),
  ),
  houses: Type.Integer(),
});
