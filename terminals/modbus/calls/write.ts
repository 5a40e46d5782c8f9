import { setTimeout as sleep } from 'node:timers/promises';
import { DeviceRefused, isRefusal, problemOf, type Refusal, refuse } from '@keystead/terminals/port';
import type { ModbusDevice } from '../device.ts';
import { exceptionText } from '../frame/reply.ts';
import { type ModbusRequest, readFunctions, type WriteRequest } from '../frame/request.ts';
import type { Ask, Line } from '../line/line.ts';
import type { Link } from '../line/link.ts';
import { decoderOf, type PointValue } from '../values/decode.ts';
import { encodeRegisters, sameValue } from '../values/encode.ts';
import { formOf, isBits, type Point, widthOf } from '../values/point.ts';
import type { WriteOrder } from './params.ts';

export interface WriteResult {
  point: string;
  /** What was asked for. */
  value: PointValue;
  /** What the device says afterwards; absent for points that are not read back. */
  readBack?: PointValue;
  verified: boolean;
}

/** Where a call goes. `until`: `performance.now()` at which it is over. */
export interface Target {
  line: Line;
  link: Link;
  at: ModbusDevice;
  until: number;
}

const readBackPause = 100;

/** The data of an answer; throws the refusal or the device's own no. */
async function dataOf(ask: Ask, link: Link, request: ModbusRequest): Promise<Uint8Array> {
  const answer = await ask(link, request);
  if (isRefusal(answer)) throw problemOf(answer);
  if (answer.kind === 'exception') throw problemOf(refuse(DeviceRefused, exceptionText(answer.code)));
  return answer.kind === 'data' ? answer.bytes : new Uint8Array(0);
}

async function readNow(ask: Ask, link: Link, point: Point): Promise<PointValue> {
  const count = widthOf(point);
  const bytes = await dataOf(ask, link, { function: readFunctions[point.area], address: point.address, count });
  const value = decoderOf(point)(bytes, 0);
  if (typeof value === 'object') throw problemOf(value);
  return value;
}

/** A bit of a register: by mask where the device can, else read, changed and written while nobody else is asked. */
async function bitRequest(ask: Ask, link: Link, at: ModbusDevice, point: Point, on: boolean): Promise<WriteRequest> {
  const swapped = point.order === 'BADC' || point.order === 'DCBA';
  const mask = 1 << ((point.bit ?? 0) ^ (swapped ? 8 : 0));
  const { address } = point;
  if (at.maskWrite) return { function: 22, address, and: 0xffff & ~mask, or: on ? mask : 0 };
  const bytes = await dataOf(ask, link, { function: 3, address, count: 1 });
  const before = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  return registerRequest(at, address, [on ? before | mask : before & ~mask & 0xffff]);
}

function registerRequest(at: ModbusDevice, address: number, values: readonly number[]): WriteRequest {
  const [only] = values;
  return values.length === 1 && only !== undefined && !at.writeMultiple
    ? { function: 6, address, value: only }
    : { function: 16, address, values };
}

async function requestOf(ask: Ask, { link, at }: Target, { point, value }: WriteOrder): Promise<WriteRequest> {
  if (isBits(point)) {
    return at.writeMultiple
      ? { function: 15, address: point.address, values: [value === true] }
      : { function: 5, address: point.address, value: value === true };
  }
  if (formOf(point) === 'bit') return bitRequest(ask, link, at, point, value === true);
  const registers = encodeRegisters(point, value);
  if (isRefusal(registers)) throw problemOf(registers);
  return registerRequest(at, point.address, registers);
}

function given<T extends object | PointValue>(result: T | Refusal): T {
  if (typeof result === 'object' && isRefusal(result)) throw problemOf(result);
  return result as T;
}

const turn = (until: number) => ({ urgent: true, patience: Math.max(0, until - performance.now()) });

/** Reads one point now. */
export const readPoint = async ({ line, link, until }: Target, point: Point): Promise<PointValue> =>
  given(await line.run((ask) => readNow(ask, link, point), turn(until)));

/**
 * Writes one point and reads it back, at once and then until `settle` is over. Throws `DeviceRefused` when the device
 * says no or ends up with another value, `DeviceSilent` when it does not answer; the write is sent once.
 */
export async function writePoint(target: Target, order: WriteOrder): Promise<WriteResult> {
  const { line, link, until } = target;
  const { point, value } = order;
  const readsBack = point.readBack ?? true;
  const first = given(
    await line.run(async (ask) => {
      await dataOf(ask, link, await requestOf(ask, target, order));
      return { readBack: readsBack ? await readNow(ask, link, point) : undefined };
    }, turn(until)),
  );
  if (first.readBack === undefined) return { point: point.name, value, verified: false };
  let { readBack } = first;
  const settled = performance.now() + (point.settle ?? 0);
  while (!sameValue(point, value, readBack)) {
    if (performance.now() >= Math.min(settled, until))
      throw problemOf(refuse(DeviceRefused, `wrote ${value}, reads ${readBack}`, `/${point.name}`));
    await sleep(readBackPause);
    readBack = await readPoint(target, point);
  }
  return { point: point.name, value, readBack, verified: true };
}
