import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { firmwareStatement } from '@keystead/contracts/firmware';
import { clause } from '@keystead/kernel/testing';
import { sm2 } from 'sm-crypto-v2';
import { expect, test } from 'vitest';
import { isSignedBy, readPublicKey, SignerInvalid } from './signer.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
const image = Buffer.from('a small image, not small enough to be short of bits');
const statementOf = (bytes: Buffer) =>
  firmwareStatement({
    title: 'meter',
    version: '2',
    models: ['electricity-meter'],
    size: bytes.length,
    hash: createHash('sha256').update(bytes).digest('hex'),
  });

test(clause('H-6.1-4', 'every single flipped bit of a package is refused, by Ed25519 and by SM2'), () => {
  const key = readPublicKey(pem);
  const signature = sign(null, Buffer.from(statementOf(image)), privateKey).toString('base64');
  const pair = sm2.generateKeyPairHex();
  const sm2Key = readPublicKey(pair.publicKey);
  const sm2Signature = Buffer.from(
    sm2.doSignature(new Uint8Array(Buffer.from(statementOf(image))), pair.privateKey, {
      der: true,
      hash: true,
      publicKey: pair.publicKey,
      userId: '1234567812345678',
    }),
    'hex',
  ).toString('base64');
  expect([key.algorithm, sm2Key.algorithm]).toEqual(['ed25519', 'sm2']);
  expect(isSignedBy(key, statementOf(image), signature)).toBe(true);
  expect(isSignedBy(sm2Key, statementOf(image), sm2Signature)).toBe(true);
  for (let bit = 0; bit < image.length * 8; bit++) {
    const bent = Buffer.from(image);
    bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(isSignedBy(key, statementOf(bent), signature), `bit ${bit}`).toBe(false);
    if (bit % 16 === 0) expect(isSignedBy(sm2Key, statementOf(bent), sm2Signature), `bit ${bit}`).toBe(false);
  }
});

test('signatures of others, and what is no signature, are refused', () => {
  const key = readPublicKey(pem);
  const other = generateKeyPairSync('ed25519').privateKey;
  expect(isSignedBy(key, 'text', sign(null, Buffer.from('text'), other).toString('base64'))).toBe(false);
  for (const none of ['', 'AAAA', '!', 'A'.repeat(400)]) expect(isSignedBy(key, 'text', none)).toBe(false);
});

test('keys of other kinds, and private ones, are not taken', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'pem', type: 'spki' });
  const secret = privateKey.export({ format: 'pem', type: 'pkcs8' });
  for (const text of [ec, secret, '', 'x', '04ab']) expect(() => readPublicKey(String(text))).toThrow(SignerInvalid);
});
