import { type Actor, systemActor } from '@keystead/contracts/access';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { QueueBell } from './bell.ts';
import type { CommandRow, WantedReading } from './command.ts';
import { isSeen } from './shown.ts';
import { toldColumns } from './store.ts';
import type { Telling, Told } from './telling.ts';

interface Deps extends Pick<Kernel, 'db' | 'clock'> {
  things: Pick<ThingsService, 'refs'>;
  telemetry: Pick<TelemetryService, 'latestPoints'>;
  bell: QueueBell;
  telling: Telling;
}

type Moved = Told & Pick<CommandRow, 'number' | 'thing' | 'urgent' | 'requester_name'>;

interface Open {
  number: number;
  thing: number;
  read_back: WantedReading;
  sent_at: Date;
}

const most = 1000;
const clockActor = (row: Told): Actor => systemActor('commands', row.organisation);

/** What happens to commands by itself: windows open, deadlines pass, readings come back. Runs in the worker. */
export function createUpkeep({ db, clock, things, telemetry, bell, telling }: Deps) {
  /** Moves on everything whose time has come; returns how many. */
  async function sweep(): Promise<number> {
    const now = clock.now();
    return db.systemTransaction(async (tx) => {
      const rows = await tx.all(sql<Moved>`
        update commands.command c set
          state = case when c.state = 'approved' then 'queued' when c.state = 'acknowledged' then 'failed'
            when c.state = 'sent' and c.broken_at is not null then 'failed' else 'expired' end,
          failure = case when c.state = 'approved' then null when c.state = 'acknowledged' then 'read-back'
            when c.state = 'sent' and c.broken_at is not null then 'unknown' when c.state = 'sent' then 'no-answer'
            when c.state = 'awaiting-approval' then 'not-approved' else 'not-sent' end,
          queued_at = case when c.state = 'approved' then ${now}::timestamptz else c.queued_at end,
          deadline = case when c.state = 'approved' then opened.until else c.deadline end,
          ended_at = case when c.state = 'approved' then null else ${now}::timestamptz end,
          due = case when c.state = 'approved' then opened.until end
        from (select number, least(${now}::timestamptz + make_interval(secs => deadline_s), window_until) as until
          from commands.command where ended_at is null and due <= ${now} order by due limit ${most} for update skip locked) opened
        where c.number = opened.number returning ${toldColumns}`);
      if (rows.length === 0) return 0;
      await Promise.all([
        telling.journal(
          tx,
          rows.map((row) => ({ actor: clockActor(row), row, verb: row.state === 'queued' ? 'open' : 'end' })),
        ),
        telling.announce(tx, rows),
      ]);
      tx.afterCommit(() => {
        for (const row of rows) if (row.state === 'queued') bell.ring(row.thing, row.urgent);
      });
      return rows.length;
    });
  }

  /** Compares what devices report with what was wanted of them; returns how many were seen. */
  async function verify(): Promise<number> {
    const open = await db.systemRead(sql<Open>`
      select number, thing, read_back, sent_at from commands.command
      where ended_at is null and read_back is not null and seen_at is null and state in ('sent', 'acknowledged') order by number limit ${most}`);
    if (open.length === 0) return 0;
    const numbers = [...new Set(open.map(({ thing }) => thing))];
    const [refs, points] = await Promise.all([things.refs(numbers), telemetry.latestPoints(numbers)]);
    const seen = open.filter(({ thing, read_back, sent_at }) => {
      const model = refs.get(thing)?.model;
      return model !== undefined && isSeen(model, read_back, sent_at, points.get(thing));
    });
    if (seen.length === 0) return 0;
    const now = clock.now();
    return db.systemTransaction(async (tx) => {
      const rows = await tx.all(sql<Moved>`
        update commands.command c set seen_at = ${now}, state = case when c.state = 'acknowledged' then 'verified' else c.state end,
          ended_at = case when c.state = 'acknowledged' then ${now}::timestamptz end,
          due = case when c.state = 'acknowledged' then null else c.due end
        where c.number = any(${seen.map(({ number }) => number)}::bigint[]) and c.seen_at is null
          and c.state in ('sent', 'acknowledged') returning ${toldColumns}`);
      const verified = rows.filter(({ state }) => state === 'verified');
      await Promise.all([
        telling.journal(
          tx,
          verified.map((row) => ({ actor: clockActor(row), row, verb: 'verify' })),
        ),
        telling.announce(tx, verified),
      ]);
      return rows.length;
    });
  }

  return { sweep, verify };
}

export type Upkeep = ReturnType<typeof createUpkeep>;
