export { quantity } from './quantity.ts';
export { ago, dateTime, duration } from './time.ts';
