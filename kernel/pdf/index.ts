export { type Block, type Paper, renderPaper } from './paper.ts';
export { openSealer, type Sealed, type Sealer, sealPaper } from './seal.ts';
export type { PaperTable } from './table.ts';
export { type SealVerdict, verifySeal } from './verify.ts';
