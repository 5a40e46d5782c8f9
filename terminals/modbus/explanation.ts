import {
  ChecksumWrong,
  type FrameExplanation,
  type FrameField,
  type FrameReader,
  refuse,
} from '@keystead/terminals/port';
import { exceptionNames } from './frame/reply.ts';
import { crcRight } from './frame/rtu-framing.ts';

const functionNames: Readonly<Record<number, { zh: string; en: string }>> = {
  1: { zh: '读线圈', en: 'read coils' },
  2: { zh: '读离散输入', en: 'read discrete inputs' },
  3: { zh: '读保持寄存器', en: 'read holding registers' },
  4: { zh: '读输入寄存器', en: 'read input registers' },
  5: { zh: '写单个线圈', en: 'write one coil' },
  6: { zh: '写单个寄存器', en: 'write one register' },
  15: { zh: '写多个线圈', en: 'write coils' },
  16: { zh: '写多个寄存器', en: 'write registers' },
  22: { zh: '按掩码写寄存器', en: 'mask write register' },
};

const names = {
  transaction: { zh: '事务标识', en: 'transaction' },
  protocol: { zh: '协议标识', en: 'protocol' },
  length: { zh: '长度', en: 'length' },
  unit: { zh: '站号', en: 'unit' },
  function: { zh: '功能码', en: 'function' },
  exception: { zh: '异常码', en: 'exception' },
  address: { zh: '地址', en: 'address' },
  count: { zh: '数量', en: 'count' },
  bytes: { zh: '字节数', en: 'byte count' },
  value: { zh: '值', en: 'value' },
  mask: { zh: '掩码(与、或)', en: 'masks (and, or)' },
  register: { zh: '寄存器', en: 'register' },
  bits: { zh: '位', en: 'bits' },
  checksum: { zh: '校验 CRC-16', en: 'checksum CRC-16' },
} as const;

type Name = keyof typeof names;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const wordAt = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

function field(name: Name, start: number, end: number, value: string | number, fields?: FrameField[]): FrameField {
  return { name: names[name], start, end, value: String(value), ...(fields ? { fields } : {}) };
}

/** Data of a read answer or of a write of many, in its single values. */
function dataField(bytes: Uint8Array, start: number, end: number, asBits: boolean): FrameField {
  const data = bytes.subarray(start, end);
  if (asBits) {
    const bits = Array.from(data, (byte) => byte.toString(2).padStart(8, '0').split('').reverse().join(''));
    return field('bits', start, end, bits.join(' '));
  }
  const registers = Array.from({ length: data.length >> 1 }, (_, index) => {
    const at = start + index * 2;
    return field('register', at, at + 2, `${wordAt(bytes, at)} (0x${hex(bytes.subarray(at, at + 2))})`);
  });
  return field('value', start, end, hex(data), registers);
}

/** The data unit [start, end) in its fields; undefined when no function has this form. */
function unitFields(bytes: Uint8Array, start: number, end: number): FrameField[] | undefined {
  const code = bytes[start] ?? 0;
  const length = end - start;
  const head = (text: string) => field('function', start, start + 1, text);
  if (code & 0x80) {
    const known = functionNames[code & 0x7f];
    const exception = bytes[start + 1] ?? 0;
    const meaning = exceptionNames[exception];
    if (!known || length !== 2) return undefined;
    return [
      head(`${code & 0x7f} ${known.zh} ${known.en}, 异常 exception`),
      field('exception', start + 1, end, meaning ? `${exception} ${meaning.zh} ${meaning.en}` : exception),
    ];
  }
  const name = functionNames[code];
  if (!name) return undefined;
  const title = head(`${code} ${name.zh} ${name.en}`);
  const address = field('address', start + 1, start + 3, wordAt(bytes, start + 1));
  const second = wordAt(bytes, start + 3);
  if (code <= 4 && bytes[start + 1] === length - 2 && length > 2 && (code <= 2 || length % 2 === 0))
    return [title, field('bytes', start + 1, start + 2, length - 2), dataField(bytes, start + 2, end, code <= 2)];
  if (code === 22 && length === 7)
    return [title, address, field('mask', start + 3, end, hex(bytes.subarray(start + 3, end)))];
  if (length === 5)
    return [title, address, field(code === 5 || code === 6 ? 'value' : 'count', start + 3, end, second)];
  if ((code === 15 || code === 16) && length > 6 && bytes[start + 5] === length - 6) {
    return [
      title,
      address,
      field('count', start + 3, start + 5, second),
      field('bytes', start + 5, start + 6, length - 6),
      dataField(bytes, start + 6, end, code === 15),
    ];
  }
  return undefined;
}

function asTcp(bytes: Uint8Array): FrameExplanation | undefined {
  const length = wordAt(bytes, 4);
  if (bytes.length < 9 || wordAt(bytes, 2) !== 0 || length !== bytes.length - 6 || length > 254) return undefined;
  const fields = unitFields(bytes, 7, bytes.length);
  if (!fields) return undefined;
  return {
    protocol: 'modbus-tcp',
    certainty: 0.9,
    checksum: 'none',
    fields: [
      field('transaction', 0, 2, wordAt(bytes, 0)),
      field('protocol', 2, 4, 0),
      field('length', 4, 6, length),
      field('unit', 6, 7, bytes[6] ?? 0),
      ...fields,
    ],
  };
}

function asRtu(bytes: Uint8Array): FrameExplanation | undefined {
  const end = bytes.length;
  if (end < 5 || end > 256) return undefined;
  const right = crcRight(bytes, 0, end);
  const fields = unitFields(bytes, 1, end - 2);
  if (!fields) return undefined;
  const explanation: FrameExplanation = {
    protocol: 'modbus-rtu',
    // Without a right checksum any bytes of the length look like a frame.
    certainty: right ? 0.98 : 0.2,
    checksum: right ? 'right' : 'wrong',
    fields: [
      field('unit', 0, 1, bytes[0] ?? 0),
      ...fields,
      field('checksum', end - 2, end, hex(bytes.subarray(end - 2, end))),
    ],
  };
  return right ? explanation : { ...explanation, refusal: refuse(ChecksumWrong) };
}

/** Explains one Modbus frame, TCP or RTU; what its registers mean only the device table says. */
export const modbusReader: FrameReader = {
  protocol: 'modbus',
  explain: (bytes) => asTcp(bytes) ?? asRtu(bytes),
};
