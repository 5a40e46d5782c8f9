import { type FieldError, InputInvalid } from '@keystead/contracts/problem';
import { MethodUnknown, PropertyUnknown, problemOf, refuse } from '@keystead/terminals/port';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { ModbusDevice } from '../device.ts';
import { formOf, type Point } from '../values/point.ts';

const Scalar = Type.Union([Type.Number(), Type.Boolean(), Type.String()]);
const WriteParams = Type.Object({ point: Type.String(), value: Scalar }, { additionalProperties: false });
const ReadParams = Type.Object({ point: Type.String() }, { additionalProperties: false });

/** One write, held against the point's own limits. */
export interface WriteOrder {
  point: Point;
  value: number | boolean | string;
}

export type CallOrder = { kind: 'read'; point: Point } | { kind: 'writes'; writes: WriteOrder[]; single: boolean };

function pointOf(at: ModbusDevice, name: string): Point {
  const point = at.points.find((each) => each.name === name);
  if (!point) throw problemOf(refuse(PropertyUnknown, name));
  return point;
}

/** Whether a value may be written to a point; all that is wrong, with pointers from `pointer` on. */
export function valueFaults(point: Point, value: unknown, pointer = '/value'): FieldError[] {
  const form = formOf(point);
  const wanted = form === 'bit' ? 'boolean' : form === 'string' ? 'string' : 'number';
  if (!point.writable) return [{ pointer: '/point', code: 'not-writable' }];
  if (typeof value !== wanted) return [{ pointer, code: 'wrong-type', detail: `${form} wants ${wanted}` }];
  if (typeof value !== 'number') return [];
  if (point.min !== undefined && value < point.min) return [{ pointer, code: 'below-min', detail: `${point.min}` }];
  if (point.max !== undefined && value > point.max) return [{ pointer, code: 'above-max', detail: `${point.max}` }];
  return [];
}

function orderOf(at: ModbusDevice, name: string, value: unknown, pointer: string): WriteOrder {
  const point = pointOf(at, name);
  const faults = valueFaults(point, value, pointer);
  if (faults.length > 0) throw new InputInvalid({}, faults);
  return { point, value: value as WriteOrder['value'] };
}

function checked<T>(right: boolean, params: unknown, code: string): T {
  if (!right) throw new InputInvalid({}, [{ pointer: '', code }]);
  return params as T;
}

const paramOf = (params: unknown, name: string): unknown =>
  typeof params === 'object' && params !== null && Object.hasOwn(params, name)
    ? (params as Record<string, unknown>)[name]
    : undefined;

/**
 * What a call asks for: `write {point, value}`, `read {point}`, or an action of the device. Throws `InputInvalid`,
 * `PropertyUnknown`, `MethodUnknown`; nothing has been sent then. All writes of an action are checked before the first.
 */
export function readCallOrder(at: ModbusDevice, method: string, params: unknown): CallOrder {
  if (method === 'read') {
    const { point } = checked<{ point: string }>(Value.Check(ReadParams, params), params, 'point');
    return { kind: 'read', point: pointOf(at, point) };
  }
  if (method === 'write') {
    const right = Value.Check(WriteParams, params);
    const { point, value } = checked<{ point: string; value: unknown }>(right, params, 'point-and-value');
    return { kind: 'writes', writes: [orderOf(at, point, value, '/value')], single: true };
  }
  const action = at.actions?.find(({ name }) => name === method);
  if (!action) throw problemOf(refuse(MethodUnknown, method));
  const writes = action.writes.map(({ point, value, param = 'value' }) =>
    orderOf(at, point, value ?? paramOf(params, param), `/${param}`),
  );
  return { kind: 'writes', writes, single: false };
}
