export { type Bus, type BusOptions, createBus } from './bus.ts';
export type { EventPlace, Outbox } from './outbox.ts';
export { connectStream, openStream, type StreamReader, type StreamWriter } from './stream.ts';
