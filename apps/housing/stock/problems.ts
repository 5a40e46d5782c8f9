import { problem } from '@keystead/contracts/problem';

export { HouseStepRefused, HouseStepUnfounded } from './house-state.ts';

export class HouseMissing extends problem('house-missing', 404) {}
/** The place has a dossier already: one house, one file. */
export class DossierExists extends problem('dossier-exists', 409) {}
/** Only a place of kind house has a dossier here. */
export class NotAHouse extends problem('not-a-house', 422) {}
export class StockBatchMissing extends problem('stock-batch-missing', 404) {}
/** Something happened to a house of the batch since, or it was taken back already. */
export class StockBatchNotUndoable extends problem('stock-batch-not-undoable', 409) {}
