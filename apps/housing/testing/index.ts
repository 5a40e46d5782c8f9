export { movein } from '@keystead/apps/housing/movein';
export { type Community, type Family, startCommunity } from './community.ts';
export { startTown, type Town } from './town.ts';
