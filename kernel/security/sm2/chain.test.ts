import { X509Certificate } from 'node:crypto';
import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import { verifiesSm2 } from './certificate.ts';
import { checkSm2Chain } from './chain.ts';
import { sm2Device, sm2DeviceAuthority, sm2Root } from './testing-chain.ts';

const now = new Date('2027-01-01T00:00:00Z');
const derOf = (pem: string): Buffer => Buffer.from(new X509Certificate(pem).raw);

test(
  clause('H-11.2-e', 'the signature of the standard’s example verifies, and not for another text, key or user'),
  () => {
    const key =
      '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13';
    const r = '00f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3';
    const s = '00b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';
    const signature = `30460221${r}0221${s}`;
    const text = Buffer.from('message digest');
    expect(verifiesSm2(text, signature, key)).toBe(true);
    expect(verifiesSm2(Buffer.from('message digesu'), signature, key)).toBe(false);
    expect(verifiesSm2(text, signature, key, 'ALICE123@YAHOO.COM')).toBe(false);
    expect(verifiesSm2(text, signature.replace('f5a0', 'f5a1'), key)).toBe(false);
    expect(verifiesSm2(text, 'nonsense', key)).toBe(false);
  },
);

test(clause('H-11.2-e', 'a chain of SM2 certificates made elsewhere holds up to its root'), () => {
  expect(checkSm2Chain([sm2Device, sm2DeviceAuthority], [sm2Root], now)).toEqual([]);
  expect(checkSm2Chain([sm2Device, sm2DeviceAuthority, sm2Root], [sm2Root], now)).toEqual([]);
  expect(checkSm2Chain([sm2Device], [sm2DeviceAuthority], now)).toEqual([]);
});

test(clause('H-11.2-e', 'a missing link, a foreign root, a wrong time and an authority as device are found'), () => {
  const faults = (...question: Parameters<typeof checkSm2Chain>) =>
    checkSm2Chain(...question).map(({ at, fault }) => `${at} ${fault}`);
  expect(faults([sm2Device], [sm2Root], now)).toEqual(['0 not-trusted']);
  expect(faults([sm2Device, sm2DeviceAuthority], [], now)).toEqual(['1 not-trusted']);
  expect(faults([sm2Device, sm2DeviceAuthority], [sm2Root], new Date('2026-01-01'))).toEqual([
    '0 certificate-not-yet-valid',
    '1 certificate-not-yet-valid',
  ]);
  expect(faults([sm2Device, sm2DeviceAuthority], [sm2Root], new Date('2200-01-01'))).toContain('0 certificate-expired');
  expect(faults([sm2DeviceAuthority], [sm2Root], now)).toEqual(['0 certificate-is-authority', '0 key-usage-wrong']);
  expect(faults([sm2DeviceAuthority, sm2Device], [sm2Root], now)).toContain('0 issuer-not-authority');
  expect(faults(['no certificate'], [sm2Root], now)).toEqual(['0 not-a-certificate']);
  expect(faults([], [sm2Root], now)).toEqual(['0 not-a-certificate']);
  expect(faults(Array(6).fill(sm2Device), [sm2Root], now)).toEqual(['5 chain-too-long']);
});

test(clause('H-11.2-e', 'no changed bit of a certificate passes'), () => {
  const der = derOf(sm2Device);
  for (let at = 0; at < der.length; at += 7) {
    const changed = Buffer.from(der);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(checkSm2Chain([changed, sm2DeviceAuthority], [sm2Root], now)).not.toEqual([]);
  }
});
