import { type Actor, pathRange } from '@keystead/contracts/access';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import type { Clock } from '@keystead/kernel/base';
import { type Db, inSubtrees, sql } from '@keystead/kernel/db';
import { nearBearers, staleBeats, weakBelow } from './line.ts';
import type { LineFilter, LineView, SignalBand, Summary } from './schemas.ts';

export type Grouping = 'bearer' | 'site' | 'site-bearer' | 'route';

interface Deps {
  db: Db;
  clock: Clock;
  things: Pick<ThingsService, 'get'>;
  telemetry: Pick<TelemetryService, 'events'>;
}

const site = sql`case when l.place = '' then '' else split_part(l.place, '/', 1) || '/' end`;
const route = sql`coalesce(l.gateway_code, l.protocol, '')`;
const weak = sql`m.rssi < case when l.bearer = any(${[...nearBearers]}) then ${weakBelow.near}::real else ${weakBelow.far}::real end`;
/** dBm of the lower end of each band; the first has none. */
const bandWidth = 10;
const mostGroups = 2_000;
/** What agents tell when a line or a way changes. */
const changeEvents = new Set([
  'link-broken',
  'link-restored',
  'link-lossy',
  'frames-damaged',
  'link-switched',
  'line-switched',
  'parameters-changed',
]);

const number = (value: number | null): number | null => (value === null ? null : Math.round(value * 100) / 100);

/** Answers about lines, for the things an actor may see. */
export function createReport({ db, clock, things, telemetry }: Deps) {
  const stale = () => sql`l.last_heard + make_interval(secs => ${staleBeats} * l.interval_s) <= ${clock.now()}`;
  const visible = (actor: Actor, place: string, bearer: string | undefined) => {
    const { lo, hi } = pathRange(place);
    const carried = bearer === undefined ? sql`` : sql`and coalesce(l.bearer, '') = ${bearer}`;
    return sql`${inSubtrees(actor.scope, 'l.place')} and l.place >= ${lo} collate "C" and l.place < ${hi} collate "C" ${carried}`;
  };

  /** Count, online rate, delay, loss and signal strength by bearer, site or route (H-7.1-a, H-7.1-c-1). */
  async function summary(actor: Actor, by: Grouping, { place = '', bearer }: LineFilter): Promise<Summary[]> {
    const wantsSite = by === 'site' || by === 'site-bearer';
    const wantsBearer = by === 'bearer' || by === 'site-bearer';
    const rows = await db.read(
      actor.scope,
      sql<Omit<Summary, 'rate'>>`
        select g.*, p.name as "siteName" from (
          select ${wantsSite ? site : sql`null::text`} as site, ${wantsBearer ? sql`coalesce(l.bearer, '')` : sql`null::text`} as bearer,
            ${by === 'route' ? route : sql`null::text`} as route, count(*)::int as total,
            count(*) filter (where l.online = 'online')::int as online, count(*) filter (where l.online = 'offline')::int as offline,
            count(*) filter (where l.online = 'unknown')::int as unknown, count(*) filter (where ${stale()})::int as stale,
            count(*) filter (where ${weak})::int as weak, avg(l.loss) filter (where l.online <> 'unknown')::float8 as loss,
            avg(m.latency_ms)::float8 as latency, avg(m.rssi)::float8 as rssi, coalesce(sum(m.damaged), 0)::float8 as damaged,
            (sum(l.breaks) + coalesce(sum(m.breaks), 0))::float8 as breaks
          from things_pub.line l left join links.measured m on m.thing = l.number
          where ${visible(actor, place, bearer)} group by 1, 2, 3) g
        left join places_pub.place p on p.path = g.site collate "C" order by g.site, g.total desc limit ${mostGroups}`,
    );
    return rows.map((row) => ({
      ...row,
      rate: row.online + row.offline === 0 ? null : row.online / (row.online + row.offline),
      loss: row.loss === null ? null : Math.round(row.loss * 1e4) / 1e4,
      latency: number(row.latency),
      rssi: number(row.rssi),
    }));
  }

  /** How many things have a signal of which strength, by bands of 10 dB (H-7.1-c-2). */
  async function signal(actor: Actor, { place = '', bearer }: LineFilter): Promise<SignalBand[]> {
    return db.read(
      actor.scope,
      sql<SignalBand>`
        select (floor(greatest(-140, least(-20, m.rssi)) / ${bandWidth}::real) * ${bandWidth}::real)::int as "from", count(*)::int as count,
          count(*) filter (where ${weak})::int as weak
        from things_pub.line l join links.measured m on m.thing = l.number
        where ${visible(actor, place, bearer)} and m.rssi is not null group by 1 order by 1`,
    );
  }

  /** Lines one by one, the worst first. */
  async function lines(actor: Actor, filter: LineFilter): Promise<LineView[]> {
    const { place = '', bearer, only, limit = 100 } = filter;
    const chosen = {
      weak,
      stale: stale(),
      lossy: sql`l.loss > 0.02`,
      damaged: sql`m.damaged > 0`,
      offline: sql`l.online = 'offline'`,
    };
    const rows = await db.read(
      actor.scope,
      sql<Omit<LineView, 'since' | 'lastHeard'> & { since: Date | null; lastHeard: Date | null }>`
        select l.id, l.code, l.name, l.family, l.bearer, l.protocol, ${route} as route, l.online, l.since, l.last_heard as "lastHeard",
          coalesce(${stale()}, false) as stale, m.rssi::float8 as rssi, coalesce(${weak}, false) as weak, l.loss::float8 as loss,
          m.latency_ms::float8 as latency, coalesce(m.damaged, 0)::float8 as damaged, (l.breaks + coalesce(m.breaks, 0))::float8 as breaks
        from things_pub.line l left join links.measured m on m.thing = l.number
        where ${visible(actor, place, bearer)} ${only ? sql`and ${chosen[only]}` : sql``}
        order by ${only === 'weak' ? sql`m.rssi` : sql`l.loss desc`}, l.number limit ${limit}`,
    );
    return rows.map(({ since, lastHeard, ...row }) => ({
      ...row,
      loss: Math.round(row.loss * 1e4) / 1e4,
      since: since?.toISOString() ?? null,
      lastHeard: lastHeard?.toISOString() ?? null,
    }));
  }

  /** The figures of the past, all sites and bearers of the filter together. */
  async function history(actor: Actor, span: { from: Date; to: Date }, { place = '', bearer }: LineFilter) {
    const { lo, hi } = pathRange(place);
    const carried = bearer === undefined ? sql`` : sql`and s.bearer = ${bearer}`;
    const rows = await db.read(
      actor.scope,
      sql<{
        at: Date;
        rate: number | null;
        loss: number | null;
        latency: number | null;
        rssi: number | null;
        breaks: number;
      }>`
        select s.at, sum(s.online)::float8 / nullif(sum(s.heard), 0) as rate, (sum(s.loss * s.heard) / nullif(sum(s.heard), 0))::float8 as loss,
          avg(s.latency_ms)::float8 as latency, avg(s.rssi)::float8 as rssi, sum(s.breaks)::float8 as breaks
        from links.sample s where ${inSubtrees(actor.scope, 's.place')} and s.place >= ${lo} collate "C" and s.place < ${hi} collate "C"
          and s.at >= ${span.from} and s.at < ${span.to} ${carried} group by s.at order by s.at limit 10000`,
    );
    return rows.map(({ at, latency, rssi, ...row }) => ({
      ...row,
      at: at.toISOString(),
      latency: number(latency),
      rssi: number(rssi),
    }));
  }

  /** What an agent told of its lines and ways in the last days, newest first: breaks, losses, switches, parameters. */
  async function changes(actor: Actor, id: string) {
    const thing = await things.get(actor, id);
    const to = new Date(clock.now().getTime() + 60_000);
    const from = new Date(to.getTime() - 7 * 86_400_000);
    const { items } = await telemetry.events(actor, thing.id, { from, to, limit: 200 });
    return items
      .filter(({ event }) => changeEvents.has(event))
      .slice(0, 50)
      .map(({ time, event, name, data }) => ({
        time,
        event,
        name: name ?? { zh: event, en: event },
        data: data ?? null,
      }));
  }

  return { summary, signal, lines, history, changes };
}

export type Report = ReturnType<typeof createReport>;
