/** What a BACnet/IP datagram is for (its first four bytes). */
export const bvlcFunctions = {
  result: 0x00,
  forwarded: 0x04,
  registerForeign: 0x05,
  distribute: 0x09,
  unicast: 0x0a,
  broadcast: 0x0b,
} as const;

export interface Bvlc {
  function: number;
  /** Of a result: 0 = done. */
  result?: number;
  /** Who said it first, when a broadcast device passed it on. */
  origin?: { host: string; port: number };
  /** Where the network layer begins; absent when there is none. */
  start?: number;
}

/** The head of a datagram; undefined when it is none, or is longer or shorter than it says. */
export function readBvlc(bytes: Uint8Array): Bvlc | undefined {
  const [type, code, high, low] = bytes;
  if (type !== 0x81 || code === undefined || high === undefined || low === undefined) return undefined;
  if (((high << 8) | low) !== bytes.length) return undefined;
  switch (code) {
    case bvlcFunctions.result: {
      const [first, second] = bytes.subarray(4);
      if (bytes.length !== 6 || first === undefined || second === undefined) return undefined;
      return { function: code, result: (first << 8) | second };
    }
    case bvlcFunctions.forwarded: {
      if (bytes.length < 12) return undefined;
      const host = [...bytes.subarray(4, 8)].join('.');
      return { function: code, origin: { host, port: Buffer.from(bytes).readUInt16BE(8) }, start: 10 };
    }
    case bvlcFunctions.distribute:
    case bvlcFunctions.unicast:
    case bvlcFunctions.broadcast:
      return { function: code, start: 4 };
    default:
      return { function: code };
  }
}

export function writeBvlc(code: number, inside: Uint8Array): Uint8Array {
  const length = inside.length + 4;
  return Uint8Array.from([0x81, code, length >> 8, length & 255, ...inside]);
}

/** `ttl`: seconds a broadcast device is to remember us. */
export const registration = (ttl: number): Uint8Array =>
  writeBvlc(bvlcFunctions.registerForeign, Uint8Array.from([ttl >> 8, ttl & 255]));
