export { monthsAfter, workingDaysAfter } from './deadlines.ts';
export { eligibility } from './module.ts';
export { type ApplicantCategory, applicantCategories, type Standing, type Status } from './review.ts';
export { HouseholdBarred } from './sanction.ts';
export type { EligibilityService } from './setup.ts';
