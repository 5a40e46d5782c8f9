import { ThingMissing } from '@keystead/data/things';
import type { Clock } from '@keystead/kernel/base';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { Report } from './report.ts';
import { ChangeView, GroupingText, HistoryPoint, LineFilter, LineView, SignalBand, Summary } from './schemas.ts';

const daysMs = 86_400_000;
const Place = Type.Omit(LineFilter, ['only', 'limit']);

/** Lines of all things, for whoever may see the things. */
export const linkRoutes = (report: Report, clock: Clock): MountedRoute[] => [
  route({
    id: 'links.summary',
    at: 'GET /summary',
    summary: 'Count, online rate, delay, loss and signal strength by bearer, site or route',
    permission: 'thing:read',
    query: Type.Interface([Place], { by: Type.Optional(GroupingText) }),
    reply: Type.Array(Summary),
    run: ({ actor, query: { by = 'bearer', ...filter } }) => report.summary(actor, by, filter),
  }),
  route({
    id: 'links.signal',
    at: 'GET /signal',
    summary: 'How many things have a signal of which strength',
    permission: 'thing:read',
    query: Place,
    reply: Type.Array(SignalBand),
    run: ({ actor, query }) => report.signal(actor, query),
  }),
  route({
    id: 'links.lines',
    at: 'GET /lines',
    summary: 'Lines one by one, the worst first: weak, stale, lossy, damaged or silent ones',
    permission: 'thing:read',
    query: LineFilter,
    reply: Type.Array(LineView),
    run: ({ actor, query }) => report.lines(actor, query),
  }),
  route({
    id: 'links.history',
    at: 'GET /history',
    summary: 'Online rate, loss, delay and signal strength of the past, each five minutes',
    permission: 'thing:read',
    query: Type.Interface([Place], { hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 720 })) }),
    reply: Type.Array(HistoryPoint),
    run: ({ actor, query: { hours = 24, ...filter } }) => {
      const to = clock.now();
      return report.history(
        actor,
        { from: new Date(to.getTime() - (hours * daysMs) / 24), to: new Date(to.getTime() + 1) },
        filter,
      );
    },
  }),
  route({
    id: 'links.changes',
    at: 'GET /:id/changes',
    summary: 'What an edge agent told of its lines in the last days: breaks, losses, switches, parameters',
    permission: 'thing:read',
    params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
    reply: Type.Array(ChangeView),
    problems: [ThingMissing],
    run: ({ actor, params }) => report.changes(actor, params.id),
  }),
];
