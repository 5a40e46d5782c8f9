import type { ModbusRequest } from './request.ts';

/** A request that is under way. */
export interface Asked {
  unit: number;
  /** Number the frame carries where the framing has one. */
  transaction: number;
  request: ModbusRequest;
}

/** What a look at the bytes so far gave. */
export interface Search {
  /** The unit of the answer, when it is there. */
  pdu?: Uint8Array;
  /** Bytes before this are of no use any more. */
  keepFrom: number;
  /** A frame of the right form whose checksum is wrong was seen. */
  damaged: boolean;
}

/** A request as it came to a server. */
export interface FramedRequest {
  unit: number;
  transaction: number;
  pdu: Uint8Array;
}

export interface RequestSearch {
  request?: FramedRequest;
  keepFrom: number;
  damaged: boolean;
}

/** How a protocol data unit is wrapped for a wire: Modbus TCP or RTU. Pure, never throws. */
export interface Framing {
  readonly name: 'tcp' | 'rtu';
  wrap(unit: number, transaction: number, pdu: Uint8Array): Uint8Array;
  /** Looks for the answer among noise, late answers and halves. */
  findReply(bytes: Uint8Array, asked: Asked): Search;
  /** Looks for the first request, as a server does. */
  findRequest(bytes: Uint8Array): RequestSearch;
}

/** More than any frame and its neighbours can be; what goes beyond is noise and dropped from the front. */
export const longestWait = 1024;

/** The bytes kept and the new ones, never more than `longestWait`. */
export function joined(kept: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (kept.length === 0) return chunk.length <= longestWait ? chunk : chunk.subarray(-longestWait);
  const all = new Uint8Array(kept.length + chunk.length);
  all.set(kept);
  all.set(chunk, kept.length);
  return all.length <= longestWait ? all : all.subarray(-longestWait);
}
