export { dlt645Channel } from './channel.ts';
export { dlt645Driver } from './driver.ts';
export { dlt645Reader } from './reader.ts';
