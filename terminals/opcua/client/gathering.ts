import {
  DeviceRefused,
  Overloaded,
  type Reading,
  type Refusal,
  refuse,
  type Uplink,
  untaken,
} from '@keystead/terminals/port';
import { fromVariant, type VariantLike } from '../values.ts';

/** What a data value of the library holds, as far as it is looked at. */
export interface DataValueLike {
  value?: VariantLike | null;
  statusCode: { value: number; name: string };
  sourceTimestamp?: Date | null;
  serverTimestamp?: Date | null;
}

/** Collects what one publication brings and hands it on as readings, one at a time. */
export interface Gathering {
  add(device: string, name: string, value: DataValueLike): void;
}

const mostValues = 50_000;
const none = new Uint8Array(0);

/** The two highest bits of a status: 0 good, 1 uncertain, 2 bad. */
export const isBad = (status: number): boolean => status >>> 30 >= 2;

/**
 * Values of one device with the same source time are one reading. A value whose status is bad is refused with the
 * status as reason; an uncertain one is handed on, its worth is judged above.
 */
export function createGathering(host: {
  take(uplink: Uplink): Promise<void>;
  refuse(refusal: Refusal, sample: Uint8Array, device?: string): void;
}): Gathering {
  let readings = new Map<string, Reading>();
  let waiting = 0;
  let handing = false;

  async function handOn(): Promise<void> {
    if (handing) return;
    handing = true;
    while (waiting > 0) {
      const uplink: Uplink = { kind: 'readings', readings: [...readings.values()] };
      readings = new Map();
      waiting = 0;
      try {
        await host.take(uplink);
      } catch (error) {
        for (const { device } of uplink.readings) host.refuse(untaken(error), none, device);
      }
    }
    handing = false;
  }

  /** Answers whether there is something to hand on. */
  function put(device: string, name: string, from: DataValueLike): boolean {
    const { value, statusCode, sourceTimestamp, serverTimestamp } = from;
    const pointer = `/${name}`;
    if (isBad(statusCode.value)) {
      host.refuse(refuse(DeviceRefused, statusCode.name, pointer, device), none, device);
      return false;
    }
    const converted = fromVariant(value ?? { dataType: 0 });
    if (!('value' in converted)) {
      host.refuse({ ...converted, pointer, device }, none, device);
      return false;
    }
    const time = (sourceTimestamp ?? serverTimestamp)?.getTime();
    const key = `${time} ${device}`;
    let reading = readings.get(key);
    if (reading === undefined || Object.hasOwn(reading.values, name)) {
      // Twice the same property at the same time: both are handed on, the later one decides above.
      const again = reading === undefined ? key : `${key} ${readings.size}`;
      reading = { device, ...(time === undefined ? {} : { time: time * 1000 }), values: {} };
      readings.set(again, reading);
    }
    reading.values[name] = converted.value;
    return true;
  }

  return {
    add(device, name, value) {
      if (waiting >= mostValues) return host.refuse(refuse(Overloaded), none, device);
      if (!put(device, name, value)) return;
      waiting += 1;
      if (waiting === 1 && !handing) setImmediate(() => void handOn());
    },
  };
}
