export type { AlarmStep, Condition, Handling, Severity } from './alarm.ts';
export { AlarmMissing, AlarmStepRefused, AlarmStillActive } from './alarm.ts';
export { type AlarmsService, alarms } from './module.ts';
export type { Cleared, Finding } from './raising.ts';
export type { AlarmFilter, AlarmView } from './schemas.ts';
export type { StepGuard } from './service.ts';
