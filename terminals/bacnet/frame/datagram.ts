import { type Apdu, readApdu } from './apdu.ts';
import { readBvlc } from './bvlc.ts';
import { readNpdu, type Station } from './npdu.ts';

/** A datagram taken apart down to what it says. */
export type Datagram =
  | { kind: 'result'; result: number }
  | {
      kind: 'message';
      apdu: Apdu;
      /** What stands behind the head of the message; empty where nothing can. */
      inside: Uint8Array;
      origin?: { host: string; port: number };
      station?: Station;
    }
  /** Between routers and broadcast devices: nothing for us. */
  | { kind: 'none' }
  | { kind: 'fault'; detail: string };

const fault = (detail: string): Datagram => ({ kind: 'fault', detail });

export function readDatagram(bytes: Uint8Array): Datagram {
  const bvlc = readBvlc(bytes);
  if (!bvlc) return fault('no BACnet/IP');
  if (bvlc.result !== undefined) return { kind: 'result', result: bvlc.result };
  if (bvlc.start === undefined) return { kind: 'none' };
  const npdu = readNpdu(bytes, bvlc.start);
  if (!npdu) return fault('no network layer');
  if (npdu.isNetworkMessage) return { kind: 'none' };
  const apdu = readApdu(bytes, npdu.start);
  if (!apdu) return fault('no application layer');
  const { origin } = bvlc;
  const { source: station } = npdu;
  const inside = bytes.subarray('start' in apdu ? apdu.start : bytes.length);
  return { kind: 'message', apdu, inside, ...(origin && { origin }), ...(station && { station }) };
}
