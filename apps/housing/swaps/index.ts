export { swaps } from './module.ts';
export type { SwapsService } from './setup.ts';
export type { Swap, SwapState } from './swap.ts';
