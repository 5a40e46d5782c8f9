export { plans } from './module.ts';
export type { Definition, PlanDraft } from './plan.ts';
export { type IsWorked, momentsBetween, nextAfter, type Recurrence } from './recurrence.ts';
export type { PlansService } from './setup.ts';
export { isWorkday } from './working-days.ts';
export type { PlannedWork, WorkGround } from './works.ts';
