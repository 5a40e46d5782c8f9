export { type DoorKey, KeyMissing, type KeyState } from './key.ts';
export { doorkeys } from './module.ts';
export type { DoorKeysService } from './setup.ts';
