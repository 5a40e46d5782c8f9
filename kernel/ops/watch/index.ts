export type { Limit, Reading } from './judge.ts';
export { ops } from './module.ts';
export { limit, type Probe } from './probe.ts';
