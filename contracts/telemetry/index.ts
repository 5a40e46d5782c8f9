export { decodeBatch, encodeBatch } from './batch-codec.ts';
export type { AcceptedBatch, AcceptedMessage } from './message.ts';
export { isSuspect, type QualityCode, quality } from './quality.ts';
