export { maintenance } from './module.ts';
export { MaintenanceDateWrong, SignatureUnfit } from './record.ts';
export { type MaintenanceService, subjectOf } from './service.ts';
