export type { Advisory, AffectedPackage, Severity } from './advisory.ts';
export { AdvisoryCodeTaken, AdvisoryMissing } from './advisory.ts';
export { patches } from './module.ts';
export type { PatchesService } from './patches.ts';
