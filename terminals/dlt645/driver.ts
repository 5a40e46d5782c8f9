import { defaultZone } from '@keystead/contracts/calendar';
import {
  ChecksumWrong,
  type Driver,
  isRefusal,
  PayloadMalformed,
  PropertyUnknown,
  type Refusal,
  refuse,
  type Uplink,
} from '@keystead/terminals/port';
import { answerOf } from './answer.ts';
import { anyAddress, dlt645Form, type PowerFrame, partsOf } from './frame.ts';
import { readable } from './item.ts';
import { readable1997 } from './item-1997.ts';
import { addressRequest, readRequest, readRequest1997 } from './request.ts';
import { valuesOf } from './value.ts';

const wakeUp = 0xfe;
const silence = new Uint8Array(0);

/** A frame without the bytes FE that wake the receiver. */
export function withoutPreamble(frame: Uint8Array): Uint8Array {
  const start = frame.findIndex((byte) => byte !== wakeUp);
  return start < 0 ? silence : frame.subarray(start);
}

const hex = (id: number): string => id.toString(16).toUpperCase().padStart(4, '0');

function uplinkOf(frame: PowerFrame, zone: string): Uplink | Refusal {
  const answer = answerOf(frame);
  if (isRefusal(answer)) return answer;
  const device = frame.address;
  switch (answer.kind) {
    case 'address':
      return { kind: 'attributes', sets: [{ device: answer.address, values: { address: answer.address } }] };
    case 'data': {
      if (!answer.item) return refuse(PropertyUnknown, `identifier ${hex(answer.id)}`, undefined, device);
      const { values, refused } = valuesOf(answer.item, answer.data, zone);
      return { kind: 'readings', readings: [{ device, values }], ...(refused.length > 0 && { refused }) };
    }
    case 'part':
      return refuse(PayloadMalformed, 'a part that is read only with the one before it', undefined, device);
    case 'done':
      return { kind: 'reply', request: 0, device, reply: { done: true } };
  }
}

/**
 * DL/T 645 as a driver: frame ⇄ words. A call's `device` is the address of up to 12 digits (absent = whoever hears it);
 * `read` takes `{ item }`, one of the names of `readable`.
 */
export function dlt645Driver({
  zone = defaultZone,
  version = '2007',
}: {
  zone?: string;
  version?: '2007' | '1997';
} = {}): Driver<Uint8Array> {
  return {
    name: 'dlt645',
    decode: (bytes) => {
      const frame = withoutPreamble(bytes);
      const parts = partsOf(frame);
      if (!parts) return refuse(PayloadMalformed, 'not a frame of DL/T 645');
      if (!dlt645Form.sound(frame)) return refuse(ChecksumWrong, undefined, undefined, parts.address);
      return uplinkOf(parts, zone);
    },
    encode: (down) => {
      if (down.kind !== 'call') return silence;
      const to = { address: down.device ?? anyAddress };
      if (down.method === 'readAddress') return addressRequest(to);
      const { params } = down;
      const named = typeof params === 'object' && params !== null && 'item' in params ? String(params.item) : 'energy';
      const id = (version === '1997' ? readable1997 : readable)[named];
      if (down.method !== 'read' || id === undefined) return silence;
      return version === '1997' ? readRequest1997(to, id) : readRequest(to, id);
    },
  };
}
