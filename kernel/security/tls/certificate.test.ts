import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureCertificate, ownNames, type ServerCertificate } from './certificate.ts';

const names = ['localhost', 'keystead.example', '127.0.0.1', '::1', '2001:db8::7:1', '10.20.30.40'];
const now = new Date();
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'keystead-tls-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** One real request over TLS to loopback; resolves to the protocol spoken. */
async function ask(made: ServerCertificate, host: string, ca: string): Promise<string> {
  const server = createServer({ key: made.key, cert: made.cert, minVersion: 'TLSv1.2' }, (_request, response) =>
    response.end('here'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    return await new Promise((resolve, reject) => {
      const asked = request({ port, ca, host: '127.0.0.1', servername: host }, (response) => {
        const socket = response.socket as unknown as { getProtocol(): string };
        const protocol = socket.getProtocol();
        response.resume().on('end', () => resolve(protocol));
      });
      asked.on('error', reject);
      asked.end();
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe('the certificate made at first start', () => {
  test('serves TLS to a client that trusts the local authority, and to no other', async () => {
    const made = await ensureCertificate(dataDir, now, names);
    expect(await ask(made, 'keystead.example', made.ca)).toBe('TLSv1.3');
    const other = mkdtempSync(join(tmpdir(), 'keystead-tls-'));
    const stranger = await ensureCertificate(other, now, names);
    rmSync(other, { recursive: true, force: true });
    await expect(ask(made, 'keystead.example', stranger.ca)).rejects.toThrow(/certificate/);
    await expect(ask(made, 'elsewhere.example', made.ca)).rejects.toThrow(/altnames/);
  });

  test('stands for all names and addresses, 397 days, as a server and not as an authority', async () => {
    const made = await ensureCertificate(dataDir, now, names);
    const cert = new X509Certificate(made.cert);
    expect(cert.checkHost('localhost')).toBe('localhost');
    for (const ip of ['127.0.0.1', '::1', '2001:db8::7:1', '10.20.30.40']) expect(cert.checkIP(ip)).toBe(ip);
    expect(cert.ca).toBe(false);
    expect(new X509Certificate(made.ca).ca).toBe(true);
    expect(cert.checkIssued(new X509Certificate(made.ca))).toBe(true);
    expect(cert.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(Math.round((made.notAfter.getTime() - now.getTime()) / 86_400_000)).toBe(397);
    expect(made.fingerprint).toBe(cert.fingerprint256);
  });

  test('keeps its keys to itself', async () => {
    await ensureCertificate(dataDir, now, names);
    for (const file of ['ca.key', 'server.key']) expect(statSync(join(dataDir, 'tls', file)).mode & 0o777).toBe(0o600);
  });

  test('is kept over restarts and renewed thirty days ahead by the same authority', async () => {
    const made = await ensureCertificate(dataDir, now, names);
    expect((await ensureCertificate(dataDir, later(366), names)).fingerprint).toBe(made.fingerprint);
    const renewed = await ensureCertificate(dataDir, later(368), names);
    expect(renewed.fingerprint).not.toBe(made.fingerprint);
    expect(renewed.ca).toBe(made.ca);
  });

  test('is made anew for another machine name, not for another address', async () => {
    const made = await ensureCertificate(dataDir, now, names);
    expect((await ensureCertificate(dataDir, now, ['localhost', '10.9.9.9'])).fingerprint).toBe(made.fingerprint);
    expect((await ensureCertificate(dataDir, now, ['localhost', 'new-name'])).fingerprint).not.toBe(made.fingerprint);
  });

  test("gives way to an operator's own", async () => {
    const made = await ensureCertificate(dataDir, now, names);
    rmSync(join(dataDir, 'tls', 'ca.key'));
    const given = await ensureCertificate(dataDir, later(380), ['other']);
    expect([given.fingerprint, given.own, made.own]).toEqual([made.fingerprint, false, true]);
  });

  test('refuses a file that is no certificate', async () => {
    await ensureCertificate(dataDir, now, names);
    writeFileSync(join(dataDir, 'tls', 'ca.crt'), 'nonsense');
    await expect(ensureCertificate(dataDir, now, names)).rejects.toThrow();
    expect(readFileSync(join(dataDir, 'tls', 'ca.crt'), 'utf8')).toBe('nonsense');
  });
});

test('the names of this machine include localhost and loopback', () => {
  expect(ownNames()).toEqual(expect.arrayContaining(['localhost', '127.0.0.1', '::1']));
});
