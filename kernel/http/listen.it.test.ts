import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCertificate, type ServerCertificate } from '@keystead/kernel/security/tls';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listenOn } from './listen.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'keystead-tls-'));
let certificate: ServerCertificate;
beforeAll(async () => {
  certificate = await ensureCertificate(dataDir, new Date(), ['localhost']);
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** The header as it comes over TLS and over clear text. */
async function promises(strict: boolean): Promise<(string | null | undefined)[]> {
  const app = Fastify();
  app.get('/', async () => 'here');
  const { key, cert, ca } = certificate;
  const listening = await listenOn(app, { port: 0, tls: { key, cert, port: 0, bind: '127.0.0.1', strict } });
  try {
    const secure = await new Promise<string | undefined>((resolve, reject) => {
      const where = { host: '127.0.0.1', servername: 'localhost', port: listening.tlsPort ?? 0, ca };
      request(where, (answer) => {
        answer.resume();
        resolve(answer.headers['strict-transport-security']);
      })
        .once('error', reject)
        .end();
    });
    const plain = await fetch(`http://127.0.0.1:${listening.port}/`);
    return [secure, plain.headers.get('strict-transport-security')];
  } finally {
    await listening.close();
  }
}

test('with a certificate others vouch for, TLS answers ask browsers to come by TLS only; clear text says nothing', async () =>
  expect(await promises(true)).toEqual(['max-age=15552000', null]));

test('with a certificate of our own nothing is promised', async () => {
  expect(certificate.own).toBe(true);
  expect(await promises(false)).toEqual([undefined, null]);
});
