import { BlockList, isIP } from 'node:net';
import type { FieldError } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import type { ChannelSetup } from '@keystead/terminals/port';
import { OscoreRelation } from './oscore/relation.ts';
import type { CoapDevice, CoapSettings } from './settings.ts';

export type Setup = ChannelSetup<CoapSettings, CoapDevice>;

/** A configured device with the keys derived for it. */
export interface Known {
  readonly name: string;
  readonly at: CoapDevice;
  readonly relation: OscoreRelation | undefined;
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

export function knownOf({ name, at }: Setup['devices'][number], clock: Clock): Known {
  if (!at.oscore) return { name, at, relation: undefined };
  const { masterSecret, masterSalt, idContext, deviceId, platformId } = at.oscore;
  const keys = {
    masterSecret: bytes(masterSecret),
    masterSalt: masterSalt === undefined ? undefined : bytes(masterSalt),
    idContext: idContext === undefined ? undefined : bytes(idContext),
    senderId: bytes(platformId),
    recipientId: bytes(deviceId),
  };
  return { name, at, relation: new OscoreRelation(keys, clock) };
}

/** By whom a protected request names: kid and, where there is one, its context. */
export const relationKey = (kid: Uint8Array, context: Uint8Array | undefined): string =>
  `${Buffer.from(kid).toString('hex')} ${context ? Buffer.from(context).toString('hex') : ''}`;

/** Where clear CoAP may be spoken: this machine, and the networks somebody listed. */
export function clearNetworks(networks: readonly string[]): BlockList {
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8, 'ipv4');
  list.addAddress('::1', 'ipv6');
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

export function isClear(list: BlockList, address: string): boolean {
  // A socket for both families writes IPv4 addresses inside IPv6 ones.
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/, '');
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

/** What cannot be meant: doubled names or ids, addresses that are none, resources without a host. */
export function faultsOf({ settings, devices }: Setup): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (pointer: string, code: string) => void faults.push({ pointer, code });
  if (settings.listen?.host !== undefined && isIP(settings.listen.host) === 0)
    fault('/settings/listen/host', 'address');
  settings.networks?.forEach((network, index) => {
    const [address = '', bits = ''] = network.split('/');
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    if (Number(bits) > most) fault(`/settings/networks/${index}`, 'network');
  });
  const names = new Set<string>();
  const ids = new Set<string>();
  devices.forEach(({ name, at }, index) => {
    if (names.has(name)) fault(`/devices/${index}/name`, 'duplicate');
    names.add(name);
    if (at.oscore) {
      const { deviceId, platformId, idContext = '' } = at.oscore;
      const id = `${deviceId} ${idContext}`.toLowerCase();
      if (ids.has(id) || deviceId.toLowerCase() === platformId.toLowerCase())
        fault(`/devices/${index}/at/oscore/deviceId`, 'duplicate');
      ids.add(id);
    }
    if (at.resources?.length && at.host === undefined) fault(`/devices/${index}/at/host`, 'required');
  });
  return faults;
}
