import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks a message from inside has no business in: this machine, its neighbours, nobody, everybody. */
const ranges: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['::1', 128, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

const inside = new BlockList();
for (const [network, bits, family] of ranges) inside.addSubnet(network, bits, family);

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** An allow-list entry, `10.1.2.3` or `10.1.0.0/16`; undefined for anything else. */
export function readTarget(text: string): { address: string; bits: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', length, ...rest] = text.split('/');
  if (isIP(address) === 0 || rest.length > 0) return undefined;
  const family = familyOf(address);
  const most = family === 'ipv4' ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  return /^\d{1,3}$/.test(length ?? '0') && bits <= most ? { address, bits, family } : undefined;
}

/** May a webhook connect to this address? Public ones may; inner ones only when they are allowed by name. */
export function mayConnect(address: string, allowed: readonly string[]): boolean {
  const family = familyOf(address);
  if (!inside.check(address, family)) return true;
  const list = new BlockList();
  for (const entry of allowed) {
    const target = readTarget(entry);
    if (target) list.addSubnet(target.address, target.bits, target.family);
  }
  return list.check(address, family);
}

/** Connecting there is not allowed. */
export class TargetRefused extends Error {
  constructor(host: string) {
    super(`target-refused: ${host} leads to an inner network that is not on the allow list`);
  }
}

/**
 * Name resolution that answers only addresses one may connect to. The check is on what is connected to, not on a
 * lookup before it, so a name that changes its mind in between gains nothing.
 */
export const guardedLookup =
  (allowed: readonly string[]): LookupFunction =>
  (host, options, answer) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error, '', 4);
      const open = addresses.filter(({ address }) => mayConnect(address, allowed));
      const [first] = open;
      if (!first) return answer(new TargetRefused(host), '', 4);
      return options.all ? answer(null, open) : answer(null, first.address, first.family);
    });
  };
