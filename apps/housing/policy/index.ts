export { policy } from './module.ts';
export { PackMissing, type PolicyInForce, PolicyMissing } from './pack.ts';
export { ruleSpecs } from './rules.ts';
export type { PolicyService, Replay, Replayed, Replayer, Stretch } from './service.ts';
