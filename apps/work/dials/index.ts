export { dials } from './module.ts';
export type { DialDraft, DialsService, ReviewDraft } from './service.ts';
