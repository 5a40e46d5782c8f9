import { isJsonRecord } from './json-record.ts';

/** One channel as a recorder tells it; `id` and `parent` are 20-digit numbers of GB/T 28181. */
export interface CatalogueItem {
  id: string;
  parent: string;
  name: string;
  on: boolean;
  maker: string;
  model: string;
}

const most = 10_000;
const text = (value: unknown, length: number) => (typeof value === 'string' ? value.slice(0, length) : '');

/** Channels out of the answer to `catalogue`; undefined when it is none. Items without a number are left out. */
export function readCatalogue(reply: unknown): CatalogueItem[] | undefined {
  if (!isJsonRecord(reply) || !Array.isArray(reply.items)) return undefined;
  const items = new Map<string, CatalogueItem>();
  for (const item of reply.items.slice(0, most)) {
    if (!isJsonRecord(item) || typeof item.id !== 'string' || !/^\d{20}$/.test(item.id)) continue;
    items.set(item.id, {
      id: item.id,
      parent: text(item.parent, 20),
      name: text(item.name, 200),
      on: item.on !== false,
      maker: text(item.maker, 100),
      model: text(item.model, 100),
    });
  }
  return [...items.values()];
}
