import { problem } from '@keystead/contracts/problem';

/** Most messages one batch may hold: places in a batch are 14 bits of a row's `seq`. */
export const batchLimit = 1 << 14;

/** More messages than one batch may hold; the sender divides them. */
export class BatchTooLarge extends problem('telemetry-batch-too-large', 413) {}

/** `seq` of the row at `place` of a batch: within one gateway rows ascend by it in order of arrival. */
export const seqOf = (batch: number, place: number): number => batch * batchLimit + place;

export const batchOf = (seq: number): number => Math.floor(seq / batchLimit);
