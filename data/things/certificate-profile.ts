import type { ThingModel } from '@keystead/contracts/thing-model';
import { checkSm2Chain, readSm2Certificate, type Sm2ChainFault } from '@keystead/kernel/security/sm2';
import { namesOf } from './certificate-chain.ts';

export const profileFaults = [
  'not-a-certificate',
  'not-sm2',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-is-authority',
  'key-usage-wrong',
  'issuer-not-authority',
  'signature-wrong',
  'not-trusted',
  'chain-too-long',
  'name-is-not-the-code',
  'model-takes-no-certificate',
] as const satisfies readonly (Sm2ChainFault | 'name-is-not-the-code' | 'model-takes-no-certificate')[];

export interface ProfileFinding {
  at: number;
  fault: (typeof profileFaults)[number];
}

/**
 * Holds a device's chain against what a model that manages certificates must bring: SM2 up to a trusted root, and the
 * thing's code as its name (H-11.2-e). Empty = nothing is missing.
 */
export function checkCertificateProfile(
  thing: { code: string; model: Pick<ThingModel, 'authentication'> },
  chain: readonly string[],
  roots: readonly string[],
  now: Date,
): ProfileFinding[] {
  if (thing.model.authentication === 'gateway') return [{ at: 0, fault: 'model-takes-no-certificate' }];
  const findings: ProfileFinding[] = checkSm2Chain(chain, roots, now);
  const leaf = chain[0] === undefined ? undefined : readSm2Certificate(chain[0]);
  if (leaf && !namesOf(leaf.certificate).includes(thing.code)) findings.push({ at: 0, fault: 'name-is-not-the-code' });
  return findings;
}
