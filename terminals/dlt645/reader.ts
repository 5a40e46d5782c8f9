import { defaultZone } from '@keystead/contracts/calendar';
import { type FrameExplanation, type FrameField, type FrameReader, hexOf, isRefusal } from '@keystead/terminals/port';
import { itemBehind } from './answer.ts';
import { dlt645Driver } from './driver.ts';
import {
  control,
  control1997,
  dlt645Form,
  functionOf,
  identifierLength,
  identifierOf,
  isAnswer,
  isRefusalCode,
  moreFollows,
  type PowerFrame,
  partsOf,
} from './frame.ts';
import { fieldsIn, valuesOf } from './value.ts';

const field = (zh: string, en: string, start: number, end: number, value: string): FrameField => ({
  name: { zh, en },
  start,
  end,
  value,
});

const functionNames: ReadonlyMap<number, string> = new Map<number, string>([
  [control.broadcastTime, '广播校时 time to all'],
  [control.read, '读数据 read data'],
  [control.readMore, '读后续数据 read what follows'],
  [control.readAddress, '读通信地址 read address'],
  [control.write, '写数据 write data'],
  [control.writeAddress, '写通信地址 write address'],
  [control.freeze, '冻结 freeze'],
  [control.relay, '跳合闸 relay'],
  [control1997.read, '读数据 (1997) read data'],
  [control1997.readMore, '读后续数据 (1997) read what follows'],
  [control1997.write, '写数据 (1997) write data'],
]);

const carriesIdentifier = new Set<number>([
  control.read,
  control.readMore,
  control.write,
  control1997.read,
  control1997.readMore,
  control1997.write,
]);

/** The data part, already without the 33H. */
function dataFields({ control: code, data }: PowerFrame, from: number): FrameField[] {
  const length = identifierLength(code);
  const id = carriesIdentifier.has(functionOf(code)) && !isRefusalCode(code) ? identifierOf(data, length) : undefined;
  if (id === undefined) {
    // Passwords stand in orders: shown as bytes only where a meter answers.
    const hidden = !isAnswer(code) && data.length > 0 && functionOf(code) !== control.broadcastTime;
    const shown = hidden ? `${data.length} 字节 bytes` : hexOf(data);
    return data.length > 0 ? [field('数据', 'Data', from, from + data.length, shown)] : [];
  }
  const name = id
    .toString(16)
    .toUpperCase()
    .padStart(length * 2, '0');
  const fields = [field('数据标识', 'Identifier', from, from + length, name)];
  const body = data.subarray(length);
  const item = isAnswer(code) ? itemBehind(code, id) : undefined;
  const base = from + length;
  if (!item) {
    if (body.length > 0)
      fields.push(
        field('数据', 'Data', base, base + body.length, isAnswer(code) ? hexOf(body) : `${body.length} 字节 bytes`),
      );
    return fields;
  }
  const { values } = valuesOf(item, body, defaultZone);
  for (const { field: one, at } of fieldsIn(item, body.length)) {
    if (at + one.bytes > body.length) break;
    const value = values[one.name];
    const shown = value === undefined ? '无 none' : `${value}${one.unit && one.unit !== '1' ? ` ${one.unit}` : ''}`;
    fields.push(field(one.zh, one.en, base + at, base + at + one.bytes, shown));
  }
  return fields;
}

/** Start of the first frame, sound or not; -1 = none. */
function findHead(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at++) {
    const length = dlt645Form.measure(bytes, at);
    if (length > 0 && at + length <= bytes.length) return at;
  }
  return -1;
}

/** Tells people what a DL/T 645 frame says; bytes before the frame and after it are passed over. */
export const dlt645Reader: FrameReader = {
  protocol: 'dlt645',
  explain: (bytes): FrameExplanation | undefined => {
    const start = findHead(bytes);
    if (start < 0) return undefined;
    const frame = bytes.slice(start, start + dlt645Form.measure(bytes, start));
    const parts = partsOf(frame);
    if (!parts) return undefined;
    const sound = dlt645Form.sound(frame);
    const said = dlt645Driver().decode(frame);
    const code = parts.control;
    const name = functionNames.get(functionOf(code)) ?? functionOf(code).toString(16);
    const way = isAnswer(code) ? (isRefusalCode(code) ? '异常应答 refused' : '应答 answer') : '请求 request';
    const last = start + frame.length;
    return {
      protocol: 'dlt645',
      certainty: sound ? 1 : frame.at(-1) === 0x16 ? 0.7 : 0.3,
      checksum: sound ? 'right' : 'wrong',
      fields: [
        ...(start > 0 ? [field('前导', 'Preamble', 0, start, hexOf(bytes.slice(0, Math.min(start, 16))))] : []),
        field('起始', 'Start', start, start + 1, '68'),
        field('地址', 'Address', start + 1, start + 7, parts.address),
        field('起始', 'Start', start + 7, start + 8, '68'),
        field(
          '控制码',
          'Control',
          start + 8,
          start + 9,
          `${name}, ${way}${moreFollows(code) ? ', 有后续 more follows' : ''}`,
        ),
        field('长度', 'Length', start + 9, start + 10, String(parts.data.length)),
        ...dataFields(parts, start + 10),
        field('校验和', 'Checksum', last - 2, last - 1, hexOf(frame.slice(-2, -1))),
        field('结束', 'End', last - 1, last, hexOf(frame.slice(-1))),
      ],
      ...(isRefusal(said) ? { refusal: said } : { uplink: said }),
    };
  },
};
