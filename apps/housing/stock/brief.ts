import { type Query, sql } from '@keystead/kernel/db';
import type { HouseState } from './house-state.ts';
import { type HouseRow, houseColumns, houses } from './row.ts';

/** What a household sees of a house it may choose: where, how large, what it costs. */
export interface HouseBrief {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly layout: string;
  /** Square metres. */
  readonly area: number;
  /** A month, minor units; 0 when the file says nothing. */
  readonly rent: number;
  readonly deposit: number;
  readonly state: HouseState;
}

type Facts = Pick<HouseRow, 'dossier' | 'attributes'>;

export const floorArea = ({ attributes }: Pick<Facts, 'attributes'>): number =>
  typeof attributes.floorArea === 'number' ? attributes.floorArea : 0;

/** Rent of a month out of the file: the standard of the house times its floor area; minor units. */
export const monthlyRent = (house: Facts): number =>
  Math.round((house.dossier.lease?.rentStandard ?? 0) * floorArea(house));

/** What the home would be let for on the market, a month, minor units; undefined while its file does not say both price and area. */
export function marketRent(house: Facts): number | undefined {
  const [price, area] = [house.dossier.lease?.marketRent, floorArea(house)];
  return price === undefined || area <= 0 ? undefined : Math.round(price * area);
}

export const briefOf = (row: HouseRow): HouseBrief => ({
  id: row.id,
  name: row.name,
  address: row.dossier.location?.address ?? '',
  layout: String(row.attributes.layout ?? ''),
  area: floorArea(row),
  rent: monthlyRent(row),
  deposit: row.dossier.lease?.deposit ?? 0,
  state: row.state,
});

/** Houses by id, or those that stand ready to be let, in the order of the tree; for people without reach over places. */
export const briefRows = (
  organisation: string,
  by: { ids: readonly string[] } | { free: true; limit: number },
): Query<HouseRow> => sql<HouseRow>`
  select ${houseColumns} from ${houses} where h.organisation = ${organisation}
    and ${'ids' in by ? sql`h.id = any(${[...by.ids]}::uuid[])` : sql`h.state = 'allocatable'`}
  order by h.place limit ${'ids' in by ? 2000 : by.limit}`;
