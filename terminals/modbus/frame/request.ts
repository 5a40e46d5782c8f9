/** The four tables of a device. */
export type Area = 'coil' | 'discrete' | 'holding' | 'input';

export type ReadFunction = 1 | 2 | 3 | 4;

export type ReadRequest = { function: ReadFunction; address: number; count: number };
export type WriteRequest =
  | { function: 5; address: number; value: boolean }
  | { function: 6; address: number; value: number }
  | { function: 15; address: number; values: readonly boolean[] }
  | { function: 16; address: number; values: readonly number[] }
  /** Register = (register and `and`) or (`or` and not `and`). */
  | { function: 22; address: number; and: number; or: number };

/** What can be asked of a device; addresses count from 0. */
export type ModbusRequest = ReadRequest | WriteRequest;

/** Most that one request may carry, by the protocol. */
export const most = { readBits: 2000, readRegisters: 125, writeBits: 1968, writeRegisters: 123 } as const;

export const readFunctions: Readonly<Record<Area, ReadFunction>> = { coil: 1, discrete: 2, holding: 3, input: 4 };

export const areaOf = (request: ReadRequest): Area =>
  (['coil', 'discrete', 'holding', 'input'] as const)[request.function - 1] ?? 'holding';

export const isRead = (request: ModbusRequest): request is ReadRequest => request.function <= 4;

/** Bytes of data in the answer to a read. */
export const dataLength = ({ function: code, count }: ReadRequest): number =>
  code <= 2 ? Math.ceil(count / 8) : count * 2;

const word = (value: number): [number, number] => [(value >>> 8) & 0xff, value & 0xff];

function packed(values: readonly boolean[]): number[] {
  const bytes = new Array<number>(Math.ceil(values.length / 8)).fill(0);
  for (const [index, value] of values.entries())
    if (value) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
  return bytes;
}

/** The request as a protocol data unit: function and data, without address and checksum. */
export function encodeRequest(request: ModbusRequest): Uint8Array {
  const head = [request.function, ...word(request.address)];
  switch (request.function) {
    case 5:
      return Uint8Array.of(...head, request.value ? 0xff : 0, 0);
    case 6:
      return Uint8Array.of(...head, ...word(request.value));
    case 15: {
      const bytes = packed(request.values);
      return Uint8Array.of(...head, ...word(request.values.length), bytes.length, ...bytes);
    }
    case 16:
      return Uint8Array.of(
        ...head,
        ...word(request.values.length),
        request.values.length * 2,
        ...request.values.flatMap(word),
      );
    case 22:
      return Uint8Array.of(...head, ...word(request.and), ...word(request.or));
    default:
      return Uint8Array.of(...head, ...word(request.count));
  }
}

const wordAt = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

function readWriteMany(code: 15 | 16, pdu: Uint8Array): ModbusRequest | number {
  const address = wordAt(pdu, 1);
  const count = wordAt(pdu, 3);
  const length = code === 15 ? Math.ceil(count / 8) : count * 2;
  if (count < 1 || count > (code === 15 ? most.writeBits : most.writeRegisters)) return 3;
  if (pdu[5] !== length || pdu.length !== 6 + length) return 3;
  if (address + count > 0x10000) return 2;
  return code === 15
    ? {
        function: 15,
        address,
        values: Array.from({ length: count }, (_, bit) => (((pdu[6 + (bit >> 3)] ?? 0) >> (bit & 7)) & 1) === 1),
      }
    : { function: 16, address, values: Array.from({ length: count }, (_, index) => wordAt(pdu, 6 + index * 2)) };
}

/** Reads a request as a server must; a number is the exception code to answer with. Never throws. */
export function decodeRequest(pdu: Uint8Array): ModbusRequest | number {
  const code = pdu[0];
  const address = wordAt(pdu, 1);
  const second = wordAt(pdu, 3);
  switch (code) {
    case 1:
    case 2:
    case 3:
    case 4:
      if (pdu.length !== 5 || second < 1 || second > (code <= 2 ? most.readBits : most.readRegisters)) return 3;
      return address + second > 0x10000 ? 2 : { function: code, address, count: second };
    case 5:
      if (pdu.length !== 5 || (second !== 0 && second !== 0xff00)) return 3;
      return { function: 5, address, value: second !== 0 };
    case 6:
      return pdu.length === 5 ? { function: 6, address, value: second } : 3;
    case 15:
    case 16:
      return pdu.length < 6 ? 3 : readWriteMany(code, pdu);
    case 22:
      return pdu.length === 7 ? { function: 22, address, and: second, or: wordAt(pdu, 5) } : 3;
    default:
      return 1;
  }
}
