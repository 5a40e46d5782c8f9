import { defaultZone } from '@keystead/contracts/calendar';
import {
  ChecksumWrong,
  type Driver,
  isRefusal,
  PayloadMalformed,
  type Reading,
  type Refusal,
  refuse,
  type Uplink,
} from '@keystead/terminals/port';
import { type AnswerOptions, answerOf } from './answer.ts';
import { anyAddress, cjt188Form, control, functionOf, type MeterFrame, partsOf } from './frame.ts';
import { identifiers } from './identifier.ts';
import { readAddressRequest, readRequest, valveRequest } from './request.ts';

const wakeUp = 0xfe;
const silence = new Uint8Array(0);

/** A frame without the bytes FE that wake the receiver. */
export function withoutPreamble(frame: Uint8Array): Uint8Array {
  const start = frame.findIndex((byte) => byte !== wakeUp);
  return start < 0 ? silence : frame.subarray(start);
}

function uplinkOf(frame: MeterFrame, options: AnswerOptions): Uplink | Refusal {
  const answer = answerOf(frame, options);
  if (isRefusal(answer)) return answer;
  const device = frame.address;
  switch (answer.kind) {
    case 'measured': {
      const { values, clock, refused } = answer.measured;
      const reading: Reading = { device, ...(clock !== undefined && { time: clock * 1000 }), values };
      return { kind: 'readings', readings: [reading], ...(refused.length > 0 && { refused }) };
    }
    // Which month or day it was is known to who asked, not to the frame.
    case 'frozen':
      return { kind: 'reply', request: answer.serial, device, reply: { number: answer.number, ...answer.values } };
    case 'address':
      return {
        kind: 'attributes',
        sets: [{ device, values: { address: device, meterType: frame.type.toString(16) } }],
      };
    case 'settlement-day':
      return { kind: 'reply', request: answer.serial, device, reply: { settlementDay: answer.day } };
    case 'written':
      return { kind: 'reply', request: answer.serial, device, reply: answer.status };
  }
}

/**
 * CJ/T 188 as a driver (H-6.4-a): frame ⇄ words. Readings carry the meter's own time as event time; a call's `device`
 * is the address of 14 digits (absent = whoever hears it), its `request` the serial number.
 */
export function cjt188Driver(options: Partial<AnswerOptions> & { type?: number } = {}): Driver<Uint8Array> {
  const { type = 0x10 } = options;
  const whole = { ...options, zone: options.zone ?? defaultZone };
  return {
    name: 'cjt188',
    decode: (bytes) => {
      const frame = withoutPreamble(bytes);
      const parts = partsOf(frame);
      if (!parts) return refuse(PayloadMalformed, 'not a frame of CJ/T 188');
      if (!cjt188Form.sound(frame)) return refuse(ChecksumWrong, undefined, undefined, parts.address);
      return uplinkOf(parts, whole);
    },
    encode: (down) => {
      if (down.kind !== 'call') return silence;
      const address = down.device ?? anyAddress;
      const to = { type, address, order: 'high-first', serial: down.request & 0xff } as const;
      switch (down.method) {
        case 'read':
          return readRequest(to, identifiers.metering);
        case 'readAddress':
          return readAddressRequest(to);
        case 'openValve':
          return valveRequest(to, 0x55);
        case 'closeValve':
          return valveRequest(to, 0x99);
        default:
          return silence;
      }
    },
  };
}

export const functionName = (code: number): { zh: string; en: string } => {
  switch (functionOf(code)) {
    case control.read:
      return { zh: '读数据', en: 'Read data' };
    case control.readAddress:
      return { zh: '读地址', en: 'Read address' };
    case control.write:
      return { zh: '写数据', en: 'Write data' };
    case control.readKey:
      return { zh: '读密钥版本', en: 'Read key version' };
    case control.writeAddress:
      return { zh: '写地址', en: 'Write address' };
    default:
      return { zh: '写机电同步', en: 'Set register' };
  }
};
