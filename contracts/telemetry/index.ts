export { decodeBatch, encodeBatch } from './batch-codec.ts';
export type { AcceptedBatch, AcceptedEvent, AcceptedMessage } from './message.ts';
export { isSuspect, type QualityCode, quality } from './quality.ts';
