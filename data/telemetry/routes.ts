import { isZone } from '@keystead/contracts/calendar';
import { InputInvalid, Overloaded } from '@keystead/contracts/problem';
import { ThingMissing } from '@keystead/data/things';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { sheetFile } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import { DelaysView } from './delays.ts';
import { KeepingTooShort } from './keeping.ts';
import { PropertyMissing, SpanRefused } from './problems.ts';
import {
  AggregateView,
  ConsumptionView,
  EventView,
  HistoryView,
  IntakeView,
  KeepingView,
  LatestView,
  PushBody,
  PushView,
  page,
  ReadingView,
  TimelineView,
  When,
} from './schemas.ts';
import type { TelemetryService } from './service.ts';
import { TooManySources } from './sources.ts';

const IdText = Type.String({ format: 'uuid' });
const OfThing = Type.Object({ thing: IdText });
const OfProperty = Type.Object({ thing: IdText, property: Type.String({ minLength: 1, maxLength: 64 }) });
const span = { from: When, to: When };
const Span = Type.Object(span);
const Cursor = Type.Optional(Type.String({ maxLength: 80 }));
const asked = ({ from, to }: { from: string; to: string }) => ({ from: new Date(from), to: new Date(to) });
const problems = [ThingMissing, PropertyMissing, SpanRefused, InputInvalid];

const now = (telemetry: TelemetryService): MountedRoute[] => [
  route({
    id: 'telemetry.latest',
    at: 'GET /things/:thing/latest',
    summary: 'Newest value of each property of a thing',
    permission: 'telemetry:read',
    params: OfThing,
    reply: LatestView,
    problems: [ThingMissing],
    run: ({ actor, params }) => telemetry.latest(actor, params.thing),
  }),
  route({
    id: 'telemetry.latest-of',
    at: 'POST /latest',
    summary: 'Newest values of many things at once; things out of reach are left out',
    permission: 'telemetry:read',
    body: Type.Object({
      things: Type.Array(IdText, { minItems: 1, maxItems: 1000 }),
      properties: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 64 })),
    }),
    reply: Type.Array(LatestView),
    run: ({ actor, body }) => telemetry.latestOf(actor, body.things, body.properties),
  }),
];

const past = (telemetry: TelemetryService): MountedRoute[] => [
  route({
    id: 'telemetry.history',
    at: 'GET /things/:thing/properties/:property/history',
    summary: 'A curve for a chart some pixels wide',
    permission: 'telemetry:read',
    params: OfProperty,
    query: Type.Object({ ...span, points: Type.Integer({ minimum: 1, maximum: 4000, default: 500 }) }),
    reply: HistoryView,
    problems,
    run: ({ actor, params, query }) =>
      telemetry.history(actor, params.thing, params.property, asked(query), query.points),
  }),
  route({
    id: 'telemetry.raw',
    at: 'GET /things/:thing/properties/:property/readings',
    summary: 'Readings one by one, with quality, receive time and source',
    permission: 'telemetry:read',
    params: OfProperty,
    query: Type.Object({
      ...span,
      limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
      cursor: Cursor,
      order: Type.Union([Type.Literal('asc'), Type.Literal('desc')], { default: 'asc' }),
    }),
    reply: page(ReadingView),
    problems,
    run: ({ actor, params, query }) =>
      telemetry.raw(actor, params.thing, params.property, {
        ...asked(query),
        limit: query.limit,
        order: query.order,
        ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
      }),
  }),
  route({
    id: 'telemetry.export',
    at: 'GET /things/:thing/properties/:property/readings.csv',
    summary: 'All readings of a span as CSV for programs',
    permission: 'telemetry:read',
    params: OfProperty,
    query: Span,
    problems,
    run: async ({ actor, params, query }) =>
      sheetFile(await telemetry.sheet(actor, params.thing, params.property, asked(query)), 'csv'),
  }),
  route({
    id: 'telemetry.exportSheet',
    at: 'GET /things/:thing/properties/:property/readings.xlsx',
    summary: 'All readings of a span as XLSX for people',
    permission: 'telemetry:read',
    params: OfProperty,
    query: Span,
    problems,
    run: async ({ actor, params, query, facts }) =>
      sheetFile(await telemetry.sheet(actor, params.thing, params.property, asked(query), facts.language), 'xlsx'),
  }),
  route({
    id: 'telemetry.timeline',
    at: 'GET /things/:thing/properties/:property/timeline',
    summary: 'Which state when, and the share of time in each',
    permission: 'telemetry:read',
    params: OfProperty,
    query: Span,
    reply: TimelineView,
    problems,
    run: ({ actor, params, query }) => telemetry.timeline(actor, params.thing, params.property, asked(query)),
  }),
  route({
    id: 'telemetry.aggregate',
    at: 'GET /things/:thing/properties/:property/aggregate',
    summary: 'Figures by the hour or by the local day',
    permission: 'telemetry:read',
    params: OfProperty,
    query: Type.Object({
      ...span,
      step: Type.Union([Type.Literal('hour'), Type.Literal('day')], { default: 'hour' }),
      zone: Type.String({ maxLength: 40, default: 'Asia/Shanghai' }),
    }),
    reply: AggregateView,
    problems,
    run: async ({ actor, params, query }) => {
      if (!isZone(query.zone)) throw new InputInvalid({ in: 'query' }, [{ pointer: '/zone', code: 'zone' }]);
      return telemetry.aggregate(actor, params.thing, params.property, asked(query), query.step, query.zone);
    },
  }),
  route({
    id: 'telemetry.consumption',
    at: 'GET /things/:thing/properties/:property/consumption',
    summary: 'How much a counter rose, or the area under a rate such as power',
    permission: 'telemetry:read',
    params: OfProperty,
    query: Span,
    reply: ConsumptionView,
    problems,
    run: ({ actor, params, query }) => telemetry.consumption(actor, params.thing, params.property, asked(query)),
  }),
  route({
    id: 'telemetry.events',
    at: 'GET /things/:thing/events',
    summary: 'What a thing said happened, newest first',
    permission: 'telemetry:read',
    params: OfThing,
    query: Type.Object({
      ...span,
      event: Type.Optional(Type.String({ maxLength: 64 })),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Cursor,
    }),
    reply: page(EventView),
    problems: [ThingMissing, InputInvalid],
    run: ({ actor, params, query }) =>
      telemetry.events(actor, params.thing, {
        ...asked(query),
        limit: query.limit,
        ...(query.event === undefined ? {} : { event: query.event }),
        ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
      }),
  }),
];

const taking = (telemetry: TelemetryService): MountedRoute[] => [
  route({
    id: 'telemetry.push',
    at: 'POST /readings',
    summary: 'Readings another cloud delivers; acknowledged once they are committed',
    permission: 'telemetry:write',
    body: PushBody,
    bodyLimit: 4 * 1024 * 1024,
    reply: PushView,
    problems: [InputInvalid, TooManySources, Overloaded],
    run: ({ actor, body }) => telemetry.push(actor, body),
  }),
  route({
    id: 'telemetry.figures',
    at: 'GET /intake',
    summary: 'What came in the last minute, and how far its followers are behind',
    permission: 'system:read',
    reply: IntakeView,
    run: () => telemetry.figures(),
  }),
  route({
    id: 'telemetry.delays',
    at: 'GET /delays',
    summary: 'How long words took from the device to here, by model, and how many broke the limit of their class',
    permission: 'telemetry:read',
    query: Type.Object({ ...span, under: Type.Optional(Type.String({ maxLength: 200 })) }),
    reply: DelaysView,
    problems: [SpanRefused],
    run: ({ actor, query }) => telemetry.delays(actor, { ...asked(query), under: query.under ?? '' }),
  }),
  route({
    id: 'telemetry.keeping',
    at: 'GET /keeping',
    summary: 'How many years signals are kept',
    permission: 'system:read',
    reply: KeepingView,
    run: () => telemetry.keeping.get(),
  }),
  route({
    id: 'telemetry.keep',
    at: 'PUT /keeping',
    summary: 'Keep signals for so many years, five at least',
    permission: 'system:write',
    body: Type.Object({ years: Type.Integer({ minimum: 1, maximum: 100 }) }),
    reply: KeepingView,
    problems: [KeepingTooShort],
    run: ({ actor, body, facts }) => telemetry.keeping.set(actor, body.years, facts.version),
  }),
];

export const telemetryRoutes = (telemetry: TelemetryService): MountedRoute[] => [
  ...now(telemetry),
  ...past(telemetry),
  ...taking(telemetry),
];
