export type { CaseState, CaseStep } from './case.ts';
export type { CasesService } from './cases.ts';
export type { CaseKind } from './kind.ts';
export { cases } from './module.ts';
export { CaseEnded, CaseFull, CaseMissing, CaseStepRefused, RatingRefused, StepIncomplete } from './problems.ts';
export type { Subject } from './row.ts';
export type { CaseDraft, StepCall } from './service.ts';
