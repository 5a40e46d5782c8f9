import {
  type AttributeSet,
  type Occurrence,
  PayloadMalformed,
  type Reading,
  type Refusal,
  refuse,
  TimeOutOfRange,
  type Uplink,
} from '@keystead/terminals/port';
import { isObject, type JsonObject } from './json.ts';

const form = (expected: string, pointer: string, device?: string) =>
  refuse(PayloadMalformed, `expected ${expected}`, pointer, device);
const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** Milliseconds, with an optional fraction, as whole microseconds; undefined when it is no time at all. */
export function microseconds(ts: unknown): number | undefined {
  return typeof ts === 'number' && Number.isFinite(ts) && Math.abs(ts) < 8.64e15 ? Math.round(ts * 1000) : undefined;
}

function readOne(item: unknown, pointer: string, device?: string): Reading | Refusal {
  if (!isObject(item)) return form('an object of values', pointer, device);
  if (!('ts' in item && 'values' in item)) return { device, values: item };
  const time = microseconds(item.ts);
  if (time === undefined) return refuse(TimeOutOfRange, 'ts is not a number of milliseconds', `${pointer}/ts`, device);
  if (!isObject(item.values)) return form('an object of values', `${pointer}/values`, device);
  return { device, time, values: item.values };
}

function readOccurrence(item: unknown, pointer: string, device?: string): Occurrence | Refusal {
  if (!isObject(item)) return form('an object with event', pointer, device);
  if (typeof item.event !== 'string' || item.event.length === 0)
    return form('the name of an event', `${pointer}/event`, device);
  if (!('ts' in item)) return { device, event: item.event, data: item.data };
  const time = microseconds(item.ts);
  if (time === undefined) return refuse(TimeOutOfRange, 'ts is not a number of milliseconds', `${pointer}/ts`, device);
  return { device, time, event: item.event, data: item.data };
}

/** Gathers items one by one; a broken one is refused alone. */
class Sheaf<T extends object> {
  readonly taken: T[] = [];
  refused: Refusal[] | undefined;
  readonly #read: (item: unknown, pointer: string, device?: string) => T | Refusal;

  constructor(read: (item: unknown, pointer: string, device?: string) => T | Refusal) {
    this.#read = read;
  }

  add(item: unknown, pointer: string, device?: string): void {
    const read = this.#read(item, pointer, device);
    if ('problem' in read) this.refuse(read as Refusal);
    else this.taken.push(read as T);
  }

  refuse(refusal: Refusal): void {
    this.refused ??= [];
    this.refused.push(refusal);
  }

  /** One item or an array of items. */
  own(value: unknown): this {
    if (Array.isArray(value))
      value.forEach((item, index) => {
        this.add(item, `/${index}`);
      });
    else this.add(value, '');
    return this;
  }

  /** An array of items for each device by name. */
  devices(value: JsonObject): this {
    for (const [device, items] of Object.entries(value)) {
      const pointer = `/${escaped(device)}`;
      if (!Array.isArray(items)) this.refuse(form('an array', pointer, device));
      else
        items.forEach((item, index) => {
          this.add(item, `${pointer}/${index}`, device);
        });
    }
    return this;
  }
}

export function readTelemetry(value: unknown, gateway: boolean): Uplink | Refusal {
  if (!gateway && isObject(value)) {
    const reading = readOne(value, '');
    return 'problem' in reading ? reading : { kind: 'readings', readings: [reading] };
  }
  if (gateway && !isObject(value)) return form('an object of devices', '');
  const sheaf = gateway ? new Sheaf(readOne).devices(value as JsonObject) : new Sheaf(readOne).own(value);
  return { kind: 'readings', readings: sheaf.taken, refused: sheaf.refused };
}

export function readEvents(value: unknown, gateway: boolean): Uplink | Refusal {
  if (gateway && !isObject(value)) return form('an object of devices', '');
  const sheaf = gateway ? new Sheaf(readOccurrence).devices(value as JsonObject) : new Sheaf(readOccurrence).own(value);
  return { kind: 'occurrences', occurrences: sheaf.taken, refused: sheaf.refused };
}

export function readAttributes(value: unknown, gateway: boolean): Uplink | Refusal {
  if (!isObject(value)) return form('an object', '');
  if (!gateway) return { kind: 'attributes', sets: [{ values: value }] };
  const sheaf = new Sheaf<AttributeSet>((item, pointer, device) =>
    isObject(item) ? { device, values: item } : form('an object of attributes', pointer, device),
  );
  for (const [device, values] of Object.entries(value)) sheaf.add(values, `/${escaped(device)}`, device);
  return { kind: 'attributes', sets: sheaf.taken, refused: sheaf.refused };
}
