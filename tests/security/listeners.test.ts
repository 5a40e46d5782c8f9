import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handshake, speakPlainly } from './handshake.ts';
import { type Listener, listenersOf } from './listeners.ts';

/** An address of this machine that is not the one clear text stays on. */
const outer = '127.0.0.2';
let platform: Installation;
let listeners: Listener[];

beforeAll(async () => {
  platform = await startInstallation({ settings: { BIND: outer } });
  listeners = await listenersOf(platform.pid);
});
afterAll(() => platform?.stop());

const securePorts = () => [platform.ports.https, platform.ports.mqtts, platform.ports.deviceHttps];
const plainPorts = () => [platform.ports.http, platform.ports.mqtt, platform.ports.deviceHttp];
const ports = (found: Listener[]) => found.map(({ port }) => port).sort();

test(clause('H-8.1-2', 'only the TLS listeners are where others can reach them; the rest stays on loopback'), () => {
  expect(ports(listeners.filter(({ address }) => address === outer))).toEqual(securePorts().sort());
  const inner = listeners.filter(({ address }) => address !== outer);
  expect(inner.filter(({ address }) => address !== '127.0.0.1' && address !== '::1')).toEqual([]);
  expect(ports(inner)).toEqual(expect.arrayContaining(plainPorts()));
  // Besides those for people and devices there is the database, and nothing else.
  expect(inner.length).toBe(plainPorts().length + 1);
});

test(clause('H-8.1-2', 'a TLS listener takes TLS 1.2 and 1.3, nothing older, and no clear text'), async () => {
  for (const port of securePorts()) {
    expect(await handshake(outer, port)).toBe('TLSv1.3');
    expect(await handshake(outer, port, { maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
    const old = { minVersion: 'TLSv1' as const, maxVersion: 'TLSv1.1' as const, ciphers: 'DEFAULT@SECLEVEL=0' };
    expect(await handshake(outer, port, old)).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
    const answer = await speakPlainly(outer, port, 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(answer).not.toContain('ready');
  }
});

test(clause('H-8.1-2', 'nobody gets by without encryption or without a certificate'), async () => {
  for (const port of securePorts())
    for (const ciphers of ['NULL-SHA256:@SECLEVEL=0', 'ADH-AES128-GCM-SHA256:@SECLEVEL=0'])
      expect(await handshake(outer, port, { maxVersion: 'TLSv1.2', ciphers }), ciphers).toMatch(
        /ALERT_HANDSHAKE_FAILURE$/,
      );
});
