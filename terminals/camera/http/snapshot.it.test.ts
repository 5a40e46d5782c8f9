import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchSnapshot } from './snapshot.ts';

/** A certificate a camera made for itself, of no other use. */
const certificate = Buffer.from(
  'MIIBejCCAR+gAwIBAgIULFqcuphQqOlu4yhUuXvDU0MIsgwwCgYIKoZIzj0EAwIwETEPMA0GA1UEAwwGY2FtZXJhMCAXDTI2MTEyMTA5MDUzOVoYDzIxMjYxMDI4MDkwNTM5WjARMQ8wDQYDVQQDDAZjYW1lcmEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASzitzQ5+XMOqPrHECiiB7+ytWL87Oe61LpgOTEGH+aCZT3Ai3fB+J5IaN8EwpICSuhfwEH/rp8b7VFNf5Zhqfko1MwUTAdBgNVHQ4EFgQUeFALP+DaDTQe5/s/XpbyWrxUNjAwHwYDVR0jBBgwFoAUeFALP+DaDTQe5/s/XpbyWrxUNjAwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA5OvIJFi81yYITXPLgCY3NeY580s+XanEE1GRjtLETgYCIQDMabZhAGOOnijXWy8+NFN5ckTOgKXRsuZ3eAB46U+vkA==',
  'base64',
);
const key = Buffer.from(
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgP//vDniSzo1vL/LL0IXruUpELmVzp3yrVEltyln9TZKhRANCAASzitzQ5+XMOqPrHECiiB7+ytWL87Oe61LpgOTEGH+aCZT3Ai3fB+J5IaN8EwpICSuhfwEH/rp8b7VFNf5Zhqfk',
  'base64',
);
const pem = (kind: string, der: Buffer) =>
  `-----BEGIN ${kind}-----\n${der.toString('base64')}\n-----END ${kind}-----\n`;
const fingerprint = new X509Certificate(certificate).fingerprint256;

const asked: string[] = [];
const server = createServer(
  { key: pem('PRIVATE KEY', key), cert: pem('CERTIFICATE', certificate) },
  (request, answer) => {
    asked.push(request.url ?? '');
    if (request.url === '/endless') {
      const write = (): void => {
        while (answer.write(Buffer.alloc(65_536)));
      };
      answer.on('drain', write);
      write();
    } else if (request.url === '/slow') answer.writeHead(200).flushHeaders();
    else answer.end('picture');
  },
);
let base = '';
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a camera with a certificate of its own is asked only when it shows that one', async () => {
  const login = { user: 'a', password: 'b' };
  await expect(fetchSnapshot({ url: `${base}/snap`, login }, 5000)).rejects.toThrow('device-silent');
  const other = 'AA'.repeat(32);
  await expect(fetchSnapshot({ url: `${base}/snap`, login, fingerprint: other }, 5000)).rejects.toThrow(
    'certificate-untrusted',
  );
  expect(asked).toEqual([]);
  for (const shape of [fingerprint, fingerprint.replaceAll(':', '').toLowerCase()])
    expect((await fetchSnapshot({ url: `${base}/snap`, login, fingerprint: shape }, 5000)).toString()).toBe('picture');
});

test('an answer without end is cut by its size, a hanging one by the time', async () => {
  await expect(fetchSnapshot({ url: `${base}/endless`, fingerprint }, 20_000)).rejects.toThrow('payload-too-large');
  await expect(fetchSnapshot({ url: `${base}/slow`, fingerprint }, 300)).rejects.toThrow('device-silent');
}, 30_000);
