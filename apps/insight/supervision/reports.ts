import type { Figures } from '@keystead/apps/insight/measures';
import type { ReportKind } from '@keystead/apps/insight/reporting';
import { type Actor, inScope } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { ReportMissing, TemplateMissing } from './problems.ts';
import { exportOf, renderReport, reportFormats } from './rendering.ts';
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
    const day = month === localDate(clock.now()).slice(0, 7) ? localDate(clock.now()) : lastDay(month);
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
    if (wish.month > localDate(clock.now()).slice(0, 7))
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

  /** Throws ReportMissing. */
  async function get(actor: Actor, id: string): Promise<{ report: Report; body: ReportBody; template: Template }> {
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
  }

  /** The newest report of a month, if there is one. */
  const standing = async ({ scope }: Actor, template: string, month: string): Promise<Report | undefined> =>
    (
      await db.read(
        scope,
        sql<Report>`select ${columns} from supervision.report
          where organisation = ${scope.organisation} and template = ${template} and month = ${month} order by number desc limit 1`,
      )
    )[0];

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
    get,
    /** What was set before schedules were kept by reporting; nothing is written here any more. */
    oldSchedules: () =>
      db.systemRead(sql<{ organisation: string; template: string; enabled: boolean; day: number }>`
        select organisation, template, enabled, day from supervision.schedule`),
    /** Each template as a report that is made by schedule. */
    kinds: templates.map(
      (template): ReportKind => ({
        id: template.id,
        name: {
          zh: `${template.region.zh} ${template.name.zh}`,
          en: `${template.region.en}, ${template.name.en.toLowerCase()}`,
        },
        permission: 'supervision:read',
        about: 'supervision-report',
        formats: reportFormats,
        organisations: async () =>
          (await db.systemRead(sql<{ organisation: string }>`select distinct organisation from stock_pub.house`)).map(
            ({ organisation }) => organisation,
          ),
        make: async (actor, month) =>
          (await standing(actor, template.id, month)) ?? make(actor, { template: template.id, month }),
        file: async (actor, id, format, language) => {
          const { report, body } = await get(actor, id);
          const as = reportFormats.find((each) => each === format) ?? 'pdf';
          return renderReport(template, body, { at: report.at, language, format: as });
        },
      }),
    ),
  };
}

export type Reports = ReturnType<typeof createReports>;
