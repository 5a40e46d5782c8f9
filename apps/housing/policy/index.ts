export { policy } from './module.ts';
export { PackMissing, type PolicyInForce, PolicyMissing } from './pack.ts';
export { localDate, type PolicyService, type Replay, type Replayed, type Replayer } from './service.ts';
