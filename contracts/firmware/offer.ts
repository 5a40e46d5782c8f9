import type { FirmwareStatement } from './statement.ts';

/** A package as a device is told of it. */
export interface FirmwareOffer extends FirmwareStatement {
  /** Base64. */
  signature: string;
  algorithm: 'ed25519' | 'sm2';
  /** Which of the keys a device knows: SHA-256 of it, hexadecimal. */
  signer: string;
}

/** Names an offer has among the shared attributes. */
export const offerNames = [
  'fw_title',
  'fw_version',
  'fw_tag',
  'fw_size',
  'fw_checksum_algorithm',
  'fw_checksum',
  'fw_models',
  'fw_signature',
  'fw_signature_algorithm',
  'fw_signer',
] as const;

/** The offer as shared attributes of the device. */
export const offerValues = (offer: FirmwareOffer): Record<(typeof offerNames)[number], string | number> => ({
  fw_title: offer.title,
  fw_version: offer.version,
  fw_tag: `${offer.title} ${offer.version}`,
  fw_size: offer.size,
  fw_checksum_algorithm: 'SHA256',
  fw_checksum: offer.hash,
  fw_models: [...offer.models].sort().join(','),
  fw_signature: offer.signature,
  fw_signature_algorithm: offer.algorithm,
  fw_signer: offer.signer,
});

/** Takes an offer back. */
export const noOffer = (): Record<string, null> => Object.fromEntries(offerNames.map((name) => [name, null]));

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;

/** The offer in shared attributes; undefined = none, or none that can be understood. */
export function readOffer(values: Record<string, unknown>): FirmwareOffer | undefined {
  const { fw_title: title, fw_version: version, fw_size: size, fw_checksum: hash, fw_models: models } = values;
  const { fw_signature: signature, fw_signature_algorithm: algorithm, fw_signer: signer } = values;
  if (!isText(title, 100) || !isText(version, 60) || !isText(models, 2000) || !isText(signature, 400)) return undefined;
  if (!Number.isSafeInteger(size) || (size as number) < 1) return undefined;
  if (!isText(hash, 64) || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
  if ((algorithm !== 'ed25519' && algorithm !== 'sm2') || !isText(signer, 64)) return undefined;
  return { title, version, models: models.split(','), size: size as number, hash, signature, algorithm, signer };
}
