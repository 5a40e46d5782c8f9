import { setTimeout as pause } from 'node:timers/promises';
import { InputInvalid } from '@keystead/contracts/problem';
import {
  DeviceRefused,
  isJsonObject,
  isRefusal,
  MethodUnknown,
  PropertyUnknown,
  problemOf,
  refuse,
  ValueWrongType,
} from '@keystead/terminals/port';
import type { Asking, RemoteDevice } from './client/remote-device.ts';
import { deviceType, objectIdOf, objectList, objectName } from './frame/names.ts';
import { objectsIn } from './frame/services.ts';
import { writeValue } from './frame/values.ts';
import { type Placed, sentFor, toldBy, typeOf } from './points.ts';

export interface CallTarget {
  remote: RemoteDevice;
  /** Instance of the device. */
  device: number;
  points: readonly Placed[];
}

const browseMost = 2_000;
const lookEvery = 100;

function pointOf({ points }: CallTarget, given: Record<string, unknown>): Placed {
  const place = points.find(({ point }) => point.name === given.point);
  if (!place) throw problemOf(refuse(PropertyUnknown, String(given.point).slice(0, 128)));
  return place;
}

async function readOne({ remote }: CallTarget, place: Placed, how: Asking): Promise<unknown> {
  const [result] = await remote.read([place], how);
  const told = toldBy(place, result);
  if ('refusal' in told) throw problemOf(told.refusal);
  return told.value;
}

function encoded(place: Placed, value: unknown): Uint8Array {
  const { point } = place;
  const type = typeOf(place);
  if (!point.writable) throw new InputInvalid({}, [{ pointer: '/point', code: 'not-writable' }]);
  if (type === undefined) throw new InputInvalid({}, [{ pointer: '/point', code: 'type-unknown' }]);
  if (value !== null && (point.min !== undefined || point.max !== undefined)) {
    if (typeof value !== 'number') throw problemOf(refuse(ValueWrongType, 'no number'));
    if (value < (point.min ?? value) || value > (point.max ?? value))
      throw new InputInvalid({}, [{ pointer: '/value', code: 'out-of-range' }]);
  }
  const bytes = writeValue(type, sentFor(place, value));
  if (isRefusal(bytes)) throw problemOf(bytes);
  return bytes;
}

const sameAs = (place: Placed, wanted: unknown, readBack: unknown): boolean =>
  readBack === (typeOf(place) === 'real' && typeof wanted === 'number' ? Math.fround(wanted) : wanted);

/**
 * Writes and reads back until it is so (I-5.2.2.3-b). A value of a stronger priority stays in force: then the device
 * goes on telling it, and the call ends with `DeviceRefused`.
 */
async function write(target: CallTarget, place: Placed, value: unknown, how: Asking) {
  const { point } = place;
  await target.remote.write(place, encoded(place, value), point.priority, how);
  const until = how.until ?? performance.now();
  for (;;) {
    const readBack = await readOne(target, place, how);
    if (value === null) return { point: point.name, readBack };
    if (sameAs(place, value, readBack)) return { point: point.name, value, readBack, verified: true };
    if (performance.now() + lookEvery >= until)
      throw new DeviceRefused({ detail: `reads back ${JSON.stringify(readBack).slice(0, 100)}` });
    await pause(lookEvery);
  }
}

/** Objects of the device with their names, for whoever writes a table of points; at most 2,000. */
async function browse({ remote, device }: CallTarget, how: Asking) {
  const list = { object: { type: deviceType, instance: device }, property: objectList };
  const [size] = await remote.read([{ ...list, index: 0 }], how);
  const count = Number(size?.values?.[0]?.value ?? 0);
  const indexes = Array.from({ length: Math.min(count, browseMost) }, (_, at) => ({ ...list, index: at + 1 }));
  const objects = (await remote.read(indexes, how)).flatMap((item) => objectsIn(item?.values));
  const ids = objects.flatMap((text) => objectIdOf(text) ?? []);
  const names = await remote.read(
    ids.map((object) => ({ object, property: objectName })),
    how,
  );
  const named = objects.map((object, at) => ({ object, name: names[at]?.values?.[0]?.value ?? null }));
  return { objects: named, more: count > browseMost };
}

/**
 * `read {point}`, `write {point, value}`, `relinquish {point}` (our priority gives the value free), `browse`. `until`:
 * ms of the clock that only goes on.
 */
export async function carryOut(target: CallTarget, method: string, params: unknown, until: number): Promise<unknown> {
  const given = isJsonObject(params) ? params : {};
  const how = { isUrgent: true, until };
  switch (method) {
    case 'read': {
      const place = pointOf(target, given);
      return { point: place.point.name, value: await readOne(target, place, how) };
    }
    case 'write':
      if (given.value === undefined || given.value === null)
        throw new InputInvalid({}, [{ pointer: '/value', code: 'required' }]);
      return write(target, pointOf(target, given), given.value, how);
    case 'relinquish':
      return write(target, pointOf(target, given), null, how);
    case 'browse':
      return browse(target, how);
    default:
      throw new MethodUnknown({ method });
  }
}
