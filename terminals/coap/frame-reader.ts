import type { FrameExplanation, FrameField, FrameReader } from '@keystead/terminals/port';
import { codeText, isRequest, isResponse, methods } from './message/code.ts';
import { decodeMessage, isMalformed } from './message/message.ts';
import { type Option, optionNumbers } from './message/option.ts';

const nameOf = new Map(Object.entries(optionNumbers).map(([name, number]) => [number as number, name]));
const methodOf = new Map(Object.entries(methods).map(([name, code]) => [code as number, name.toUpperCase()]));
const texts = new Set<number>([optionNumbers.uriHost, optionNumbers.uriPath, optionNumbers.uriQuery]);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const field = (zh: string, en: string, start: number, end: number, value: string): FrameField => ({
  name: { zh, en },
  start,
  end,
  value,
});

const written = ({ number, value }: Option): string =>
  texts.has(number) ? Buffer.from(value).toString('utf8') : value.length <= 4 ? hex(value) || '0' : hex(value);

/** A datagram without a checksum: most bytes look a little like one, so only a method or answer there is makes it likely. */
function explain(bytes: Uint8Array): FrameExplanation | undefined {
  const message = decodeMessage(bytes);
  if (isMalformed(message)) return undefined;
  const { code, type, id, token, options, payload } = message;
  const method = methodOf.get(code);
  if (code !== 0 && method === undefined && !isResponse(code) && !isRequest(code)) return undefined;
  const behind = 4 + token.length;
  const listed = options.map((option): FrameField => {
    const start = option.value.byteOffset - bytes.byteOffset;
    const name = nameOf.get(option.number) ?? String(option.number);
    return field(`选项 ${name}`, `Option ${name}`, start, start + option.value.length, written(option));
  });
  const fields = [
    field('类型', 'Type', 0, 1, type),
    field('代码', 'Code', 1, 2, method ?? codeText(code)),
    field('消息编号', 'Message ID', 2, 4, String(id)),
    ...(token.length > 0 ? [field('令牌', 'Token', 4, behind, hex(token))] : []),
    ...listed,
  ];
  if (payload.length > 0) {
    const start = bytes.length - payload.length;
    fields.push(field('载荷', 'Payload', start, bytes.length, hex(payload)));
  }
  const likely = method !== undefined && options.some(({ number }) => number === optionNumbers.uriPath);
  return { protocol: 'coap', certainty: likely ? 0.5 : 0.15, checksum: 'none', fields };
}

export const coapFrameReader: FrameReader = { protocol: 'coap', explain };
