import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { bits, explicit, implicit, integer, objectId, octets, sequence, set, time, utf8, yes } from './der.ts';

export interface CertificateSpec {
  subject: string;
  issuer: string;
  from: Date;
  until: Date;
  publicKey: KeyObject;
  issuerKey: KeyObject;
  /** Present on server certificates: the names and addresses they stand for. */
  names?: string[];
}

const organisation = 'Keystead';
const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));

/** A fresh EC P-256 private key. */
export const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

const name = (common: string): Buffer =>
  sequence(
    set(sequence(objectId('2.5.4.10'), utf8(organisation))),
    set(sequence(objectId('2.5.4.3'), utf8(common.slice(0, 64)))),
  );

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
const keyId = (key: KeyObject): Buffer => createHash('sha1').update(spki(key)).digest();

const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(objectId(id), ...(critical ? [yes] : []), octets(value));

function address(text: string): Buffer {
  if (isIP(text) === 4) return Buffer.from(text.split('.').map(Number));
  const [head = '', tail = ''] = text.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const middle = text.includes('::') ? Array<string>(8 - groups(head).length - groups(tail).length).fill('0') : [];
  const all = [...groups(head), ...middle, ...groups(tail)];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

const alternative = (text: string): Buffer =>
  isIP(text) === 0 ? implicit(2, Buffer.from(text, 'ascii')) : implicit(7, address(text));

/** DER of a v3 certificate: a certification authority without `names`, a TLS server with them. */
export function makeCertificate(spec: CertificateSpec): Buffer {
  const authority = spec.names === undefined;
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const extensions = [
    extension('2.5.29.19', authority ? sequence(yes, integer(Buffer.from([0]))) : sequence(), true),
    // Authority: keyCertSign and cRLSign; server: digitalSignature.
    extension('2.5.29.15', authority ? bits(Buffer.from([0x06]), 1) : bits(Buffer.from([0x80]), 7), true),
    extension('2.5.29.14', octets(keyId(spec.publicKey))),
    extension('2.5.29.35', sequence(implicit(0, keyId(createPublicKey(spec.issuerKey))))),
  ];
  if (spec.names) {
    extensions.push(extension('2.5.29.37', sequence(objectId('1.3.6.1.5.5.7.3.1'))));
    extensions.push(extension('2.5.29.17', sequence(...spec.names.map(alternative))));
  }
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    name(spec.issuer),
    sequence(time(spec.from), time(spec.until)),
    name(spec.subject),
    spki(spec.publicKey),
    explicit(3, sequence(...extensions)),
  );
  return sequence(body, ecdsaWithSha256, bits(sign('sha256', body, spec.issuerKey)));
}

export const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der
    .toString('base64')
    .replaceAll(/(.{64})/g, '$1\n')
    .trimEnd()}\n-----END CERTIFICATE-----\n`;
