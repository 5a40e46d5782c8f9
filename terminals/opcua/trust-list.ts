import { createHash, X509Certificate } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { loadCertificates } from './library.ts';

/** A certificate as a person compares it. */
export interface CertificateFace {
  /** SHA-256, pairs of hexadecimal digits with colons. */
  fingerprint: string;
  subject: string;
  validTo: string;
}

/** Which certificates of others are trusted, and our own, in one folder. */
export interface TrustList {
  readonly manager: OPCUACertificateManager;
  /** Whether a certificate is trusted, by the folder or by a listed fingerprint. An unknown one is kept as rejected. */
  admits(certificate: Buffer): Promise<boolean>;
  close(): Promise<void>;
}

const mostRejected = 64;

/** Keeps the newest of the rejected ones: whoever knocks with ever new certificates must not fill the disk. */
async function prune(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= mostRejected) return;
  const files = await Promise.all(
    names.map(async (name) => ({ path: join(folder, name), at: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = files.sort((a, b) => b.at - a.at).slice(mostRejected);
  await Promise.all(old.map(({ path }) => rm(path, { force: true })));
}

const plain = (fingerprint: string): string => fingerprint.replaceAll(/[^0-9a-fA-F]/g, '').toUpperCase();

/** Fingerprint and subject of the first certificate of a chain (DER). */
export function faceOf(chain: Buffer): CertificateFace {
  try {
    const { fingerprint256, subject, validTo } = new X509Certificate(chain);
    return { fingerprint: fingerprint256, subject: subject.replaceAll('\n', ', '), validTo };
  } catch {
    const digest = createHash('sha256').update(chain).digest('hex').toUpperCase();
    return { fingerprint: digest.replaceAll(/(..)(?=.)/g, '$1:'), subject: 'not readable', validTo: '' };
  }
}

/**
 * Opens (and at first use makes) the folder: `own/`, `trusted/`, `rejected/`, `issuers/`, the layout other OPC UA products
 * use. `fingerprints` are trusted besides what lies in `trusted/certs`.
 */
export async function openTrustList(folder: string, fingerprints: readonly string[]): Promise<TrustList> {
  const { OPCUACertificateManager } = await loadCertificates();
  const manager = new OPCUACertificateManager({
    rootFolder: folder,
    automaticallyAcceptUnknownCertificate: false,
    disableFileWatchers: true,
  });
  await manager.initialize();
  const listed = new Set(fingerprints.map(plain));
  return {
    manager,
    admits: async (certificate) => {
      if (listed.has(plain(faceOf(certificate).fingerprint))) {
        await manager.trustCertificate(certificate);
        return true;
      }
      // Bytes that are no certificate make the library throw; they are as untrusted as an unknown one.
      const known = await manager.getTrustStatus(certificate).then(
        (status) => status.isGood(),
        () => false,
      );
      if (known) return true;
      await manager.rejectCertificate(certificate).catch(() => {});
      await prune(manager.rejectedFolder);
      return false;
    },
    close: () => manager.dispose(),
  };
}
