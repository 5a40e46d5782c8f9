export { quantity } from './quantity.ts';
export { ago, dateTime, duration, fromSiteTime } from './time.ts';
