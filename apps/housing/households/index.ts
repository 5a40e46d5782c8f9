export type { Contributor, DossierEntry } from './dossiers.ts';
export { HouseholdMissing, type MarkKind, type Opening } from './household.ts';
export { households } from './module.ts';
export type { HouseholdsService } from './setup.ts';
