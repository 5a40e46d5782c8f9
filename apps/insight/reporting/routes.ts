import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { ReportKindMissing } from './problems.ts';
import { ReportRef, ScheduleView, ScheduleWish } from './schemas.ts';
import type { ReportingService, ScheduleShown } from './service.ts';

const scheduleView = ({ next, last, formats, receivers, offered, ...rest }: ScheduleShown) => ({
  ...rest,
  ...{ formats: [...formats], receivers: [...receivers], offered: [...offered] },
  next: next?.toISOString() ?? null,
  last: last && { ...last, at: last.at.toISOString() },
});

/**
 * Routes by which a module lets people set when its own reports are made by themselves: `GET /schedules` and
 * `PUT /schedules/:report` below where it mounts them, as `<module>.schedules` and `<module>.setSchedule`.
 */
export function scheduleRoutes(
  reporting: ReportingService,
  of: { module: string; reports: readonly string[]; read: string; write: string },
): MountedRoute[] {
  return [
    route({
      id: `${of.module}.schedules`,
      at: 'GET /schedules',
      summary: 'When each report is made by itself, as which files it is sent, and to whom',
      permission: of.read,
      reply: Type.Array(ScheduleView),
      problems: [NotAllowed],
      run: async ({ actor }) => (await reporting.schedules(actor, of.reports)).map(scheduleView),
    }),
    route({
      id: `${of.module}.setSchedule`,
      at: 'PUT /schedules/:report',
      summary: 'Set the day and hour a report is made at by itself, its files and receivers, or switch it off',
      permission: of.write,
      params: ReportRef,
      body: ScheduleWish,
      status: 204,
      problems: [ReportKindMissing, NotAllowed, InputInvalid],
      run: ({ actor, params: { report }, body }) => {
        if (!of.reports.includes(report)) throw new ReportKindMissing({ report });
        return reporting.schedule(actor, report, body);
      },
    }),
  ];
}
