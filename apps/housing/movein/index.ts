export { movein } from './module.ts';
export { type HandoverWish, type Process, ProcessMissing, ProcessOpen, ProcessStepRefused } from './process.ts';
export type { MoveInsService } from './service.ts';
