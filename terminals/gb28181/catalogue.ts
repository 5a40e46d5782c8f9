import { itemsOf, type Manscdp, textIn } from './manscdp.ts';

/** One channel or group of a device's catalogue 目录. */
export interface CatalogueItem {
  id: string;
  name: string;
  /** Group, platform or device it belongs to. */
  parent: string;
  on: boolean;
  maker: string;
  model: string;
  address: string;
}

const mostItems = 10_000;

/** Gathers one catalogue, which comes in as many answers as the device likes. */
export class Catalogue {
  readonly #items = new Map<string, CatalogueItem>();
  #said = Number.POSITIVE_INFINITY;

  /** True when nothing more will come. */
  add(answer: Manscdp): boolean {
    const said = Number(textIn(answer.content, 'SumNum'));
    if (Number.isInteger(said) && said >= 0) this.#said = Math.min(said, mostItems);
    for (const item of itemsOf(answer)) {
      const id = textIn(item, 'DeviceID');
      if (!/^\d{20}$/.test(id) || this.#items.size >= mostItems) continue;
      this.#items.set(id, {
        id,
        name: textIn(item, 'Name').slice(0, 200),
        parent: textIn(item, 'ParentID'),
        on: textIn(item, 'Status').toUpperCase() !== 'OFF',
        maker: textIn(item, 'Manufacturer').slice(0, 100),
        model: textIn(item, 'Model').slice(0, 100),
        address: textIn(item, 'Address').slice(0, 200),
      });
    }
    return this.#items.size >= this.#said;
  }

  get items(): CatalogueItem[] {
    return [...this.#items.values()];
  }
}
