import { copyOut, readRows } from '@keystead/kernel/db/copy';
import type pg from 'pg';
import { lsnOf, segmentAt, segmentName, segmentNumber, timelineOf } from './lsn.ts';
import type { DatabasePart } from './manifest.ts';
import { LogGap } from './problems.ts';

/** The server keeps the log from here on for us, until an increment has it. */
export const slotName = 'keystead_backup';

/** How much log it keeps at most; an increment that comes too late finds a gap, and a full backup is taken. */
const mostKept = '8GB';

export interface ServerFacts {
  system: string;
  version: string;
  segmentBytes: number;
}

export async function serverFacts(client: pg.Client): Promise<ServerFacts> {
  const { rows } = await client.query<{ system: string; version: string; bytes: string }>(
    `select (select system_identifier::text from pg_control_system()) as system,
       current_setting('server_version') as version,
       (select setting from pg_settings where name = 'wal_segment_size') as bytes`,
  );
  const [row] = rows;
  if (!row) throw new Error('the server says nothing of itself');
  return { system: row.system, version: row.version, segmentBytes: Number(row.bytes) };
}

/** Makes the slot when missing or lost. Without a bound of the operator's own the kept log gets one. */
export async function ensureSlot(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ lost: boolean }>(
    `select wal_status = 'lost' as lost from pg_replication_slots where slot_name = $1`,
    [slotName],
  );
  if (rows[0]?.lost) await client.query('select pg_drop_replication_slot($1)', [slotName]);
  if (!rows[0] || rows[0].lost) await client.query('select pg_create_physical_replication_slot($1, true)', [slotName]);
  const bound = await client.query<{ unbounded: boolean }>(
    `select current_setting('max_slot_wal_keep_size') = '-1' as unbounded`,
  );
  if (!bound.rows[0]?.unbounded) return;
  await client.query(`alter system set max_slot_wal_keep_size = '${mostKept}'`);
  await client.query('select pg_reload_conf()');
}

/** Lets the server forget the log before this file. */
export async function advanceSlot(client: pg.Client, segment: string, segmentBytes: number): Promise<void> {
  const lsn = lsnOf((segmentNumber(segment, segmentBytes) + 1n) * BigInt(segmentBytes));
  await client.query(
    `select pg_replication_slot_advance(slot_name, $2::pg_lsn) from pg_replication_slots
     where slot_name = $1 and restart_lsn < $2::pg_lsn and wal_status <> 'lost'`,
    [slotName, lsn],
  );
}

/** Bytes of log that wait for the next increment; 0 without a slot. */
export async function waitingBytes(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    `select coalesce(max(pg_current_wal_lsn() - restart_lsn), 0)::float8 as bytes
     from pg_replication_slots where slot_name = $1`,
    [slotName],
  );
  return rows[0]?.bytes ?? 0;
}

/**
 * Ends the current log file and names the whole ones that this backup does not hold yet. A commit is written first, so
 * that the log reaches up to `now` also in a quiet hour. Throws `LogGap` when it is another cluster by now, or one of
 * the files is gone.
 */
export async function missingSegments(client: pg.Client, part: DatabasePart): Promise<string[]> {
  const { system, segmentBytes } = await serverFacts(client);
  if (system !== part.system) throw new LogGap({ reason: 'another database' });
  await client.query('select pg_current_xact_id()');
  await client.query('select pg_switch_wal()');
  const { rows } = await client.query<{ current: string; kept: string[] }>(
    `select pg_walfile_name(pg_current_wal_insert_lsn()) as current, array(select name from pg_ls_waldir()) as kept`,
  );
  const { current = '', kept = [] } = rows[0] ?? {};
  if (timelineOf(current) !== part.timeline) throw new LogGap({ reason: 'restored since' });
  const held = part.log.at(-1);
  const first = held ? segmentNumber(held.segment, segmentBytes) + 1n : segmentAt(part.stopLsn, segmentBytes);
  const wanted: string[] = [];
  for (let number = first; number < segmentNumber(current, segmentBytes); number++)
    wanted.push(segmentName(part.timeline, number, segmentBytes));
  const have = new Set(kept);
  const gone = wanted.find((name) => !have.has(name));
  if (gone) throw new LogGap({ reason: 'the server no longer has the log', segment: gone });
  return wanted;
}

/** The bytes of one log file. */
export async function readSegment(client: pg.Client, segment: string): Promise<Buffer> {
  if (!/^[0-9A-F]{24}$/.test(segment)) throw new RangeError(`not a log file: ${segment}`);
  const bytes = await copyOut(
    client,
    `copy (select pg_read_binary_file('pg_wal/${segment}')) to stdout (format binary)`,
  );
  const [content] = readRows(bytes, (row) => row.bytea());
  return content ?? Buffer.alloc(0);
}
