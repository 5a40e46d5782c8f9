/** How a dial that was photographed compares with what the register says. */
export interface DialComparison {
  /** Distance in units of the last place the dial shows. */
  lastPlaces: number;
  agrees: boolean;
}

const shape = /^\d{1,12}(?:\.\d{1,6})?$/;
/** Both are read at moments that are not quite the same, so the last wheel may have moved on by one. */
const allowed = 1;

/**
 * Holds the digits of a dial as they stand in a photo (`00012.345`) against the register value in the same unit
 * (H-6.4-b-1). A dial that has just rolled over (`00000`) agrees with a register one step below. Undefined when the
 * digits or the register are no reading.
 */
export function reconcileDial(dial: string, register: number): DialComparison | undefined {
  if (!shape.test(dial) || !Number.isFinite(register) || register < 0) return undefined;
  const [whole = '', fraction = ''] = dial.split('.');
  const wheels = 10 ** (whole.length + fraction.length);
  const shown = Number(whole + fraction);
  // The register may know more places than the dial has wheels; a wheel shows the place it has passed.
  const known = Math.floor(Number((register * 10 ** fraction.length).toPrecision(15))) % wheels;
  const apart = Math.abs(shown - known);
  const lastPlaces = Math.min(apart, wheels - apart);
  return { lastPlaces, agrees: lastPlaces <= allowed };
}
