import type { Actor, Scope } from '@keystead/contracts/access';
import { type Db, inSubtrees, type Query, sql, underPath } from '@keystead/kernel/db';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import type { Catalogue, Language } from '@keystead/kernel/i18n';
import type { Sheet } from '@keystead/kernel/sheet';
import { CommandMissing, type CommandRow } from './command.ts';
import type { CommandFilter, CommandView } from './schemas.ts';
import { withoutSecrets } from './secret.ts';
import { commandSheet } from './sheet.ts';
import * as store from './store.ts';

const optional = <T>(value: T | null): T | undefined => value ?? undefined;
const time = (at: Date | null): string | undefined => at?.toISOString();

export const commandView = (row: CommandRow): CommandView => ({
  id: row.id,
  number: row.number,
  thing: row.thing_id,
  thingCode: row.thing_code,
  thingName: row.thing_name,
  place: row.place,
  family: row.family,
  kind: row.kind,
  method: row.method,
  methodName: row.method_name,
  input: withoutSecrets(row.input),
  before: row.before,
  risk: row.risk,
  urgent: row.urgent,
  origin: row.origin,
  originId: optional(row.origin_id),
  requester: row.requester,
  requesterName: row.requester_name,
  reason: row.reason,
  group: optional(row.group_id),
  state: row.state,
  failure: optional(row.failure),
  reply: row.reply,
  wanted: optional(row.read_back),
  approver: optional(row.approver),
  approverName: optional(row.approver_name),
  approvalNote: optional(row.approval_note),
  windowFrom: time(row.window_from),
  windowUntil: time(row.window_until),
  createdAt: row.created_at.toISOString(),
  approvedAt: time(row.approved_at),
  queuedAt: time(row.queued_at),
  deadline: time(row.deadline),
  sentAt: time(row.sent_at),
  sends: row.sends,
  acknowledgedAt: time(row.acknowledged_at),
  seenAt: time(row.seen_at),
  endedAt: time(row.ended_at),
});

const literal = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
/** States that no ended command has: the few open ones have an index of their own. */
const openStates = new Set(['drafted', 'awaiting-approval', 'approved', 'queued', 'sent']);
/** Hard real time: an emergency stop or a live parameter is at the device within this. */
const realTimeMs = 100;
const leastForVerdict = 100;
const exportMost = 50_000;

function where(scope: Scope, filter: CommandFilter) {
  const like = `%${literal(filter.text ?? '')}%`;
  return sql`${inSubtrees(scope, 'place')} and ${underPath(filter.place ?? '', 'place')}
    ${filter.thing ? sql`and thing_id = ${filter.thing}` : sql``}
    ${filter.state ? sql`and state = ${filter.state}` : sql``}
    ${filter.state && openStates.has(filter.state) ? sql`and ended_at is null` : sql``}
    ${filter.risk ? sql`and risk = ${filter.risk}` : sql``}
    ${filter.origin ? sql`and origin = ${filter.origin}` : sql``}
    ${filter.method ? sql`and method = ${filter.method}` : sql``}
    ${filter.requester ? sql`and requester = ${filter.requester}` : sql``}
    ${filter.group ? sql`and group_id = ${filter.group}` : sql``}
    ${filter.text ? sql`and (thing_code ilike ${like} or thing_name ilike ${like} or requester_name ilike ${like} or method ilike ${like})` : sql``}
    ${filter.from ? sql`and created_at >= ${filter.from}` : sql``}
    ${filter.to ? sql`and created_at < ${filter.to}` : sql``}`;
}

function rows(scope: Scope, filter: CommandFilter, limit: number): Query<CommandRow> {
  const before = filter.cursor ? readCursor(filter.cursor) : undefined;
  return sql<CommandRow>`
    select * from commands.command where ${where(scope, filter)}
      ${before ? sql`and (created_at, id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``}
    order by created_at desc, id desc limit ${limit}`;
}

interface CalibrationRow {
  id: string;
  thing_id: string;
  command: string;
  method: string;
  input: unknown;
  result: unknown;
  requester_name: string;
  at: Date;
}

/** Commands as people look for them: who, when, what, old and new value, result (I-5.2.2.3-e). */
export function createReading({ db, catalogue }: { db: Db; catalogue: Catalogue }) {
  async function list(actor: Actor, filter: CommandFilter) {
    const limit = filter.limit ?? 50;
    const found = await db.read(actor.scope, rows(actor.scope, filter, limit + 1));
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      items: found.slice(0, limit).map(commandView),
      next: last ? writeCursor(last.created_at, last.id) : null,
    };
  }

  async function get(actor: Actor, id: string): Promise<CommandView> {
    const [row] = await store.find(db, actor.scope, id);
    if (!row) throw new CommandMissing({ id });
    return commandView(row);
  }

  /** At most 50,000 lines, newest first; heads in the language of who asks. */
  async function sheet(actor: Actor, filter: CommandFilter, language: Language): Promise<Sheet> {
    return commandSheet(
      await db.read(actor.scope, rows(actor.scope, filter, exportMost)),
      catalogue.in(language),
      language,
    );
  }

  async function calibrations(actor: Actor, thing: string) {
    const found = await db.read(
      actor.scope,
      sql<CalibrationRow>`
        select id, thing_id, command, method, input, result, requester_name, at from commands.calibration
        where thing_id = ${thing} and ${inSubtrees(actor.scope, 'place')} order by at desc limit 200`,
    );
    return found.map(({ thing_id, requester_name, at, ...row }) => ({
      ...row,
      thing: thing_id,
      by: requester_name,
      at: at.toISOString(),
    }));
  }

  /**
   * How long the last thousand commands of a thing took from the queue to the device's answer, and whether that is fit
   * for hard real time (I-6.1.2-b); undecided below a hundred.
   */
  async function latency(actor: Actor, thing: string) {
    const [row] = await db.read(
      actor.scope,
      sql<{ count: number; p50: number | null; p99: number | null }>`
        select count(*) as count, percentile_cont(0.5) within group (order by ms) as p50,
          percentile_cont(0.99) within group (order by ms) as p99
        from (select extract(epoch from acknowledged_at - queued_at)::float8 * 1000 as ms from commands.command
          where thing_id = ${thing} and ${inSubtrees(actor.scope, 'place')} and acknowledged_at is not null and kind = 'service'
          order by created_at desc, id desc limit 1000) lately`,
    );
    const { count = 0, p50 = null, p99 = null } = row ?? {};
    const verdict = p99 === null || count < leastForVerdict ? 'unknown' : p99 <= realTimeMs ? 'fit' : 'unfit';
    return { count, p50Ms: p50, p99Ms: p99, limitMs: realTimeMs, verdict };
  }

  return { list, get, sheet, calibrations, latency };
}
