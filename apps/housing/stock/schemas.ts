import { type TSchema, Type } from 'typebox';
import { DossierSchema } from './dossier.ts';
import { houseStates, houseSteps } from './house-state.ts';
import { happeningKinds } from './timeline.ts';

export const Id = Type.String({ format: 'uuid' });
const Moment = Type.String({ format: 'date-time' });
const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
export const HouseRef = Type.Object({ id: Id });
export const StateSchema = Type.Enum(houseStates);
const StepSchema = Type.Enum(houseSteps);

export const FilterQuery = {
  state: Type.Optional(Type.String({ maxLength: 120, pattern: '^[a-z,-]+$' })),
  under: Type.Optional(Type.String({ maxLength: 400, pattern: '^([0-9a-z]+/)*$' })),
  text: Type.Optional(Type.String({ maxLength: 100 })),
  core: Type.Optional(Type.Boolean()),
  repairing: Type.Optional(Type.Boolean()),
  incomplete: Type.Optional(Type.Boolean()),
  vacantDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 36_500 })),
};

const standing = {
  id: Id,
  place: Type.String(),
  code: Type.String(),
  name: Type.String(),
  tags: Type.Array(Type.String()),
  state: StateSchema,
  since: Moment,
  vacantSince: Nullable(Moment),
  reservedUntil: Nullable(Moment),
  repairing: Type.Boolean(),
  lease: Nullable(Id),
  completeness: Type.Integer(),
  version: Type.Integer(),
};

export const HouseLineView = Type.Object({
  ...standing,
  core: Type.Boolean(),
  address: Nullable(Type.String()),
  layout: Nullable(Type.String()),
  floorArea: Nullable(Type.Number()),
});
export const HousePage = Type.Object({ items: Type.Array(HouseLineView), next: Nullable(Type.String()) });

export const CountsView = Type.Object({
  items: Type.Array(
    Type.Object({ state: StateSchema, count: Type.Integer(), repairing: Type.Integer(), incomplete: Type.Integer() }),
  ),
});

const Attributes = Type.Record(Type.String(), Type.Unknown());
const GroupScore = Type.Object({ filled: Type.Integer(), required: Type.Integer() });
export const HouseView = Type.Object({
  ...standing,
  attributes: Attributes,
  dossier: DossierSchema,
  missing: Type.Array(Type.String()),
  groups: Type.Record(Type.String(), GroupScore),
  steps: Type.Array(Type.Object({ step: StepSchema, needs: Type.Array(Type.String()) })),
});

const openingFields = {
  dossier: DossierSchema,
  /** A state that no lease stands behind. */
  state: Type.Optional(Type.Enum(['undelivered', 'vacant', 'maintenance', 'disabled'])),
  since: Type.Optional(Moment),
  reason: Type.Optional(Text(400)),
};
export const OpeningBody = Type.Object(openingFields);
const PlaceFields = {
  name: Text(120),
  tags: Type.Array(Text(40), { maxItems: 50, uniqueItems: true }),
  attributes: Attributes,
};
export const HouseDraft = Type.Object({
  parent: Id,
  code: Text(64),
  name: PlaceFields.name,
  tags: Type.Optional(PlaceFields.tags),
  attributes: Type.Optional(Attributes),
  ...openingFields,
});

const Entries = Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Type.Unknown(), { maxProperties: 40 }));
/** Entries laid over what is there; null takes one out. */
export const ChangeBody = Type.Object({
  place: Type.Optional(Type.Partial(Type.Object(PlaceFields))),
  location: Entries,
  building: Entries,
  ownership: Entries,
  lease: Entries,
  management: Entries,
});

export const StepBody = Type.Object({
  step: StepSchema,
  reason: Type.Optional(Text(400)),
});

export const StatusView = Type.Object({
  number: Type.Integer(),
  at: Moment,
  recordedAt: Moment,
  step: Type.String(),
  from: Type.String(),
  to: StateSchema,
  repairing: Type.Boolean(),
  actor: Type.String(),
  actorName: Type.String(),
  reason: Nullable(Type.String()),
  lease: Nullable(Id),
  handover: Nullable(Id),
});
export const EditionView = Type.Object({
  number: Type.Integer(),
  at: Moment,
  actorName: Type.String(),
  groups: Type.Array(Type.String()),
  dossier: DossierSchema,
  facts: Type.Object({ name: Type.String(), tags: Type.Array(Type.String()), attributes: Attributes }),
});
export const AsOfView = Type.Object({ status: Nullable(StatusView), edition: Nullable(EditionView) });

export const TimelineView = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      at: Moment,
      kind: Type.Enum(happeningKinds),
      what: Type.String(),
      refKind: Type.String(),
      ref: Type.String(),
      title: Type.String(),
      by: Nullable(Type.String()),
      detail: Attributes,
    }),
  ),
  next: Nullable(Type.String()),
});

export const GridStates = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      state: StateSchema,
      since: Moment,
      vacantSince: Nullable(Moment),
      repairing: Type.Boolean(),
      completeness: Type.Integer(),
    }),
  ),
});

const Name = Type.Object({ zh: Type.String(), en: Type.String() });
const linked = {
  devices: Type.Array(
    Type.Object({
      id: Id,
      code: Type.String(),
      name: Type.String(),
      family: Type.String(),
      online: Type.String(),
      lastHeard: Nullable(Moment),
      values: Type.Record(Type.String(), Type.Unknown()),
      alarms: Type.Integer(),
    }),
  ),
  alarms: Type.Array(
    Type.Object({
      id: Id,
      title: Name,
      severity: Type.Integer(),
      condition: Type.String(),
      handling: Type.String(),
      raisedAt: Moment,
      subject: Type.Object({ kind: Type.String(), id: Type.String(), code: Type.String(), name: Type.String() }),
    }),
  ),
};
export const LinkedView = Type.Object(linked);
export const WholeView = Type.Object({
  house: Type.Object(standing),
  ...linked,
  lease: Nullable(
    Type.Object({
      id: Id,
      number: Type.String(),
      state: Type.String(),
      from: Nullable(Type.String()),
      to: Nullable(Type.String()),
      household: Nullable(Id),
      tenant: Nullable(Type.String()),
    }),
  ),
  household: Nullable(Type.Object({ id: Id, name: Type.String(), members: Type.Integer() })),
});

export const ProjectsView = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      code: Type.String(),
      name: Type.String(),
      path: Type.String(),
      address: Nullable(Type.String()),
      /** GeoJSON in WGS-84. */
      geometry: Type.Unknown(),
      states: Type.Array(Type.Object({ state: StateSchema, count: Type.Integer() })),
    }),
  ),
});

export const StockImportView = Type.Object({
  batch: Nullable(Id),
  dryRun: Type.Boolean(),
  rows: Type.Integer(),
  created: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  errors: Type.Array(
    Type.Object({
      line: Type.Integer(),
      column: Type.Optional(Type.String()),
      code: Type.String(),
      detail: Type.Optional(Type.String()),
    }),
  ),
});
