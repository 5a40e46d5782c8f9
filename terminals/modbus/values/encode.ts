import { isRefusal, type Refusal, refuse, ValueWrongType } from '@keystead/terminals/port';
import type { PointValue } from './decode.ts';
import { reordered, textOrder } from './order.ts';
import { type Form, formOf, type Point, widthOf } from './point.ts';
import { scalingOf } from './scaling.ts';

const integerRange: Partial<Record<Form, readonly [number, number]>> = {
  int16: [-0x8000, 0x7fff],
  uint16: [0, 0xffff],
  int32: [-0x80000000, 0x7fffffff],
  uint32: [0, 0xffffffff],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
  bcd16: [0, 9999],
  bcd32: [0, 99_999_999],
};

const put: Readonly<Record<string, (view: DataView, raw: number) => void>> = {
  int16: (view, raw) => view.setInt16(0, raw),
  uint16: (view, raw) => view.setUint16(0, raw),
  int32: (view, raw) => view.setInt32(0, raw),
  uint32: (view, raw) => view.setUint32(0, raw),
  int64: (view, raw) => view.setBigInt64(0, BigInt(raw)),
  uint64: (view, raw) => view.setBigUint64(0, BigInt(raw)),
  float32: (view, raw) => view.setFloat32(0, raw),
  float64: (view, raw) => view.setFloat64(0, raw),
  bcd16: (view, raw) => view.setUint16(0, Number.parseInt(String(raw), 16)),
  bcd32: (view, raw) => view.setUint32(0, Number.parseInt(String(raw), 16)),
};

function textBytes(value: string, length: number): Uint8Array | Refusal {
  const bytes = new TextEncoder().encode(value);
  if (bytes.length > length) return refuse(ValueWrongType, `${bytes.length} bytes, ${length} fit`);
  const out = new Uint8Array(length);
  out.set(bytes);
  return out;
}

function numberBytes(point: Point, value: number): Uint8Array | Refusal {
  const form = formOf(point);
  const out = new Uint8Array(widthOf(point) * 2);
  const scaling = scalingOf(point.scale, point.offset);
  const range = integerRange[form];
  const exact = scaling.undo(value);
  const raw = range ? Math.round(exact) : exact;
  // A set-point between two steps goes to the nearer one; without a factor there are no steps to choose from.
  if (range && scaling.plain && raw !== value) return refuse(ValueWrongType, 'a whole number is wanted');
  if (!Number.isFinite(raw) || (range && (raw < range[0] || raw > range[1])))
    return refuse(ValueWrongType, `${value} does not fit ${form}`);
  if (form === 'float32' && !Number.isFinite(Math.fround(raw)))
    return refuse(ValueWrongType, `${value} does not fit float32`);
  put[form]?.(new DataView(out.buffer), raw);
  return out;
}

/** A value as the registers of its point, high byte of each register first; a bit has none of its own. */
export function encodeRegisters(point: Point, value: unknown): number[] | Refusal {
  const form = formOf(point);
  if (form === 'bit') return refuse(ValueWrongType, 'a bit is not a register');
  if (form === 'string' ? typeof value !== 'string' : typeof value !== 'number')
    return refuse(ValueWrongType, `${form} wants a ${form === 'string' ? 'text' : 'number'}`);
  if (form === 'string' && (point.text ?? 'utf-8') !== 'utf-8')
    return refuse(ValueWrongType, `${point.text} text can only be read`);
  const plain = typeof value === 'string' ? textBytes(value, widthOf(point) * 2) : numberBytes(point, value as number);
  if (isRefusal(plain)) return plain;
  const bytes = reordered(plain, 0, plain.length, form === 'string' ? textOrder(point.order) : (point.order ?? 'ABCD'));
  return Array.from({ length: bytes.length / 2 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0));
}

/** Whether what was read back is what was written, as finely as the device can tell. */
export function sameValue(point: Point, wanted: unknown, read: PointValue): boolean {
  if (typeof wanted !== 'number' || typeof read !== 'number') return wanted === read;
  const form = formOf(point);
  if (form === 'float32') return Math.abs(wanted - read) <= Math.max(1e-6 * Math.abs(wanted), 1e-30);
  if (form === 'float64') return Math.abs(wanted - read) <= 1e-12 * Math.max(1, Math.abs(wanted));
  return Math.abs(wanted - read) <= scalingOf(point.scale, point.offset).step / 2 + 1e-9;
}
