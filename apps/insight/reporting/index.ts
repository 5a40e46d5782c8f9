export type { ReportKind, ReportLanguage } from './kind.ts';
export { reporting } from './module.ts';
export { ReportKindMissing } from './problems.ts';
export { scheduleRoutes } from './routes.ts';
export type { Schedule } from './schedule.ts';
export type { ReportingService } from './service.ts';
