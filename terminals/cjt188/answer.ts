import {
  DeviceRefused,
  isRefusal,
  PayloadMalformed,
  ProtocolViolated,
  type Refusal,
  refuse,
} from '@keystead/terminals/port';
import { control, functionOf, isAnswer, isRefusalCode, type MeterFrame } from './frame.ts';
import { identifierOf, identifiers, type Order } from './identifier.ts';
import { isHeat, type Measured, measuredOf, type ReadingOptions } from './measured.ts';
import { statusOf } from './status.ts';
import { quantityOf } from './unit.ts';

/** What a meter said, understood. */
export type Answer = { readonly id: number; readonly order: Order; readonly serial: number } & (
  | { readonly kind: 'measured'; readonly measured: Measured }
  /** Total at the settlement day `number` months ago. */
  | { readonly kind: 'frozen'; readonly number: number; readonly values: Record<string, unknown> }
  | { readonly kind: 'address' }
  | { readonly kind: 'settlement-day'; readonly day: number | undefined }
  | { readonly kind: 'written'; readonly status: Record<string, boolean> }
);

export interface AnswerOptions extends ReadingOptions {
  /** Identifiers of the maker's daily freezes: the first of them, and how many there are. */
  readonly daily?: { readonly first: number; readonly count: number };
}

function frozenValues(type: number, body: Uint8Array): Record<string, unknown> | Refusal {
  const [name, kind] = isHeat(type) ? (['energy', 'heat'] as const) : (['volume', 'volume'] as const);
  if (body.length < 5) return refuse(PayloadMalformed, `${body.length} bytes of frozen data`);
  const value = quantityOf(body.subarray(0, 5), kind);
  if (typeof value === 'string') return refuse(PayloadMalformed, value, `/${name}`);
  return value === undefined ? {} : { [name]: value };
}

/** Why a meter said no: its status word behind the serial number, or the one code some put behind the identifier. */
function refusalOf(frame: MeterFrame): Refusal {
  const word = frame.data.length === 4 ? -1 : -2;
  const told = Array.from(frame.data.subarray(word), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return refuse(DeviceRefused, `error ${told.toUpperCase()}`, undefined, frame.address);
}

/** Understands one sound frame of a meter. */
export function answerOf(frame: MeterFrame, options: AnswerOptions): Answer | Refusal {
  if (!isAnswer(frame.control)) return refuse(ProtocolViolated, 'a request, not an answer', undefined, frame.address);
  if (isRefusalCode(frame.control)) return refusalOf(frame);
  const [first, second] = frame.data;
  if (first === undefined || second === undefined) return refuse(PayloadMalformed, 'no identifier');
  const { daily } = options;
  const also = daily ? Array.from({ length: daily.count }, (_, at) => daily.first + at) : [];
  const { id, order } = identifierOf(first, second, also);
  // Some meters leave the serial number out of the answer with their address.
  const head = { id, order, serial: frame.data[2] ?? 0 };
  const body = frame.data.subarray(3);
  switch (functionOf(frame.control)) {
    case control.readAddress:
      return { ...head, kind: 'address' };
    case control.write:
      return { ...head, kind: 'written', status: statusOf(body, options.status) };
    case control.read: {
      if (id === identifiers.metering) {
        const measured = measuredOf(frame.type, body, options);
        return isRefusal(measured) ? measured : { ...head, kind: 'measured', measured };
      }
      const number = frozenNumber(id, daily);
      if (number !== undefined) {
        const values = frozenValues(frame.type, body);
        return isRefusal(values) ? values : { ...head, kind: 'frozen', number, values };
      }
      if (id === identifiers.settlementDay) return { ...head, kind: 'settlement-day', day: body[0] };
    }
  }
  return refuse(PayloadMalformed, `identifier ${id.toString(16).toUpperCase()} is not understood`);
}

function frozenNumber(id: number, daily: AnswerOptions['daily']): number | undefined {
  if (id >= identifiers.firstMonth && id < identifiers.firstMonth + 12) return id - identifiers.firstMonth + 1;
  return daily && id >= daily.first && id < daily.first + daily.count ? id - daily.first + 1 : undefined;
}
