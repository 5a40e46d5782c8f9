export type { CatalogueItem } from './catalogue.ts';
export { type Gb28181Channel, gb28181Channel } from './channel.ts';
export { readManscdp } from './manscdp.ts';
export { readSip } from './sip.ts';
export { UpwardLink, type UpwardSettings, type UpwardState } from './upward/link.ts';
export type { UpwardPort } from './upward/sendings.ts';
