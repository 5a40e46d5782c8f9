import type { FirmwareOffer } from '@keystead/contracts/firmware';
import { problem } from '@keystead/contracts/problem';
import type { Algorithm } from './signer.ts';

/** The bytes with their title, version and models are not what a trusted key has signed: nothing of it is kept. */
export class SignatureWrong extends problem('firmware-signature-wrong', 422) {}
export class PackageTaken extends problem('firmware-package-taken', 409) {}
export class PackageMissing extends problem('firmware-package-missing', 404) {}
/** Withdrawn, or the key it was signed by is trusted no longer. */
export class PackageUnfit extends problem('firmware-package-unfit', 409) {}
/** A campaign that has not ended offers it. */
export class PackageInUse extends problem('firmware-package-in-use', 409) {}

/** Largest package in bytes. */
export const largestPackage = 64 * 1024 * 1024;
export const mostModels = 20;

export interface FirmwarePackage {
  id: string;
  title: string;
  version: string;
  models: string[];
  size: number;
  hash: string;
  signature: string;
  signer: string;
  signerName: string;
  algorithm: Algorithm;
  fingerprint: string;
  /** Its key is still trusted. */
  trusted: boolean;
  record: string;
  note: string;
  madeAt: Date;
  madeBy: string;
  withdrawnAt: Date | null;
}

export const offerOf = ({
  title,
  version,
  models,
  size,
  hash,
  signature,
  algorithm,
  fingerprint,
}: FirmwarePackage): FirmwareOffer => ({
  title,
  version,
  models,
  size,
  hash,
  signature,
  algorithm,
  signer: fingerprint,
});
