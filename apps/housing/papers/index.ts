export type { ContractFile, ContractProof } from './contracts.ts';
export { type PapersService, papers } from './module.ts';
export { ContractMissing, ContractUnsigned } from './problems.ts';
