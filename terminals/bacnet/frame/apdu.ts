/** What an application message says. `service` numbers are those of the standard. */
export type Apdu =
  | { kind: 'request'; invoke: number; service: number; isSegmented: boolean; start: number }
  | { kind: 'unconfirmed'; service: number; start: number }
  | { kind: 'simple-ack'; invoke: number; service: number }
  | { kind: 'complex-ack'; invoke: number; service: number; isSegmented: boolean; start: number }
  | { kind: 'segment-ack'; invoke: number }
  | { kind: 'error'; invoke: number; service: number; start: number }
  | { kind: 'reject' | 'abort'; invoke: number; reason: number };

export const confirmed = {
  covNotification: 1,
  subscribeCov: 5,
  readProperty: 12,
  readMultiple: 14,
  writeProperty: 15,
} as const;
export const unconfirmed = { iAm: 0, covNotification: 2, whoIs: 8 } as const;

/** The application layer from `at` on; undefined when it is none. */
export function readApdu(bytes: Uint8Array, at: number): Apdu | undefined {
  const first = bytes[at] ?? 0;
  const [second, third, fourth] = bytes.subarray(at + 1);
  const isSegmented = (first & 0x08) !== 0;
  switch (first >> 4) {
    case 0: {
      const behind = isSegmented ? 6 : 4;
      const service = bytes[at + behind - 1];
      if (third === undefined || service === undefined) return undefined;
      return { kind: 'request', invoke: third, service, isSegmented, start: at + behind };
    }
    case 1:
      return second === undefined ? undefined : { kind: 'unconfirmed', service: second, start: at + 2 };
    case 2:
      return second === undefined || third === undefined
        ? undefined
        : { kind: 'simple-ack', invoke: second, service: third };
    case 3: {
      const behind = isSegmented ? 5 : 3;
      const service = bytes[at + behind - 1];
      if (second === undefined || service === undefined) return undefined;
      return { kind: 'complex-ack', invoke: second, service, isSegmented, start: at + behind };
    }
    case 4:
      return second === undefined || fourth === undefined ? undefined : { kind: 'segment-ack', invoke: second };
    case 5:
      return second === undefined || third === undefined
        ? undefined
        : { kind: 'error', invoke: second, service: third, start: at + 3 };
    case 6:
    case 7:
      return second === undefined || third === undefined
        ? undefined
        : { kind: first >> 4 === 6 ? 'reject' : 'abort', invoke: second, reason: third };
    default:
      return undefined;
  }
}

/** No segments are taken; answers of up to 1,476 bytes are, which is all a datagram of BACnet/IP holds. */
const mostOctets = 0x05;

export const writeRequest = (service: number, invoke: number, inside: Uint8Array): Uint8Array =>
  Uint8Array.from([0x00, mostOctets, invoke, service, ...inside]);
export const writeUnconfirmed = (service: number, inside: Uint8Array): Uint8Array =>
  Uint8Array.from([0x10, service, ...inside]);
export const writeSimpleAck = (service: number, invoke: number): Uint8Array => Uint8Array.from([0x20, invoke, service]);
export const writeReject = (invoke: number, reason: number): Uint8Array => Uint8Array.from([0x60, invoke, reason]);
/** Ends an exchange; it says on which side of it we are. */
export const writeAbort = (side: 'client' | 'server', invoke: number, reason: number): Uint8Array =>
  Uint8Array.from([side === 'server' ? 0x71 : 0x70, invoke, reason]);
