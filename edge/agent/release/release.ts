import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { join } from 'node:path';
import { type FirmwareOffer, firmwareStatement } from '@keystead/contracts/firmware';
import { edgeAgentTitle } from '../update/firmware-updater.ts';
import { isVersion } from '../update/versions.ts';
import { writeArchive } from './archive-writer.ts';
import { libraryFiles, versionsOf } from './libraries.ts';
import { gatherSources } from './sources.ts';

/** The key is no private Ed25519 key, or the version is no name of a folder. */
export class ReleaseInvalid extends Error {}

export interface ReleaseWish {
  /** Folder of the work tree. */
  root: string;
  version: string;
  /** PEM of the private Ed25519 key. */
  key: string;
  /** Whether the libraries from npm go along; otherwise those of the installation are used. */
  carries: boolean;
}

/** What is told of a package beside its bytes; the fields are those a platform asks for. */
export type Manifest = FirmwareOffer & { requires: Record<string, string>; files: number };

const programs = ['edge/agent/main.ts', 'edge/agent/update/starter.ts'];

/** Builds the package of an edge agent and signs it. Throws ReleaseInvalid, SourceMissing, PathTooLong. */
export function makeRelease({ root, version, key, carries }: ReleaseWish): { archive: Buffer; manifest: Manifest } {
  if (!isVersion(version)) throw new ReleaseInvalid(`no version: ${version}`);
  const privateKey = createPrivateKey(key);
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new ReleaseInvalid('the key is not Ed25519');
  const { files, libraries } = gatherSources(root, programs);
  const modules = join(root, 'node_modules');
  const requires = carries ? {} : versionsOf(modules, libraries);
  const about = { name: edgeAgentTitle, version, private: true, type: 'module', requires };
  files.set('package.json', Buffer.from(`${JSON.stringify(about, undefined, 2)}\n`));
  if (carries) for (const [path, bytes] of libraryFiles(modules, libraries)) files.set(path, bytes);
  const archive = writeArchive(files);
  const hash = createHash('sha256').update(archive).digest('hex');
  const models = [edgeAgentTitle];
  const statement = { title: edgeAgentTitle, version, models, size: archive.length, hash };
  const signature = sign(null, Buffer.from(firmwareStatement(statement)), privateKey).toString('base64');
  const raw = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
  const signer = createHash('sha256').update(raw).digest('hex');
  return { archive, manifest: { ...statement, signature, algorithm: 'ed25519', signer, requires, files: files.size } };
}
