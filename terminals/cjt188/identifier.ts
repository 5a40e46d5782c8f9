/** Which byte of a data identifier goes first: the 2004 edition and the field use both. */
export type Order = 'high-first' | 'low-first';

/** Data identifiers of the standard that are used here. */
export const identifiers = {
  metering: 0x901f,
  firstMonth: 0xd120,
  settlementDay: 0x8103,
  address: 0x810a,
  setClock: 0xa015,
  valve: 0xa017,
} as const;

const inRange = (value: number, from: number, to: number): boolean => value >= from && value <= to;

/** An identifier the standard or its users give a meaning to. */
const isKnown = (id: number): boolean =>
  id === identifiers.metering ||
  inRange(id, 0xd120, 0xd12b) ||
  inRange(id, 0x8102, 0x810a) ||
  inRange(id, 0xa010, 0xa019);

export const bytesOfIdentifier = (id: number, order: Order): [number, number] =>
  order === 'high-first' ? [id >> 8, id & 0xff] : [id & 0xff, id >> 8];

/**
 * The identifier two bytes mean, and in which order they stand. No known identifier reads as another known one
 * backwards, so the order is seen from the bytes; `also` are identifiers of the maker. Unknown ones are read high first.
 */
export function identifierOf(
  first: number,
  second: number,
  also: readonly number[] = [],
): { id: number; order: Order } {
  const high = (first << 8) | second;
  const low = (second << 8) | first;
  const known = (id: number) => isKnown(id) || also.includes(id);
  return known(low) && !known(high) ? { id: low, order: 'low-first' } : { id: high, order: 'high-first' };
}
