import { type Refusal, refuse, ValueWrongType } from '@keystead/terminals/port';
import { reordered, textOrder } from './order.ts';
import { formOf, isBits, type Point, widthOf } from './point.ts';
import { scalingOf } from './scaling.ts';

export type PointValue = number | boolean | string;

/**
 * Reads one point out of the data of an answer; `at` counts coils or registers from its start. A bit pattern that means
 * no value (not a number, a BCD digit above 9, text that is none, an integer no double can hold) is refused.
 */
export type Decode = (data: Uint8Array, at: number) => PointValue | Refusal;

type Raw = (view: DataView, at: number) => number | bigint | Refusal;

function bcd(view: DataView, at: number, bytes: number): number | Refusal {
  let value = 0;
  for (let index = 0; index < bytes; index++) {
    const byte = view.getUint8(at + index);
    if (byte >> 4 > 9 || (byte & 15) > 9) return refuse(ValueWrongType, 'not a decimal digit in BCD');
    value = value * 100 + (byte >> 4) * 10 + (byte & 15);
  }
  return value;
}

/** The decimal a single-precision number stands for: 0.1, not 0.10000000149; it still gives the same 32 bits. */
function shortest(single: number): number {
  if (Number.isInteger(single) || !Number.isFinite(single)) return single;
  for (const digits of [7, 8]) {
    const decimal = Number(single.toPrecision(digits));
    if (Math.fround(decimal) === single) return decimal;
  }
  return Number(single.toPrecision(9));
}

const raws: Readonly<Record<string, Raw>> = {
  int16: (view, at) => view.getInt16(at),
  uint16: (view, at) => view.getUint16(at),
  int32: (view, at) => view.getInt32(at),
  uint32: (view, at) => view.getUint32(at),
  int64: (view, at) => view.getBigInt64(at),
  uint64: (view, at) => view.getBigUint64(at),
  float32: (view, at) => shortest(view.getFloat32(at)),
  float64: (view, at) => view.getFloat64(at),
  bcd16: (view, at) => bcd(view, at, 2),
  bcd32: (view, at) => bcd(view, at, 4),
};

function bitDecode(point: Point): Decode {
  if (isBits(point)) return (data, at) => (((data[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;
  const bit = point.bit ?? 0;
  const swapped = point.order === 'BADC' || point.order === 'DCBA';
  const byte = bit >= 8 !== swapped ? 0 : 1;
  return (data, at) => (((data[at * 2 + byte] ?? 0) >> (bit & 7)) & 1) === 1;
}

function textDecode(point: Point): Decode {
  const decoder = new TextDecoder(point.text ?? 'utf-8', { fatal: true, ignoreBOM: true });
  const bytes = widthOf(point) * 2;
  return (data, at) => {
    const all = reordered(data, at * 2, bytes, textOrder(point.order));
    const end = all.indexOf(0);
    try {
      return decoder.decode(end === -1 ? all : all.subarray(0, end)).trimEnd();
    } catch {
      return refuse(ValueWrongType, `not ${point.text ?? 'utf-8'} text`);
    }
  };
}

/** Made once per point; `data` must hold the whole point. */
export function decoderOf(point: Point): Decode {
  const form = formOf(point);
  if (form === 'bit') return bitDecode(point);
  if (form === 'string') return textDecode(point);
  const raw = raws[form] ?? (() => refuse(ValueWrongType, form));
  const scaling = scalingOf(point.scale, point.offset);
  const bytes = widthOf(point) * 2;
  const order = point.order ?? 'ABCD';
  return (data, at) => {
    const inOrder = order === 'ABCD' || (order === 'CDAB' && bytes === 2);
    const source = inOrder ? data : reordered(data, at * 2, bytes, order);
    const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
    const value = raw(view, inOrder ? at * 2 : 0);
    if (typeof value === 'object') return value;
    if (scaling.plain && typeof value === 'bigint' && !Number.isSafeInteger(Number(value)))
      return refuse(ValueWrongType, `${value} is beyond 2^53`);
    const number = scaling.plain ? Number(value) : scaling.apply(Number(value));
    return Number.isFinite(number) ? number : refuse(ValueWrongType, 'not a finite number');
  };
}
