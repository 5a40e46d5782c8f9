import { type Actor, inScope, type Scope } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { TelemetryService } from '@keystead/data/telemetry';
import { ThingMissing, type ThingRef, type ThingsService } from '@keystead/data/things';
import type { Kernel } from '@keystead/kernel/module';
import type { QueueBell } from './bell.ts';
import { CommandKeyConflict, type CommandRow, type Origin } from './command.ts';
import { type Examined, examine, type Wish } from './examination.ts';
import { Gatherer } from './gatherer.ts';
import type { Sealing } from './sealing.ts';
import { currentValue } from './shown.ts';
import * as store from './store.ts';
import type { Telling } from './telling.ts';

export interface SendingDeps extends Pick<Kernel, 'db' | 'clock' | 'log'> {
  things: Pick<ThingsService, 'numberOf' | 'byNumber'>;
  telemetry: Pick<TelemetryService, 'latestPoints'>;
  bell: QueueBell;
  telling: Telling;
  sealing: Pick<Sealing, 'seal'>;
}

/** Where a command comes from, when not from a person's hand. */
export interface Background {
  origin?: Origin;
  originId?: string;
  chain?: readonly string[];
  group?: { id: string; order: number };
}

interface Asked {
  actor: Actor;
  row: store.NewCommand;
}

const rungByCommit = (row: Pick<CommandRow, 'state' | 'urgent'>): boolean => row.urgent && row.state === 'queued';

const roundMost = 200;
/** What is no emergency may wait this long for company. */
const pace = 8; // ms

/** When an ordinary command, sent at once, would begin and end by itself. */
export function timesFor(row: Pick<CommandRow, 'deadline_s' | 'window_from' | 'window_until'>, now: Date) {
  const opens = row.window_from !== null && row.window_from > now ? row.window_from : null;
  if (opens) return { state: 'approved' as const, queued_at: null, deadline: null, due: opens };
  const own = now.getTime() + row.deadline_s * 1000;
  const deadline = new Date(Math.min(own, row.window_until?.getTime() ?? own));
  return { state: 'queued' as const, queued_at: now, deadline, due: deadline };
}

/** Takes wishes in: examined, written down with their journal line, queued for the device (Concept Command). */
export function createSending({ db, clock, things, telemetry, bell, telling, sealing }: SendingDeps) {
  /** The thing, from memory; ThingMissing also when the actor may not see it. */
  async function thingFor(actor: Actor, id: string): Promise<ThingRef> {
    const number = await things.numberOf(id);
    if (number === undefined) throw new ThingMissing({ id });
    const thing = await things.byNumber(number);
    if (thing.organisation !== actor.scope.organisation || !inScope(actor.scope, thing.place))
      throw new ThingMissing({ id });
    return thing;
  }

  async function before(thing: ThingRef, property: string | undefined): Promise<unknown> {
    if (property === undefined) return null;
    const points = await telemetry.latestPoints([thing.number]);
    return currentValue(thing.model, property, points.get(thing.number)) ?? null;
  }

  function rowOf(actor: Actor, thing: ThingRef, wish: Wish, found: Examined, shown: unknown, from: Background) {
    const now = clock.now();
    const { service, window } = found;
    const origin = from.origin ?? (actor.kind === 'key' ? 'key' : 'person');
    const drafted = wish.draft === true || origin === 'model';
    const id = newId(now.getTime());
    const row: store.NewCommand = {
      id,
      organisation: thing.organisation,
      place: thing.place,
      thing: thing.number,
      thing_id: thing.id,
      thing_code: thing.code,
      thing_name: thing.name,
      family: thing.model.family,
      kind: 'service',
      method: service.id,
      method_name: service.name,
      ...sealing.seal(id, found.input, found.digest),
      before: shown,
      risk: service.risk,
      urgent: service.urgent ?? false,
      repeatable: service.repeatable ?? service.risk === 'read',
      origin,
      origin_id: from.originId ?? null,
      chain: [...(from.chain ?? [])],
      requester: actor.id,
      requester_name: actor.name,
      reason: wish.reason ?? '',
      key: wish.key ?? null,
      group_id: from.group?.id ?? null,
      group_order: from.group?.order ?? 0,
      failure: null,
      reply: null,
      read_back: found.readBack,
      record: service.record ?? null,
      deadline_s: wish.expiresIn ?? service.deadline,
      answer_s: service.deadline,
      window_from: window.from,
      window_until: window.until,
      approver: null,
      approver_name: null,
      approval_note: null,
      created_at: now,
      approved_at: null,
      sent_at: null,
      sends: 0,
      sender: null,
      broken_at: null,
      acknowledged_at: null,
      seen_at: null,
      ended_at: null,
      state: 'drafted',
      queued_at: null,
      deadline: null,
      due: window.until,
    };
    if (drafted) return row;
    if (found.approval) return { ...row, state: 'awaiting-approval' as const, due: approvalDue(row, now) };
    return { ...row, ...timesFor(row, now) };
  }

  async function write(scope: Scope, asked: readonly Asked[]): Promise<CommandRow[]> {
    const done = await db.transaction(scope, async (tx) => {
      const numbers = await store.insertAll(
        tx,
        asked.map(({ row }) => row),
      );
      const fresh = asked.filter(({ row }) => numbers.has(row.id));
      const lines = fresh.map(({ actor, row }) => ({
        actor,
        row,
        verb: row.state === 'drafted' ? 'draft' : 'send',
        detail: { reason: row.reason, origin: row.origin, ...(row.origin_id === null ? {} : { by: row.origin_id }) },
      }));
      await Promise.all([
        telling.journal(tx, lines),
        telling.announce(
          tx,
          fresh.map(({ row }) => row),
        ),
      ]);
      bell.ringWith(
        tx,
        fresh.flatMap(({ row }) => (rungByCommit(row) ? [row.thing] : [])),
      );
      const repeated = asked.filter(({ row }) => !numbers.has(row.id));
      const kept = new Map<string, store.Kept>();
      for (const [requester, same] of Map.groupBy(repeated, ({ row }) => row.requester)) {
        const keys = same.map(({ row }) => row.key ?? '');
        for (const row of await store.byKeys(tx, requester, keys)) kept.set(`${requester} ${row.key}`, row);
      }
      return asked.map(({ row }) => {
        const number = numbers.get(row.id);
        return number === undefined ? kept.get(`${row.requester} ${row.key}`) : { ...row, number };
      });
    });
    return done.map((row, index) => {
      if (row === undefined) throw new CommandKeyConflict({ key: asked[index]?.row.key });
      if (row.state === 'queued' && !rungByCommit(row)) bell.ring(row.thing, row.urgent);
      return row;
    });
  }

  async function round(asked: Asked[]): Promise<CommandRow[]> {
    const groups = Map.groupBy(asked, ({ actor }) => JSON.stringify(actor.scope));
    const written = await Promise.all(
      [...groups.values()].map((group) => write((group[0] as Asked).actor.scope, group)),
    );
    const byAsked = new Map(
      [...groups.values()].flatMap((group, at) => group.map((each, n) => [each, written[at]?.[n]])),
    );
    return asked.map((each) => byAsked.get(each) as CommandRow);
  }

  const lanes = { urgent: new Gatherer(round, roundMost), ordinary: new Gatherer(round, roundMost, pace) };

  /**
   * Writes a command down and queues it, or leaves it waiting for a second person. Throws what `examine` throws,
   * ThingMissing, and CommandKeyConflict when the key stands for another wish.
   */
  async function send(actor: Actor, thingId: string, wish: Wish, from: Background = {}): Promise<CommandRow> {
    const thing = await thingFor(actor, thingId);
    const found = examine(actor, thing, wish, clock.now());
    const shown = await before(thing, found.service.readBack?.property);
    const row = rowOf(actor, thing, wish, found, shown, from);
    const made = await lanes[row.urgent ? 'urgent' : 'ordinary'].add({ actor, row });
    const { digest } = made as store.Kept;
    if (made.id !== row.id && !row.digest.equals(digest)) throw new CommandKeyConflict({ key: row.key });
    return made;
  }

  return { send, thingFor, before, settled: () => Promise.all([lanes.urgent.settled(), lanes.ordinary.settled()]) };
}

const approvalLasts = 86_400_000; // ms: nobody agrees for ever

const approvalDue = (row: Pick<CommandRow, 'window_until'>, now: Date): Date =>
  row.window_until ?? new Date(now.getTime() + approvalLasts);

export type Sending = ReturnType<typeof createSending>;
