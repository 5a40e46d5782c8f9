import { setTimeout as sleep } from 'node:timers/promises';
import { InputInvalid } from '@keystead/contracts/problem';
import { DeviceRefused, isRefusal, problemOf, refuse } from '@keystead/terminals/port';
import type { ClientSession } from 'node-opcua-client';
import type { OpcuaPoint } from '../device.ts';
import type { ClientLibrary } from '../library.ts';
import { builtIn, fromVariant, toVariant } from '../values.ts';
import { isBad } from './gathering.ts';

export interface WriteResult {
  point: string;
  value: unknown;
  /** What the server says afterwards; absent when the point is not read back. */
  readBack?: unknown;
  verified: boolean;
}

const readBackPause = 100;

/** The value of a node now; throws the refusal of a bad status. */
export async function readNode(library: ClientLibrary, session: ClientSession, node: string): Promise<unknown> {
  const { value, statusCode } = await session.read({ nodeId: node, attributeId: library.AttributeIds.Value });
  if (isBad(statusCode.value)) throw problemOf(refuse(DeviceRefused, statusCode.name));
  const converted = fromVariant(value);
  if (isRefusal(converted)) throw problemOf(converted);
  return converted.value;
}

function same(dataType: number, wanted: unknown, read: unknown): boolean {
  if (dataType === builtIn.Float && typeof wanted === 'number')
    return Math.fround(wanted) === Math.fround(Number(read));
  return JSON.stringify(wanted) === JSON.stringify(read);
}

function checkLimits({ writable, min, max }: OpcuaPoint, value: unknown): void {
  if (!writable) throw new InputInvalid({}, [{ pointer: '/point', code: 'not-writable' }]);
  if (typeof value !== 'number') return;
  if (min !== undefined && value < min)
    throw new InputInvalid({}, [{ pointer: '/value', code: 'below-min', detail: `${min}` }]);
  if (max !== undefined && value > max)
    throw new InputInvalid({}, [{ pointer: '/value', code: 'above-max', detail: `${max}` }]);
}

/**
 * Writes a point and reads it back until it is there or `settle` ms are over. Throws `InputInvalid` (limits, type),
 * `DeviceRefused` (the server says no, or another value stays). Sent once.
 */
export async function writePoint(
  library: ClientLibrary,
  session: ClientSession,
  point: OpcuaPoint,
  value: unknown,
): Promise<WriteResult> {
  checkLimits(point, value);
  const dataType = await session.getBuiltInDataType(library.coerceNodeId(point.node));
  const variant = toVariant(dataType, value);
  if ('problem' in variant)
    throw new InputInvalid({}, [{ pointer: '/value', code: 'wrong-type', detail: variant.detail }]);
  const status = await session.write({
    nodeId: point.node,
    attributeId: library.AttributeIds.Value,
    value: { value: new library.Variant(variant) },
  });
  if (!status.isGood()) throw problemOf(refuse(DeviceRefused, status.name));
  if (point.readBack === false) return { point: point.name, value, verified: false };
  for (const until = performance.now() + (point.settle ?? 0); ; await sleep(readBackPause)) {
    const readBack = await readNode(library, session, point.node);
    if (same(dataType, value, readBack)) return { point: point.name, value, readBack, verified: true };
    if (performance.now() >= until)
      throw problemOf(refuse(DeviceRefused, `wrote ${value}, reads ${readBack}`, `/${point.name}`));
  }
}
