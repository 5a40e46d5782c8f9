import { type TSchema, Type } from 'typebox';
import { domains, shapes, units } from './measure.ts';

const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Texts = Type.Array(Type.String());

export const MeasureRef = Type.Object({ measure: Type.String({ pattern: '^[a-z][a-z-]{0,40}$' }) });
export const Where = {
  place: Type.Optional(Type.String({ format: 'uuid' })),
  day: Type.Optional(Type.String({ format: 'date' })),
};

export const MeasureView = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  domain: Type.Enum(domains),
  name: Words,
  formula: Words,
  unit: Type.Enum(units),
  shape: Type.Enum(shapes),
  span: Type.Enum(['moment', 'month']),
  grain: Type.String(),
  dimensions: Texts,
  owner: Type.String(),
  sources: Texts,
});

const sums = { num: Type.Integer(), den: Type.Integer(), rows: Type.Integer() };
export const SumsView = Type.Object(sums);
export const FigureView = Type.Object({
  measure: Type.String(),
  version: Type.Integer(),
  day: Type.String(),
  at: Type.String({ format: 'date-time' }),
  frozen: Type.Boolean(),
  value: Nullable(Type.Number()),
  ...sums,
});

export const ChildrenView = Type.Object({
  figure: FigureView,
  itself: SumsView,
  children: Type.Array(
    Type.Object({
      id: Type.String(),
      path: Type.String(),
      kind: Type.String(),
      code: Type.String(),
      name: Type.String(),
      value: Nullable(Type.Number()),
      ...sums,
    }),
  ),
});

export const RowsView = Type.Object({
  figure: FigureView,
  told: Nullable(FigureView),
  items: Type.Array(
    Type.Object({
      ref: Type.String(),
      place: Type.String(),
      name: Nullable(Type.String()),
      placeId: Nullable(Type.String()),
      num: Type.Integer(),
      den: Type.Integer(),
    }),
  ),
  next: Nullable(Type.String()),
});

export const TrendView = Type.Object({ points: Type.Array(FigureView), yearBefore: FigureView });
