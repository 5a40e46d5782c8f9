export { movein } from '@keystead/apps/housing/movein';
export { type Community, type Family, startCommunity } from './community.ts';
export { type LockPlatform, openLocks } from './locks.ts';
export { fitMeters } from './meters.ts';
export { publishPack } from './pack.ts';
export { SoftwareLock } from './software-lock.ts';
export { startTown, type Town } from './town.ts';
