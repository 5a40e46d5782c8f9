export { type DrawFault, faultsOf, type PublishedDraw } from './draw.ts';
export { allocation } from './module.ts';
export type { AllocationService } from './setup.ts';
