import { InputInvalid } from '@keystead/contracts/problem';
import {
  DeviceRefused,
  DeviceSilent,
  isJsonObject,
  isRefusal,
  PropertyUnknown,
  problemOf,
  refuse,
  ValueWrongType,
} from '@keystead/terminals/port';
import type { Declared, NodeSession } from './node-session.ts';
import type { SparkplugDevice, SparkplugPoint } from './settings.ts';
import { commandTopic, speakerKey } from './topics.ts';
import type { Watchers } from './watchers.ts';
import { writePayload } from './writing.ts';

interface Target {
  name: string;
  at: SparkplugDevice;
  session: NodeSession;
}

interface Tools {
  /** ms since 1970. */
  now: number;
  /** ms from now. */
  deadline: number;
  send(topic: string, payload: Uint8Array, deadline: number): Promise<void>;
  watchers: Watchers;
}

/** What a device tells of a number of 32 bits is not the number of 64 it was given. */
const sameAs =
  (value: unknown, { type }: Declared) =>
  (told: unknown): boolean =>
    type === 'Float' && typeof value === 'number' ? told === Math.fround(value) : told === value;

function pointOf({ at, name }: Target, given: Record<string, unknown>): SparkplugPoint {
  const point = at.points?.find((one) => one.name === given.point);
  if (!point) throw problemOf(refuse(PropertyUnknown, String(given.point).slice(0, 128)));
  if (!point.writable) throw new InputInvalid({ device: name }, [{ pointer: '/point', code: 'not-writable' }]);
  return point;
}

function withinLimits({ min, max }: SparkplugPoint, value: unknown): void {
  if (min === undefined && max === undefined) return;
  if (typeof value !== 'number') throw problemOf(refuse(ValueWrongType, 'no number'));
  if ((min !== undefined && value < min) || (max !== undefined && value > max))
    throw new InputInvalid({}, [{ pointer: '/value', code: 'out-of-range' }]);
}

/**
 * Sets a metric and waits until the device itself tells the new value (I-5.2.2.3-b). Nothing is sent that is not in
 * its birth, not writable, of another type or out of limits. Rejects with `DeviceRefused` when it goes on telling
 * another value, `DeviceSilent` when it tells none.
 */
export async function writePoint(target: Target, params: unknown, { now, deadline, send, watchers }: Tools) {
  const given = isJsonObject(params) ? params : {};
  const point = pointOf(target, given);
  const { value } = given;
  withinLimits(point, value);
  const { at, name, session } = target;
  const declared = session.state === 'alive' ? session.declared(at.device, point.metric) : undefined;
  if (!declared) throw new DeviceSilent({ device: name, detail: `${point.metric} is not in its birth` });
  const { alias, type } = declared;
  const named = alias === undefined ? { name: point.metric } : { alias };
  const payload = writePayload([{ ...named, type, value, time: now }], { time: now });
  if (isRefusal(payload)) throw problemOf(payload);
  const waiting = watchers.wait(speakerKey(at), point.metric, deadline, sameAs(value, declared));
  try {
    const [readBack] = await Promise.all([waiting.done, send(commandTopic(at), payload, deadline)]);
    return { point: point.name, value, readBack, verified: true };
  } catch (cause) {
    const other = waiting.other();
    if (!(cause instanceof DeviceSilent) || !other) throw cause;
    throw new DeviceRefused({ device: name, detail: `reads back ${JSON.stringify(other.value).slice(0, 100)}` });
  }
}
