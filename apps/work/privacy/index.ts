export { privacy } from './module.ts';
export type { RequestKind, RequestState, RightsRequest } from './request.ts';
export type { PrivacyService } from './service.ts';
