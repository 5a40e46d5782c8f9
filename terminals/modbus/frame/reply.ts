import { PayloadMalformed, type Refusal, refuse } from '@keystead/terminals/port';
import { dataLength, encodeRequest, isRead, type ModbusRequest } from './request.ts';

/** What a device answers. `bytes` of a read: packed bits, low first, or registers, high byte first. */
export type ModbusReply =
  | { kind: 'data'; bytes: Uint8Array }
  | { kind: 'written' }
  | { kind: 'exception'; code: number };

/** Exception codes in words, for people and logs. */
export const exceptionNames: Readonly<Record<number, { zh: string; en: string }>> = {
  1: { zh: '不支持的功能码', en: 'function not supported' },
  2: { zh: '地址不存在', en: 'address not there' },
  3: { zh: '数值不接受', en: 'value not accepted' },
  4: { zh: '设备故障', en: 'device failure' },
  5: { zh: '已接受,处理中', en: 'accepted, still working' },
  6: { zh: '设备忙', en: 'device busy' },
  8: { zh: '存储校验错误', en: 'memory parity error' },
  10: { zh: '网关无通路', en: 'gateway has no path' },
  11: { zh: '网关后的设备无应答', en: 'device behind the gateway does not answer' },
};

export const exceptionText = (code: number): string =>
  `exception ${code}: ${exceptionNames[code]?.en ?? 'not in the protocol'}`;

/** The device behind a gateway is as silent as one that does not answer at all. */
export const meansSilent = (code: number): boolean => code === 10 || code === 11;

/** Length of the unit that answers a request when it is no exception. */
export const replyLength = (request: ModbusRequest): number =>
  isRead(request) ? 2 + dataLength(request) : request.function === 22 ? 7 : 5;

export function encodeReply(request: ModbusRequest, reply: ModbusReply): Uint8Array {
  if (reply.kind === 'exception') return Uint8Array.of(request.function | 0x80, reply.code);
  if (reply.kind === 'data') {
    const pdu = new Uint8Array(2 + reply.bytes.length);
    pdu[0] = request.function;
    pdu[1] = reply.bytes.length;
    pdu.set(reply.bytes, 2);
    return pdu;
  }
  return encodeRequest(request).subarray(0, replyLength(request));
}

/** What the answer to `request` says. It must fit: function, length, and the echo of a write. Never throws. */
export function decodeReply(request: ModbusRequest, pdu: Uint8Array): ModbusReply | Refusal {
  const code = pdu[0] ?? 0;
  if (code === (request.function | 0x80))
    return pdu.length === 2 ? { kind: 'exception', code: pdu[1] ?? 0 } : refuse(PayloadMalformed, 'exception too long');
  if (code !== request.function) return refuse(PayloadMalformed, `function ${code}, asked ${request.function}`);
  if (pdu.length !== replyLength(request))
    return refuse(PayloadMalformed, `${pdu.length} bytes, ${replyLength(request)} are right`);
  if (isRead(request))
    return pdu[1] === pdu.length - 2
      ? { kind: 'data', bytes: pdu.subarray(2) }
      : refuse(PayloadMalformed, `byte count ${pdu[1]}`);
  const echo = encodeRequest(request);
  const same = pdu.every((byte, index) => byte === echo[index]);
  return same ? { kind: 'written' } : refuse(PayloadMalformed, 'the answer names another address or value');
}
