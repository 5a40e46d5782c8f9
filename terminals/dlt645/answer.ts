import { DeviceRefused, PayloadMalformed, ProtocolViolated, type Refusal, refuse } from '@keystead/terminals/port';
import {
  addressOf,
  control,
  control1997,
  functionOf,
  identifierLength,
  identifierOf,
  isAnswer,
  isRefusalCode,
  moreFollows,
  type PowerFrame,
} from './frame.ts';
import { type Item, itemOf } from './item.ts';
import { itemOf1997 } from './item-1997.ts';

/** What a meter said, understood as far as one frame goes. */
export type Answer =
  | {
      readonly kind: 'data';
      readonly id: number;
      readonly item: Item | undefined;
      readonly data: Uint8Array;
      readonly more: boolean;
    }
  /** A part that follows; `sequence` counts from 1. */
  | {
      readonly kind: 'part';
      readonly id: number;
      readonly sequence: number;
      readonly data: Uint8Array;
      readonly more: boolean;
    }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'done'; readonly function: number };

/** What a meter says of an identifier it does not know. */
export const noSuchData = 'no such data';

const errorBits = [
  'other error',
  noSuchData,
  'wrong password or no right',
  'this baud rate cannot be set',
  'too many yearly zones',
  'too many daily periods',
  'too many tariffs',
];

/** The bits of the error byte in words. */
function refusalOf(frame: PowerFrame): Refusal {
  const [bits = 0] = frame.data;
  const words = errorBits.filter((_, bit) => ((bits >> bit) & 1) === 1);
  return refuse(DeviceRefused, words.length > 0 ? words.join(', ') : `error ${bits}`, undefined, frame.address);
}

export const itemBehind = (code: number, id: number): Item | undefined =>
  identifierLength(code) === 2 ? itemOf1997(id) : itemOf(id);

/** Understands one sound frame of a meter. */
export function answerOf(frame: PowerFrame): Answer | Refusal {
  const code = frame.control;
  if (!isAnswer(code)) return refuse(ProtocolViolated, 'a request, not an answer', undefined, frame.address);
  if (isRefusalCode(code)) return refusalOf(frame);
  const more = moreFollows(code);
  switch (functionOf(code)) {
    case control.readAddress: {
      if (frame.data.length < 6) return refuse(PayloadMalformed, 'no address', undefined, frame.address);
      return { kind: 'address', address: addressOf(frame.data) };
    }
    case control.read:
    case control1997.read: {
      const length = identifierLength(code);
      const id = identifierOf(frame.data, length);
      if (id === undefined) return refuse(PayloadMalformed, 'no identifier', undefined, frame.address);
      return { kind: 'data', id, item: itemBehind(code, id), data: frame.data.subarray(length), more };
    }
    case control.readMore: {
      const id = identifierOf(frame.data, 4);
      const sequence = frame.data.at(-1);
      if (id === undefined || sequence === undefined || frame.data.length < 5)
        return refuse(PayloadMalformed, 'no identifier', undefined, frame.address);
      return { kind: 'part', id, sequence, data: frame.data.subarray(4, -1), more };
    }
    default:
      return { kind: 'done', function: functionOf(code) };
  }
}
