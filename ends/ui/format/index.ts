export { quantity, unitSymbol } from './quantity.ts';
export { ago, dateTime, duration, fromSiteTime } from './time.ts';
