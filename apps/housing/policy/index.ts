export { policy } from './module.ts';
export { PackMissing, type PolicyInForce, PolicyMissing } from './pack.ts';
export type { PolicyService, Replay, Replayed, Replayer } from './service.ts';
