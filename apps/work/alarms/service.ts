import type { Actor } from '@keystead/contracts/access';
import { EditConflict, Problem } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import { writeCursor } from '@keystead/kernel/http';
import type { Kernel } from '@keystead/kernel/module';
import { AlarmMissing, type AlarmStep, advance, stampFor } from './alarm.ts';
import { figuresOf } from './incident-store.ts';
import { type AlarmRow, alarmView } from './row.ts';
import type { AlarmFilter, AlarmView } from './schemas.ts';
import * as store from './store.ts';
import type { AlarmTelling } from './telling.ts';

/**
 * Another module answers for some alarms and is asked before a person ends one: it throws its own problem to refuse.
 */
export type StepGuard = (
  tx: Tx,
  alarm: { readonly id: string; readonly rule: string },
  step: AlarmStep,
) => Promise<void>;

type Deps = Pick<Kernel, 'db' | 'clock' | 'audit'> & { tell: AlarmTelling };

export interface StepOptions {
  note?: string;
  falsePositive?: boolean;
  /** Version the person saw; another one refuses with EditConflict. */
  version?: number;
}

/** What people do with alarms: look, and take them through the closed loop (H-9.5.1-c-2). */
export function createAlarmDesk({ db, clock, audit, tell }: Deps) {
  const guards: StepGuard[] = [];

  /** Rows as people see them, with the incidents they are part of. */
  async function views(actor: Actor, rows: readonly AlarmRow[]): Promise<AlarmView[]> {
    const incidents = [...new Set(rows.flatMap(({ incident }) => incident ?? []))];
    if (incidents.length === 0) return rows.map((row) => alarmView(row));
    const figures = new Map((await figuresOf(db, actor.scope, incidents)).map((each) => [each.id, each]));
    return rows.map((row) => alarmView(row, figures.get(row.incident ?? '')));
  }

  async function found(actor: Actor, id: string): Promise<AlarmRow> {
    const [row] = await store.find(db, actor.scope, id);
    if (!row) throw new AlarmMissing({ id });
    return row;
  }

  async function list(actor: Actor, filter: store.ListFilter) {
    const limit = filter.limit ?? 50;
    const rows = await store.list(db, actor.scope, filter);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: await views(actor, rows.slice(0, limit)),
      next: last ? writeCursor(last.raised_at, last.id) : null,
    };
  }

  async function step(actor: Actor, id: string, step: AlarmStep, options: StepOptions = {}) {
    return db.transaction(actor.scope, async (tx) => {
      const before = await store.lock(tx, actor.scope, id);
      if (options.version !== undefined && options.version !== before.version)
        throw new EditConflict({ version: before.version });
      const handling = advance(before, step);
      for (const guard of guards) await guard(tx, before, step);
      const column = stampFor(handling);
      const after: AlarmRow = {
        ...before,
        handling,
        ...(column ? { [column]: clock.now() } : {}),
        false_positive: before.false_positive || (options.falsePositive ?? false),
        ...(actor.kind === 'user' && step !== 'close' ? { handler: actor.id, handler_name: actor.name } : {}),
      };
      await store.save(tx, after);
      await store.addStep(tx, after, {
        step,
        from: before.handling,
        to: handling,
        actor: actor.id,
        actorName: actor.name,
        note: options.note ?? '',
        at: clock.now(),
      });
      await tell(tx, after, step);
      await audit.add(tx, actor, {
        action: `alarm.${step}`,
        subject: `alarm:${id}`,
        place: after.place,
        detail: { from: before.handling, to: handling, note: options.note ?? '' },
      });
      return alarmView({ ...after, version: before.version + 1 });
    });
  }

  return {
    list: (actor: Actor, filter: AlarmFilter) => list(actor, filter),

    /** The other alarms of the incident an alarm is part of, newest first; none when it stands for itself. */
    members: async (actor: Actor, id: string, page: Pick<AlarmFilter, 'limit' | 'cursor'>) => {
      const { incident } = await found(actor, id);
      if (incident === null) return { items: [], next: null };
      return list(actor, { ...page, state: 'all', incident, besides: id });
    },

    get: async (actor: Actor, id: string) => {
      const row = await found(actor, id);
      const [[alarm = alarmView(row)], occurrences, steps] = await Promise.all([
        views(actor, [row]),
        store.occurrencesOf(db, actor.scope, id),
        store.stepsOf(db, actor.scope, id),
      ]);
      return {
        alarm,
        occurrences: occurrences.map(({ event_time, at, ...rest }) => ({
          id: rest.id,
          kind: rest.kind,
          severity: rest.severity,
          readings: rest.readings,
          eventTime: event_time.toISOString(),
          at: at.toISOString(),
        })),
        steps: steps.map((taken) => ({ ...taken, at: taken.at.toISOString() })),
      };
    },

    counts: async (actor: Actor) => {
      const rows = await store.counts(db, actor.scope);
      const oldest = rows.reduce<number>(
        (least, row) => Math.min(least, row.oldest?.getTime() ?? least),
        clock.now().getTime(),
      );
      const bySeverity = (what: 'open' | 'standing') =>
        Object.fromEntries(
          [1, 2, 3, 4].map((severity) => [severity, rows.find((row) => row.severity === severity)?.[what] ?? 0]),
        );
      return {
        open: bySeverity('open'),
        standing: bySeverity('standing'),
        active: rows.reduce((sum, row) => sum + row.active, 0),
        new: rows.reduce((sum, row) => sum + row.fresh, 0),
        oldest: Math.round((clock.now().getTime() - oldest) / 1000),
      };
    },

    step,

    /** Asked before each step of a person. */
    guard: (asked: StepGuard): void => void guards.push(asked),

    /** One step for many: each on its own, so that one refusal does not undo the others. */
    stepMany: async (actor: Actor, ids: string[], wanted: AlarmStep, note?: string) => {
      const done: string[] = [];
      const refused: { id: string; type: string }[] = [];
      for (const id of ids) {
        try {
          await step(actor, id, wanted, { note });
          done.push(id);
        } catch (cause) {
          if (!(cause instanceof Problem)) throw cause;
          refused.push({ id, type: cause.type });
        }
      }
      return { done, refused };
    },
  };
}

export type AlarmDesk = ReturnType<typeof createAlarmDesk>;
