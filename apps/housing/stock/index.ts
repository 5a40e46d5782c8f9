export { type HouseBrief, marketRent, monthlyRent } from './brief.ts';
export type { Dossier } from './dossier.ts';
export {
  type HouseState,
  type HouseStep,
  HouseStepRefused,
  HouseStepUnfounded,
  houseStates,
  type StepFacts,
} from './house-state.ts';
export { stock } from './module.ts';
export type { HouseholdBrief, LeaseBrief, LetPorts } from './ports.ts';
export { HouseMissing } from './problems.ts';
export type { StockService } from './setup.ts';
export type { Happening } from './timeline.ts';
