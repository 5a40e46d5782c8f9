import iconv from 'iconv-lite';
import { analogs, bitsOf, componentBits, operationBits, systemBits, transmitterBits } from './states.ts';

/** Kinds of information object that come up from a transmitter. */
export const objectKind = {
  system: 1,
  component: 2,
  analog: 3,
  operation: 4,
  systemClock: 8,
  transmitter: 21,
  transmitterOperation: 24,
  transmitterVersion: 25,
  transmitterSettings: 26,
  transmitterClock: 28,
} as const;

/** Where something is in the building: `system` is kind.address, `component` its own number (hex). */
export interface FirePlace {
  system?: { kind: number; address: number };
  component?: { kind: number; address: string };
}

/** One information object, read. */
export interface FireObject {
  kind: number;
  /** Byte the object begins at, in the data unit. */
  at: number;
  /** Bytes of it, its time included. */
  length: number;
  place: FirePlace;
  values: Record<string, boolean | number | string>;
  /** Six bytes of time, when the kind has one and it is all there. */
  clock?: Uint8Array;
}

interface Layout {
  /** Bytes without the time. */
  body: number;
  timed: boolean;
  read(bytes: Uint8Array): Pick<FireObject, 'place' | 'values'>;
}

const word = (bytes: Uint8Array, at: number) => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
const signed = (value: number) => (value > 0x7fff ? value - 0x10000 : value);
const systemOf = (bytes: Uint8Array) => ({ kind: bytes[0] ?? 0, address: bytes[1] ?? 0 });
const componentOf = (bytes: Uint8Array) => ({
  kind: bytes[2] ?? 0,
  address: Buffer.from(bytes.subarray(3, 7)).reverse().toString('hex'),
});
/** Text in GB 18030, ended by a zero, filled with zeros or blanks. */
const textOf = (bytes: Uint8Array) => {
  const zero = bytes.indexOf(0);
  return iconv.decode(Buffer.from(zero < 0 ? bytes : bytes.subarray(0, zero)), 'gb18030').trim();
};

const layouts: Readonly<Record<number, Layout>> = {
  [objectKind.system]: {
    body: 4,
    timed: true,
    read: (bytes) => ({ place: { system: systemOf(bytes) }, values: bitsOf(word(bytes, 2), systemBits) }),
  },
  [objectKind.component]: {
    body: 40,
    timed: true,
    read: (bytes) => ({
      place: { system: systemOf(bytes), component: componentOf(bytes) },
      values: { ...bitsOf(word(bytes, 7), componentBits), description: textOf(bytes.subarray(9, 40)) },
    }),
  },
  [objectKind.analog]: {
    body: 10,
    timed: true,
    read: (bytes) => {
      const { property, step } = analogs[bytes[7] ?? 0] ?? { property: `analog${bytes[7]}`, step: 1 };
      const value = signed(word(bytes, 8)) * step;
      return {
        place: { system: systemOf(bytes), component: componentOf(bytes) },
        values: { [property]: Math.round(value * 100) / 100 },
      };
    },
  },
  [objectKind.operation]: {
    body: 4,
    timed: true,
    read: (bytes) => ({
      place: { system: systemOf(bytes) },
      values: { ...bitsOf(bytes[2] ?? 0, operationBits), operator: bytes[3] ?? 0 },
    }),
  },
  [objectKind.systemClock]: {
    body: 2,
    timed: true,
    read: (bytes) => ({ place: { system: systemOf(bytes) }, values: {} }),
  },
  [objectKind.transmitter]: {
    body: 1,
    timed: true,
    read: (bytes) => ({ place: {}, values: bitsOf(bytes[0] ?? 0, transmitterBits) }),
  },
  [objectKind.transmitterOperation]: {
    body: 2,
    timed: true,
    read: (bytes) => ({ place: {}, values: { ...bitsOf(bytes[0] ?? 0, operationBits), operator: bytes[1] ?? 0 } }),
  },
  [objectKind.transmitterVersion]: {
    body: 2,
    timed: false,
    read: (bytes) => ({ place: {}, values: { version: `${bytes[0]}.${bytes[1]}` } }),
  },
  [objectKind.transmitterClock]: { body: 0, timed: true, read: () => ({ place: {}, values: {} }) },
};

export interface FireUnit {
  kind: number;
  objects: FireObject[];
  /** What of the unit could not be read, in words; what was read before it stands. */
  fault?: string;
}

/**
 * Reads an application data unit: kind, count, objects. A unit that ends in the middle keeps the objects before the cut,
 * and an object that has lost only its time keeps its state: a wrong length in some maker's body must not lose an alarm.
 */
export function readUnit(data: Uint8Array): FireUnit {
  const kind = data[0] ?? 0;
  const count = data[1] ?? 0;
  if (data.length < 2) return { kind, objects: [], fault: 'no object head' };
  if (kind === objectKind.transmitterSettings) return readSettings(data);
  const layout = layouts[kind];
  if (!layout) return { kind, objects: [], fault: `kind ${kind} of object is not known` };
  const objects: FireObject[] = [];
  let at = 2;
  for (let index = 0; index < count; index++) {
    if (at + layout.body > data.length)
      return { kind, objects, fault: `${count} objects said, ${objects.length} sent` };
    const end = Math.min(at + layout.body + (layout.timed ? 6 : 0), data.length);
    const clock = layout.timed && end - at - layout.body === 6 ? data.slice(at + layout.body, end) : undefined;
    objects.push({ kind, at, length: end - at, ...layout.read(data.subarray(at, at + layout.body)), clock });
    at = end;
  }
  return at < data.length ? { kind, objects, fault: `${data.length - at} bytes left over` } : { kind, objects };
}

function readSettings(data: Uint8Array): FireUnit {
  const length = data[2] ?? 0;
  const settings = textOf(data.subarray(3, 3 + length));
  return {
    kind: objectKind.transmitterSettings,
    objects: [{ kind: objectKind.transmitterSettings, at: 2, length: length + 1, place: {}, values: { settings } }],
  };
}
