export { cjt188Channel } from './channel.ts';
export { cjt188Driver } from './driver.ts';
export { cjt188Reader } from './reader.ts';
