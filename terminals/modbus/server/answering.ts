import type { ModbusReply } from '../frame/reply.ts';
import { areaOf, isRead, type ModbusRequest } from '../frame/request.ts';
import type { Bank } from './bank.ts';

const notThere: ModbusReply = { kind: 'exception', code: 2 };

function dataOf(values: readonly number[], bits: boolean): Uint8Array {
  if (!bits) return Uint8Array.from(values.flatMap((value) => [(value >>> 8) & 0xff, value & 0xff]));
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  for (const [index, value] of values.entries())
    if (value !== 0) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
  return bytes;
}

const written = (done: boolean): ModbusReply => (done ? { kind: 'written' } : notThere);

/** What a unit with this bank answers. */
export function answerOf(bank: Bank, request: ModbusRequest): ModbusReply {
  if (isRead(request)) {
    const values = bank.read(areaOf(request), request.address, request.count);
    return values === false ? notThere : { kind: 'data', bytes: dataOf(values, request.function <= 2) };
  }
  const { address } = request;
  switch (request.function) {
    case 5:
      return written(bank.write('coil', address, [request.value ? 1 : 0]));
    case 6:
      return written(bank.write('holding', address, [request.value]));
    case 15:
      return written(bank.write('coil', address, request.values.map(Number)));
    case 16:
      return written(bank.write('holding', address, request.values));
    case 22: {
      const before = bank.read('holding', address, 1);
      if (before === false) return notThere;
      const { and, or } = request;
      return written(bank.write('holding', address, [((before[0] ?? 0) & and) | (or & ~and & 0xffff)]));
    }
  }
}
