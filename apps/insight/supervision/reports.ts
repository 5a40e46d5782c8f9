import { type Figures, monthBack, today } from '@keystead/apps/insight/measures';
import { type Actor, inScope, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { ReportMissing, TemplateMissing } from './problems.ts';
import { exportOf } from './rendering.ts';
import { isDue, nextDay, type Schedule, usualDay } from './schedule.ts';
import { type CellText, cellText, type ReportBody, type Template, templateOf, templates } from './templates.ts';

export interface Report {
  id: string;
  template: string;
  month: string;
  number: number;
  at: Date;
  madeBy: string;
}

const lastDay = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
};

type SetSchedule = Schedule & { organisation: string };

const schedulesOf = (organisation?: string) => sql<SetSchedule>`
  select organisation, template, enabled, day from supervision.schedule
  where ${organisation === undefined ? sql`true` : sql`organisation = ${organisation}`}`;

const scheduleOf = (set: readonly SetSchedule[], of: string, template: string): Schedule => {
  const found = set.find((each) => each.organisation === of && each.template === template);
  return { template, enabled: found?.enabled ?? true, day: found?.day ?? usualDay };
};

/** Reports of a month by the template of a region: figures of its last day by district, kept as they were reported (H-8.5-d, H-10.1-d). */
export function createReports({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>, figures: Figures) {
  const known = (id: string): Template => {
    const template = templateOf(id);
    if (!template) throw new TemplateMissing({ template: id });
    return template;
  };
  const wholly = (actor: Actor): void => {
    if (!inScope(actor.scope, '')) throw new NotAllowed();
  };

  /** A city alone at the top is reported by its districts. */
  async function ground(actor: Actor): Promise<string | undefined> {
    const { places } = await figures.below(actor);
    const [only, second] = places;
    return only && !second && only.kind === 'region' ? only.id : undefined;
  }

  async function bodyOf(actor: Actor, template: Template, month: string): Promise<ReportBody> {
    const place = await ground(actor);
    const day = month === today(clock.now()).slice(0, 7) ? today(clock.now()) : lastDay(month);
    const levels = new Map<string, Awaited<ReturnType<Figures['children']>>>();
    for (const { measure } of template.columns)
      if (!levels.has(measure))
        levels.set(measure, await figures.children(actor, { measure, day, ...(place && { place }) }));
    const cells = (pick: (level: Awaited<ReturnType<Figures['children']>>) => { value: number | null } | undefined) =>
      template.columns.map((column): CellText => {
        const level = levels.get(column.measure);
        return cellText(column, (level && pick(level)?.value) ?? null);
      });
    const [first] = levels.values();
    const rows = (first?.children ?? []).map(({ id, code, name }) => ({
      ...{ code, name },
      cells: cells(({ children }) => children.find((child) => child.id === id)),
    }));
    return { month, rows, total: cells(({ figure }) => figure) };
  }

  /** Throws TemplateMissing, InputInvalid (a month to come), NotAllowed (not the whole organisation), ExportInvalid. */
  async function make(actor: Actor, wish: { template: string; month: string }): Promise<Report> {
    wholly(actor);
    const template = known(wish.template);
    if (wish.month > today(clock.now()).slice(0, 7))
      throw new InputInvalid({ in: 'body' }, [{ pointer: '/month', code: 'month' }]);
    const body = await bodyOf(actor, template, wish.month);
    exportOf(template, body);
    const { organisation } = actor.scope;
    const report = { id: newId(), ...wish, at: clock.now(), madeBy: actor.name };
    return db.transaction(actor.scope, async (tx) => {
      const last = await tx.maybe(sql<{ number: number }>`
        select max(number) as number from supervision.report where organisation = ${organisation} and template = ${wish.template} and month = ${wish.month}`);
      const number = (last?.number ?? 0) + 1;
      await tx.run(sql`
        insert into supervision.report (id, organisation, template, month, number, at, made_by, figures)
        values (${report.id}, ${organisation}, ${wish.template}, ${wish.month}, ${number}, ${report.at}, ${report.madeBy}, ${JSON.stringify(body)})`);
      await audit.add(tx, actor, { action: 'supervision-report.make', subject: `supervision-report:${report.id}` });
      return { ...report, number };
    });
  }

  const columns = sql.raw(`id, template, month, number, at, made_by as "madeBy"`);

  return {
    make,
    list: async (actor: Actor): Promise<Report[]> => {
      wholly(actor);
      return db.read(
        actor.scope,
        sql<Report>`select ${columns} from supervision.report where organisation = ${actor.scope.organisation}
          order by month desc, template, number desc limit 200`,
      );
    },
    /** Throws ReportMissing. */
    get: async (actor: Actor, id: string): Promise<{ report: Report; body: ReportBody; template: Template }> => {
      wholly(actor);
      const [found] = await db.read(
        actor.scope,
        sql<
          Report & { figures: ReportBody }
        >`select ${columns}, figures from supervision.report where id = ${id} and organisation = ${actor.scope.organisation}`,
      );
      if (!found) throw new ReportMissing({ id });
      const { figures: body, ...report } = found;
      return { report, body, template: known(report.template) };
    },
    /** Each template with the day its report is made on by itself, and when that is next. */
    schedules: async (actor: Actor): Promise<(Schedule & { next: string | null })[]> => {
      wholly(actor);
      const { organisation } = actor.scope;
      const set = await db.read(actor.scope, schedulesOf(organisation));
      return templates.map(({ id }) => {
        const schedule = scheduleOf(set, organisation, id);
        return { ...schedule, next: nextDay(schedule, today(clock.now())) };
      });
    },
    /** Throws TemplateMissing, NotAllowed. */
    schedule: (actor: Actor, { template, enabled, day }: Schedule): Promise<void> => {
      wholly(actor);
      known(template);
      const { organisation } = actor.scope;
      return db.transaction(actor.scope, async (tx) => {
        await tx.run(sql`
          insert into supervision.schedule (organisation, template, enabled, day, changed_at)
          values (${organisation}, ${template}, ${enabled}, ${day}, ${clock.now()})
          on conflict (organisation, template) do update set enabled = ${enabled}, day = ${day}, changed_at = ${clock.now()}`);
        const detail = { enabled, day };
        await audit.add(tx, actor, {
          action: 'supervision-report.schedule',
          subject: `supervision-template:${template}`,
          detail,
        });
      });
    },
    /** Of the month that is over, every template whose day has come, once for each organisation with houses. */
    makeMonthly: async (signal?: AbortSignal): Promise<number> => {
      const month = monthBack(today(clock.now()), 1).slice(0, 7);
      const set = await db.systemRead(schedulesOf());
      let made = 0;
      for (const { id: template } of templates) {
        const missing = await db.systemRead(sql<{ organisation: string }>`
          select distinct h.organisation from stock_pub.house h
          where not exists (select from supervision.report r where r.organisation = h.organisation and r.template = ${template} and r.month = ${month})`);
        for (const { organisation } of missing) {
          if (signal?.aborted) return made;
          if (!isDue(scheduleOf(set, organisation, template), today(clock.now()))) continue;
          await make(systemActor('supervision.report', organisation as OrganisationId), { template, month });
          made += 1;
        }
      }
      return made;
    },
  };
}

export type Reports = ReturnType<typeof createReports>;
