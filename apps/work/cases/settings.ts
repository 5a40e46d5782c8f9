import type { Actor } from '@keystead/contracts/access';
import type { WorkingCalendar } from '@keystead/contracts/calendar';
import { EditConflict } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import { type CalendarRow, calendarsOf, ownCalendars, standardCalendars, usableCalendar } from './calendars.ts';
import type { ServiceClock } from './clock.ts';
import { retarget } from './course.ts';
import type { ServiceLevel } from './kind.ts';
import { caseKinds, kindOf } from './kinds.ts';
import type { NewOpeningRule } from './opening-rule.ts';
import type { Priority } from './priority.ts';
import { CalendarMissing, RuleMissing } from './problems.ts';
import { type ClockRow, clockColumns } from './row.ts';
import type { CaseParts } from './service.ts';
import { saveClock } from './store.ts';
import { furnish, insertRule, rulesOf } from './watch-store.ts';

export interface LevelLine extends ServiceLevel {
  kind: string;
  priority: Priority;
  /** 0 = the kind's own, not yet written by the organisation. */
  version: number;
}

/** What an organisation decides about its cases: opening rules, service levels, calendars. */
export function createCaseSettings({ db, clock, audit }: CaseParts) {
  const change = <T>(actor: Actor, action: string, subject: string, run: (tx: Tx) => Promise<T>): Promise<T> =>
    db.transaction(actor.scope, async (tx) => {
      const result = await run(tx);
      await audit.add(tx, actor, { action, subject });
      return result;
    });

  async function namedCalendar(tx: Tx, organisation: string, name: string): Promise<void> {
    const own = await tx.all(ownCalendars(organisation));
    if (!(name in standardCalendars) && !own.some((each) => each.name === name)) throw new CalendarMissing({ name });
  }

  return {
    rules: (actor: Actor) =>
      db.transaction(actor.scope, async (tx) => {
        await furnish(tx, actor.scope.organisation, clock.now());
        return tx.all(rulesOf(actor.scope.organisation));
      }),

    addRule: (actor: Actor, rule: NewOpeningRule) =>
      db.transaction(actor.scope, async (tx) => {
        if (rule.kind !== '') kindOf(rule.kind);
        await furnish(tx, actor.scope.organisation, clock.now());
        const id = await insertRule(tx, actor.scope.organisation, rule, clock.now());
        await audit.add(tx, actor, { action: 'case-rule.add', subject: `case-rule:${id}`, detail: { ...rule } });
        return { id };
      }),

    /** Replaces a rule; it decides from the next event on. Throws RuleMissing, EditConflict. */
    editRule: (actor: Actor, id: string, version: number | undefined, rule: NewOpeningRule) =>
      change(actor, 'case-rule.edit', `case-rule:${id}`, async (tx) => {
        if (rule.kind !== '') kindOf(rule.kind);
        const found = await tx.one(
          sql<{ version: number }>`select version from cases.rule where id = ${id} for update`,
          () => new RuleMissing({ id }),
        );
        if (found.version !== version) throw new EditConflict({ id, version: found.version });
        await tx.run(sql`
          update cases.rule set position = ${rule.position}, name = ${rule.name}, source = ${rule.source},
            conditions = ${JSON.stringify(rule.conditions)}, kind = ${rule.kind}, delay = ${rule.delay}, enabled = ${rule.enabled},
            changed_at = ${clock.now()}, version = version + 1 where id = ${id}`);
      }),

    removeRule: (actor: Actor, id: string) =>
      change(actor, 'case-rule.remove', `case-rule:${id}`, async (tx) => {
        if ((await tx.run(sql`delete from cases.rule where id = ${id}`)) === 0) throw new RuleMissing({ id });
      }),

    levels: async (actor: Actor): Promise<LevelLine[]> => {
      const own = await db.read(
        actor.scope,
        sql<LevelLine>`select kind, priority, response, resolution, calendar, version from cases.service_level`,
      );
      return caseKinds.flatMap((kind) =>
        ([1, 2, 3, 4] as const).map(
          (priority) =>
            own.find((each) => each.kind === kind.id && each.priority === priority) ?? {
              kind: kind.id,
              priority,
              ...kind.levels[priority],
              version: 0,
            },
        ),
      );
    },

    /** Sets a service level; cases opened from now on have it, open ones keep what was promised. */
    setLevel: (actor: Actor, kind: string, priority: Priority, level: ServiceLevel) =>
      change(actor, 'case-level.set', `case-level:${kind}/${priority}`, async (tx) => {
        kindOf(kind);
        await namedCalendar(tx, actor.scope.organisation, level.calendar);
        await tx.run(sql`
          insert into cases.service_level (organisation, kind, priority, response, resolution, calendar, version, changed_at)
          values (${actor.scope.organisation}, ${kind}, ${priority}, ${level.response}, ${level.resolution}, ${level.calendar}, 1, ${clock.now()})
          on conflict (organisation, kind, priority) do update set response = excluded.response, resolution = excluded.resolution,
            calendar = excluded.calendar, changed_at = excluded.changed_at, version = cases.service_level.version + 1`);
      }),

    calendars: async (actor: Actor): Promise<CalendarRow[]> => {
      const own = await db.read(actor.scope, ownCalendars(actor.scope.organisation));
      const standard = Object.entries(standardCalendars)
        .filter(([name]) => !own.some((each) => each.name === name))
        .map(([name, definition]) => ({ name, definition, version: 0 }));
      return [...own, ...standard];
    },

    /**
     * Writes a calendar. Running clocks that count in it keep what they used up until now and count by the new hours
     * from here on. Throws CalendarInvalid.
     */
    setCalendar: (actor: Actor, name: string, definition: WorkingCalendar) =>
      change(actor, 'case-calendar.set', `case-calendar:${name}`, async (tx) => {
        usableCalendar(definition);
        const { organisation } = actor.scope;
        const at = clock.now();
        const running = await tx.all(sql<ClockRow>`
          select ${clockColumns} from cases.clock k join cases.case c on c.id = k.case_id
          where k.organisation = ${organisation} and k.calendar = ${name} and k.running_since is not null order by k.case_id for update of c`);
        const before = await calendarsOf(tx, organisation);
        const counted: [ClockRow, ServiceClock][] = running.map((row) => {
          const level = { response: row.target, resolution: row.target, calendar: name };
          return [row, retarget(row, level, before, at)];
        });
        await tx.run(sql`
          insert into cases.calendar (organisation, name, definition, version, changed_at)
          values (${organisation}, ${name}, ${JSON.stringify(definition)}, 1, ${at})
          on conflict (organisation, name) do update set definition = excluded.definition,
            changed_at = excluded.changed_at, version = cases.calendar.version + 1`);
        const after = await calendarsOf(tx, organisation);
        for (const [row, counting] of counted) await saveClock(tx, { id: row.caseId, organisation }, counting, after);
      }),
  };
}

export type CaseSettings = ReturnType<typeof createCaseSettings>;
