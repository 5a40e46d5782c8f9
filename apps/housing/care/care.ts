import { problem } from '@keystead/contracts/problem';

export const serviceKinds = ['visit', 'call', 'errand', 'medical', 'help', 'other'] as const;
export type ServiceKind = (typeof serviceKinds)[number];
export const visitCycles = ['day', 'week', 'month', 'quarter'] as const;

/** Nobody marked as in need of care. */
export class CareMissing extends problem('care-person-missing', 404) {}
export class VisitPlanMissing extends problem('visit-plan-missing', 404) {}
export class VisitMissing extends problem('visit-missing', 404) {}
export class VisitSettled extends problem('visit-settled', 409) {}
export class AidMissing extends problem('medical-aid-missing', 404) {}
export class AidLinked extends problem('medical-aid-linked', 409) {}
/** Nothing is dated forward. */
export class ServiceInFuture extends problem('care-service-in-future', 422) {}

export const overdueRule = 'platform:care-visit-overdue';
export const helpRule = 'platform:care-help';

/** Events of a linked aid that say how somebody is; a call for help is one. */
export const vitalEvents: ReadonlySet<string> = new Set(['measured', 'vital-sign-abnormal', 'help-call']);

/**
 * Where an alarm about somebody in need of care stands: two levels down at most (district, project). The home would say who it is.
 */
export const coarse = (place: string): string =>
  place
    .split('/')
    .slice(0, -1)
    .slice(0, 2)
    .map((part) => `${part}/`)
    .join('');

export const visitCode = (number: number): string => `ZF${String(number).padStart(6, '0')}`;
