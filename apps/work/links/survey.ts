import type { LatestPoints, TelemetryService } from '@keystead/data/telemetry';
import type { ThingRef, ThingsService } from '@keystead/data/things';
import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';
import { type AgentLine, delayOf, nearBearers, readAgentLines, weakBelow } from './line.ts';

interface Row {
  number: number;
  organisation: string;
  gateway: number | null;
}

interface Measured {
  thing: number;
  organisation: string;
  rssi: number | null;
  latency: number | null;
  damaged: number;
  breaks: number;
}

const chunk = 1_000;
/** Days that the history by site and bearer is kept. */
const keptDays = 30;
const strengthNames = ['rssi', 'rsrp'];

interface Deps {
  db: Db;
  clock: Clock;
  things: Pick<ThingsService, 'refs'>;
  telemetry: Pick<TelemetryService, 'latestPoints'>;
}

/** Gathers what the stream and the agents know of each line (I-5.3.2-1, H-7.1-c-2). */
export function createSurvey({ db, clock, things, telemetry }: Deps) {
  const keyOf = (ref: ThingRef, name: string): number | undefined =>
    ref.model.properties.find(({ id }) => id === name)?.key;

  /** Lines on site by agent and device name. */
  async function agentLines(numbers: readonly number[]): Promise<Map<string, AgentLine>> {
    const lines = new Map<string, AgentLine>();
    const [refs, points] = await Promise.all([things.refs(numbers), telemetry.latestPoints(numbers)]);
    for (const [number, ref] of refs) {
      const key = keyOf(ref, 'links');
      const text = key === undefined ? undefined : points.get(number)?.get(key)?.text;
      for (const [device, line] of readAgentLines(text)) lines.set(`${number} ${device}`, line);
    }
    return lines;
  }

  function measure(row: Row, ref: ThingRef, points: LatestPoints | undefined, line: AgentLine | undefined): Measured {
    const rssi = strengthNames
      .flatMap((name) => keyOf(ref, name) ?? [])
      .map((key) => points?.get(key)?.value)
      .find((value) => value !== undefined && Number.isFinite(value));
    let newest: { time: number; received: number } | undefined;
    for (const point of points?.values() ?? []) if (!newest || point.time > newest.time) newest = point;
    const delay = line?.latency ?? (newest && delayOf(newest.time, newest.received));
    const { number: thing, organisation } = row;
    const { damaged = 0, breaks = 0 } = line ?? {};
    return { thing, organisation, rssi: rssi ?? null, latency: delay ?? null, damaged, breaks };
  }

  async function write(rows: readonly Measured[]): Promise<void> {
    await db.systemTransaction((tx) =>
      tx.run(sql`
        insert into links.measured as m (thing, organisation, rssi, latency_ms, damaged, breaks, at)
        select r.thing, r.organisation, r.rssi, r.latency, r.damaged, r.breaks, ${clock.now()}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as r(thing bigint, organisation uuid, rssi real, latency real, damaged bigint, breaks bigint)
        on conflict (thing) do update set rssi = excluded.rssi, latency_ms = excluded.latency_ms, damaged = excluded.damaged,
          breaks = excluded.breaks, at = excluded.at
        where (m.rssi, m.latency_ms, m.damaged, m.breaks) is distinct from
          (excluded.rssi, excluded.latency_ms, excluded.damaged, excluded.breaks)`),
    );
  }

  /** Looks at every thing once; returns how many there are. */
  async function look(signal?: AbortSignal): Promise<number> {
    let [after, all] = [0, 0];
    while (!signal?.aborted) {
      const rows = await db.systemRead(sql<Row>`
        select number, organisation, gateway from things_pub.line where number > ${after} order by number limit ${chunk}`);
      if (rows.length === 0) break;
      const numbers = rows.map(({ number }) => number);
      const gateways = [...new Set(rows.flatMap(({ gateway }) => gateway ?? []))];
      const [refs, points, lines] = await Promise.all([
        things.refs(numbers),
        telemetry.latestPoints(numbers),
        agentLines(gateways),
      ]);
      const measured = rows.flatMap((row) => {
        const ref = refs.get(row.number);
        if (!ref) return [];
        const line = lines.get(`${row.gateway} ${ref.code}`) ?? lines.get(`${row.gateway} ${ref.name}`);
        return [measure(row, ref, points.get(row.number), line)];
      });
      await write(measured);
      all += rows.length;
      after = numbers.at(-1) ?? after;
    }
    return all;
  }

  /** Keeps the figures of each site and bearer as they are now, and forgets what is old. */
  async function sample(): Promise<void> {
    const now = clock.now();
    await db.systemTransaction(async (tx) => {
      await tx.run(sql`
        insert into links.sample (organisation, place, bearer, at, total, online, heard, weak, loss, latency_ms, rssi, damaged, breaks)
        select l.organisation, case when l.place = '' then '' else split_part(l.place, '/', 1) || '/' end, coalesce(l.bearer, ''), ${now},
          count(*), count(*) filter (where l.online = 'online'), count(*) filter (where l.online <> 'unknown'),
          count(*) filter (where m.rssi < case when l.bearer = any(${[...nearBearers]}) then ${weakBelow.near}::real else ${weakBelow.far}::real end),
          avg(l.loss) filter (where l.online <> 'unknown'), avg(m.latency_ms), avg(m.rssi), coalesce(sum(m.damaged), 0),
          sum(l.breaks) + coalesce(sum(m.breaks), 0)
        from things_pub.line l left join links.measured m on m.thing = l.number group by 1, 2, 3
        on conflict do nothing`);
      await tx.run(
        sql`delete from links.sample where at < ${new Date(now.getTime() - keptDays * 86_400_000)} or at > ${new Date(now.getTime() + 3_600_000)}`,
      );
      await tx.run(
        sql`delete from links.measured m where not exists (select from things_pub.line l where l.number = m.thing)`,
      );
    });
  }

  return { look, sample };
}
