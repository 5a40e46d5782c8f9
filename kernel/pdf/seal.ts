import { createHash, generateKeyPairSync, webcrypto, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputInvalid } from '@keystead/contracts/problem';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';
import { rangeRoom, sealRoom } from './placeholder.ts';

/** Who seals: an RSA key and its certificate, DER. */
export interface Sealer {
  readonly key: webcrypto.CryptoKey;
  readonly certificate: Buffer;
}

export interface Sealed {
  readonly file: Buffer;
  /** SHA-256 of the sealed file, hex. */
  readonly sha256: string;
  /** SHA-256 of the certificate, hex. */
  readonly certificate: string;
}

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const years = 10;
const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  commonName: '2.5.4.3',
  keyUsage: '2.5.29.15',
};

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const exact = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der
    .toString('base64')
    .replaceAll(/(.{64})/g, '$1\n')
    .trimEnd()}\n-----END ${label}-----\n`;

async function selfSigned(key: webcrypto.CryptoKey, open: webcrypto.CryptoKey, now: Date): Promise<Buffer> {
  const made = new pki.Certificate();
  made.version = 2;
  made.serialNumber = new asn1.Integer({
    valueHex: exact(webcrypto.getRandomValues(new Uint8Array(15)).with(0, 0x4b)),
  });
  const name = { type: oid.commonName, value: new asn1.Utf8String({ value: 'Keystead document seal' }) };
  for (const side of [made.subject, made.issuer]) side.typesAndValues.push(new pki.AttributeTypeAndValue(name));
  made.notBefore.value = new Date(now.getTime() - 86_400_000);
  made.notAfter.value = new Date(now.getTime() + years * 365 * 86_400_000);
  // digitalSignature and nonRepudiation.
  const usage = new asn1.BitString({ valueHex: exact(Uint8Array.of(0xc0)), unusedBits: 6 });
  const extension = { extnID: oid.keyUsage, critical: true, extnValue: usage.toBER(), parsedValue: usage };
  made.extensions = [new pki.Extension(extension)];
  await made.subjectPublicKeyInfo.importKey(open);
  await made.sign(key, 'SHA-256');
  return Buffer.from(made.toSchema(true).toBER());
}

const importKey = (der: Buffer) => webcrypto.subtle.importKey('pkcs8', exact(der), algorithm, true, ['sign']);

/**
 * The sealer kept in `dataDir`/keys: `seal.key` (PKCS#8, 0600) and `seal.crt`, made when missing; an operator puts a bought pair there.
 * Throws InputInvalid when they do not belong together.
 */
export async function openSealer(dataDir: string, now: Date): Promise<Sealer> {
  const folder = join(dataDir, 'keys');
  const files = { key: join(folder, 'seal.key'), certificate: join(folder, 'seal.crt') };
  if (!existsSync(files.key)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
    const key = await importKey(privateKey.export({ type: 'pkcs8', format: 'der' }));
    const spki = exact(publicKey.export({ type: 'spki', format: 'der' }));
    const open = await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify']);
    const certificate = await selfSigned(key, open, now);
    try {
      // Exclusive: of two processes that start at once one makes the pair. The certificate stands first, so whoever sees the key finds both.
      writeFileSync(files.certificate, pem('CERTIFICATE', certificate), { flag: 'wx', flush: true });
      const text = privateKey.export({ type: 'pkcs8', format: 'pem' });
      writeFileSync(files.key, text, { mode: 0o600, flag: 'wx', flush: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
  }
  const certificate = new X509Certificate(readFileSync(files.certificate));
  const body = readFileSync(files.key, 'utf8').replaceAll(/-----[^-]+-----|\s/g, '');
  const key = await importKey(Buffer.from(body, 'base64'));
  const probe = Buffer.from('keystead');
  const signed = Buffer.from(await webcrypto.subtle.sign(algorithm, key, probe));
  const open = exact(certificate.publicKey.export({ type: 'spki', format: 'der' }));
  const opened = await webcrypto.subtle.importKey('spki', open, algorithm, false, ['verify']);
  if (!(await webcrypto.subtle.verify(algorithm, opened, signed, probe)))
    throw new InputInvalid({ file: 'seal.crt' }, [{ pointer: '/seal.crt', code: 'other-key' }]);
  return { key, certificate: Buffer.from(certificate.raw) };
}

/** RFC 5035: names the certificate by its digest inside what is signed, so that it cannot be exchanged for another of the same key. */
const namesCertificate = (certificate: Buffer) =>
  new asn1.Sequence({
    value: [
      new asn1.Sequence({
        value: [new asn1.Sequence({ value: [new asn1.OctetString({ valueHex: exact(digest(certificate)) })] })],
      }),
    ],
  });

async function cmsOver(covered: Buffer, { key, certificate }: Sealer): Promise<Buffer> {
  const own = pki.Certificate.fromBER(exact(certificate));
  const attribute = (type: string, value: object) => new pki.Attribute({ type, values: [value] });
  const signer = new pki.SignerInfo({
    version: 1,
    sid: new pki.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
    signedAttrs: new pki.SignedAndUnsignedAttributes({
      type: 0,
      attributes: [
        attribute(oid.contentType, new asn1.ObjectIdentifier({ value: oid.data })),
        attribute(oid.messageDigest, new asn1.OctetString({ valueHex: exact(digest(covered)) })),
        attribute(oid.signingCertificateV2, namesCertificate(certificate)),
      ],
    }),
  });
  const signed = new pki.SignedData({
    version: 1,
    encapContentInfo: new pki.EncapsulatedContentInfo({ eContentType: oid.data }),
    signerInfos: [signer],
    certificates: [own],
  });
  await signed.sign(key, 0, 'SHA-256', exact(covered));
  const whole = new pki.ContentInfo({ contentType: oid.signedData, content: signed.toSchema(true) });
  return Buffer.from(whole.toSchema().toBER());
}

/** Seals a file that `renderPaper` left room in; every byte but the seal itself is covered. Throws RangeError without that room. */
export async function sealPaper(paper: Buffer, sealer: Sealer): Promise<Sealed> {
  const range = `/ByteRange [0 ${rangeRoom} ${rangeRoom} ${rangeRoom}]`;
  const rangeAt = paper.indexOf(range);
  const from = paper.indexOf(`<${'0'.repeat(2 * sealRoom)}>`);
  if (rangeAt < 0 || from < 0) throw new RangeError('the paper has no room for a seal');
  const until = from + 2 * sealRoom + 2;
  const file = Buffer.from(paper);
  const words = `/ByteRange [0 ${from} ${until} ${file.length - until}]`;
  file.write(words.padEnd(range.length), rangeAt, 'latin1');
  const cms = await cmsOver(Buffer.concat([file.subarray(0, from), file.subarray(until)]), sealer);
  if (cms.length > sealRoom) throw new RangeError('the seal does not fit');
  file.write(cms.toString('hex'), from + 1, 'latin1');
  return { file, sha256: digest(file).toString('hex'), certificate: digest(sealer.certificate).toString('hex') };
}
