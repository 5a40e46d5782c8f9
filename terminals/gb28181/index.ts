export type { CatalogueItem } from './catalogue.ts';
export { type Gb28181Channel, gb28181Channel } from './channel.ts';
