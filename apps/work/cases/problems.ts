import { problem } from '@keystead/contracts/problem';

export { CaseStepRefused } from './case.ts';
export { StepIncomplete } from './requirements.ts';

export class CaseMissing extends problem('case-missing', 404) {}
/** The user named as assignee does not exist in the organisation. */
export class AssigneeUnknown extends problem('assignee-unknown', 422) {}
/** The case is over; nothing can be added to it. */
export class CaseEnded extends problem('case-ended', 409) {}
/** Rating: not a rated kind, not done yet, or not by who asked for it. */
export class RatingRefused extends problem('rating-refused', 409) {}
export class ItemMissing extends problem('case-item-missing', 404) {}
export class LinkRefused extends problem('case-link-refused', 422) {}
export class RuleMissing extends problem('case-rule-missing', 404) {}
/** The calendar has an unknown zone, a bad clock, or no working hours. */
export class CalendarInvalid extends problem('calendar-invalid', 422) {}
export class CalendarMissing extends problem('calendar-missing', 404) {}
/** A list grew beyond what one case may hold. */
export class CaseFull extends problem('case-full', 409) {}
