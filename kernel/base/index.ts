export { type Clock, type MovableClock, movableClock, systemClock } from './clock.ts';
export { createLog, type Log } from './log.ts';
