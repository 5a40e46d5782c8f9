import { convert } from '@keystead/contracts/units';
import { allFf, decimalOf } from '@keystead/terminals/port';

/** A unit byte: the unit we know and how many of it one count is. */
interface WireUnit {
  readonly unit: string;
  readonly times: number;
}

const wireUnits: ReadonlyMap<number, WireUnit> = new Map([
  [0x01, { unit: 'J', times: 1 }],
  [0x02, { unit: 'W.h', times: 1 }],
  [0x05, { unit: 'kW.h', times: 1 }],
  [0x08, { unit: 'MW.h', times: 1 }],
  [0x0a, { unit: 'MW.h', times: 100 }],
  [0x0b, { unit: 'kJ', times: 1 }],
  [0x0e, { unit: 'MJ', times: 1 }],
  [0x11, { unit: 'GJ', times: 1 }],
  [0x13, { unit: 'GJ', times: 100 }],
  [0x14, { unit: 'W', times: 1 }],
  [0x17, { unit: 'kW', times: 1 }],
  [0x1a, { unit: 'MW', times: 1 }],
  [0x29, { unit: 'L', times: 1 }],
  [0x2c, { unit: 'm3', times: 1 }],
  // The unit table of the platform has no L/h: a thousandth of a cubic metre an hour.
  [0x32, { unit: 'm3/h', times: 1e-3 }],
  [0x35, { unit: 'm3/h', times: 1 }],
]);

/** The platform's unit of each kind of quantity a meter tells. */
export const unitOfQuantity = { volume: 'm3', heat: 'kW.h', power: 'kW', flow: 'm3/h' } as const;
export type Quantity = keyof typeof unitOfQuantity;

/**
 * Four BCD bytes and a unit byte as a number in the platform's unit (I-7.1-c); undefined = the meter has no such value
 * (FF); a text says why it cannot be taken. `implied`: unit byte of short answers that carry none.
 */
export function quantityOf(bytes: Uint8Array, kind: Quantity, implied?: number): number | string | undefined {
  const digits = bytes.subarray(0, 4);
  if (allFf(digits)) return undefined;
  const code = bytes[4] ?? implied;
  if (code === undefined) return 'no unit';
  const wire = wireUnits.get(code);
  const target = unitOfQuantity[kind];
  if (!wire) return `unit ${code.toString(16).padStart(2, '0').toUpperCase()} is not in the standard`;
  const raw = decimalOf(digits, kind === 'flow' ? 4 : 2);
  if (raw === undefined) return 'not decimal digits';
  try {
    return Number(convert(raw * wire.times, wire.unit, target).toPrecision(12));
  } catch {
    return `${wire.unit} is no unit of ${kind}`;
  }
}
