import type { Area } from '../frame/request.ts';

/** The tables of one unit as a server shows them. Reads and writes answer `false` when an address is not there. */
export interface Bank {
  /** One number per coil (0, 1) or register. */
  read(area: Area, address: number, count: number): readonly number[] | false;
  write(area: 'coil' | 'holding', address: number, values: readonly number[]): boolean;
}

export interface MemoryBank extends Bank {
  readonly tables: Readonly<Record<Area, Uint16Array>>;
}

export interface MemoryBankOptions {
  /** Size of each table; 0 = the device has none. */
  sizes?: Partial<Record<Area, number>>;
  /** Addresses [from, to] that are not there though they lie within the table. */
  missing?: readonly { area: Area; from: number; to: number }[];
  /** Told after each write, so that a simulated motor can start to turn. */
  written?(area: 'coil' | 'holding', address: number, values: readonly number[], bank: MemoryBank): void;
}

/** Tables in memory. */
export function memoryBank({ sizes = {}, missing = [], written }: MemoryBankOptions = {}): MemoryBank {
  const table = (area: Area) => new Uint16Array(sizes[area] ?? 256);
  const tables = {
    coil: table('coil'),
    discrete: table('discrete'),
    holding: table('holding'),
    input: table('input'),
  };
  const there = (area: Area, address: number, count: number): boolean =>
    address + count <= tables[area].length &&
    !missing.some((hole) => hole.area === area && hole.from < address + count && hole.to >= address);
  const bank: MemoryBank = {
    tables,
    read: (area, address, count) =>
      there(area, address, count) && Array.from(tables[area].subarray(address, address + count)),
    write(area, address, values) {
      if (!there(area, address, values.length)) return false;
      tables[area].set(values, address);
      written?.(area, address, values, bank);
      return true;
    },
  };
  return bank;
}
