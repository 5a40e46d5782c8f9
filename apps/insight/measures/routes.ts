import { InputInvalid } from '@keystead/contracts/problem';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { measures } from './catalogue.ts';
import { MeasureMissing } from './problems.ts';
import { ChildrenView, FigureView, MeasureRef, MeasureView, RowsView, TrendView, Where } from './schemas.ts';
import type { Figure, Figures } from './service.ts';

const problems = [MeasureMissing, PlaceMissing, InputInvalid];
export const figureView = (figure: Figure) => ({ ...figure, at: figure.at.toISOString() });

export const measureRoutes = (figures: Figures): MountedRoute[] => [
  route({
    id: 'measures.list',
    at: 'GET /',
    summary: 'Every measure with its formula, unit, grain, owner and sources',
    permission: 'measure:read',
    reply: Type.Array(MeasureView),
    run: async () =>
      measures.map(({ source: _, counting: __, dimensions, sources, ...rest }) => ({
        ...rest,
        dimensions: [...dimensions],
        sources: [...sources],
      })),
  }),
  route({
    id: 'measures.figures',
    at: 'GET /figures',
    summary: 'Every figure on a day for a place; as told then, when the day is over and was kept',
    permission: 'measure:read',
    query: Type.Object(Where),
    reply: Type.Array(FigureView),
    problems: [PlaceMissing, InputInvalid],
    run: async ({ actor, query }) => (await figures.all(actor, query)).map(figureView),
  }),
  route({
    id: 'measures.figure',
    at: 'GET /:measure/figure',
    summary: 'A figure on a day for a place; as it was told then, when the day is over',
    permission: 'measure:read',
    params: MeasureRef,
    query: Type.Object(Where),
    reply: FigureView,
    problems,
    run: async ({ actor, params, query }) => figureView(await figures.figure(actor, { ...params, ...query })),
  }),
  route({
    id: 'measures.children',
    at: 'GET /:measure/children',
    summary: 'A figure and its parts by the next level of places, or by projects or buildings; the parts add up',
    permission: 'measure:read',
    params: MeasureRef,
    query: Type.Object({ ...Where, kind: Type.Optional(Type.Enum(['project', 'building'])) }),
    reply: ChildrenView,
    problems,
    run: async ({ actor, params, query }) => {
      const { figure, ...rest } = await figures.children(actor, { ...params, ...query });
      return { figure: figureView(figure), ...rest };
    },
  }),
  route({
    id: 'measures.rows',
    at: 'GET /:measure/rows',
    summary: 'The rows a figure counts',
    permission: 'measure:read',
    params: MeasureRef,
    query: Type.Object({
      ...Where,
      limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
      after: Type.Optional(Type.String({ maxLength: 80 })),
    }),
    reply: RowsView,
    problems,
    run: async ({ actor, params, query: { limit, after, ...where } }) => {
      const { figure, told, ...rest } = await figures.rows(actor, { ...params, ...where }, { limit, after });
      return { figure: figureView(figure), told: told && figureView(told), ...rest };
    },
  }),
  route({
    id: 'measures.trend',
    at: 'GET /:measure/trend',
    summary: 'A figure at the ends of the months before, and a year before',
    permission: 'measure:read',
    params: MeasureRef,
    query: Type.Object({ ...Where, months: Type.Integer({ minimum: 1, maximum: 36, default: 12 }) }),
    reply: TrendView,
    problems,
    run: async ({ actor, params, query: { months, ...where } }) => {
      const { points, yearBefore } = await figures.trend(actor, { ...params, ...where }, months);
      return { points: points.map(figureView), yearBefore: figureView(yearBefore) };
    },
  }),
];
