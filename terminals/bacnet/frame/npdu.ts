/** A station behind a router: the number of its network and its address there. */
export interface Station {
  network: number;
  mac: Uint8Array;
}

export interface Npdu {
  /** Who sent it, when it came through a router. */
  source?: Station;
  /** True for messages between routers; they carry nothing for us. */
  isNetworkMessage: boolean;
  /** Where the application layer begins. */
  start: number;
}

const everywhere = 0xffff;

/** The network layer from `start` on; undefined when it is none. */
export function readNpdu(bytes: Uint8Array, start: number): Npdu | undefined {
  const control = bytes[start + 1];
  if (bytes[start] !== 1 || control === undefined) return undefined;
  let at = start + 2;
  const station = (): Station | undefined => {
    const length = bytes[at + 2];
    if (length === undefined || at + 3 + length > bytes.length) return undefined;
    const read = { network: ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0), mac: bytes.slice(at + 3, at + 3 + length) };
    at += 3 + length;
    return read;
  };
  const hasDestination = (control & 0x20) !== 0;
  if (hasDestination && !station()) return undefined;
  const source = (control & 0x08) !== 0 ? station() : undefined;
  if ((control & 0x08) !== 0 && !source) return undefined;
  if (hasDestination) at++;
  if (at >= bytes.length) return undefined;
  return { ...(source && { source }), isNetworkMessage: (control & 0x80) !== 0, start: at };
}

const hops = 255;

/** To a station of this network, to one behind a router, or to everybody on all networks. */
export function writeNpdu(apdu: Uint8Array, to: Station | 'all' | undefined, wantsReply: boolean): Uint8Array {
  const reply = wantsReply ? 0x04 : 0;
  if (to === undefined) return Uint8Array.from([1, reply, ...apdu]);
  const { network, mac } = to === 'all' ? { network: everywhere, mac: [] } : to;
  return Uint8Array.from([1, 0x20 | reply, network >> 8, network & 255, mac.length, ...mac, hops, ...apdu]);
}
