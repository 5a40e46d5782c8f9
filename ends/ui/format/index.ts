export { quantity, unitSymbol } from './quantity.ts';
export { ago, dateTime, duration, fromSiteTime, siteDate } from './time.ts';
