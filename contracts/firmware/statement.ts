/** What the signature of a package speaks for. */
export interface FirmwareStatement {
  title: string;
  version: string;
  /** Families the package is for. */
  models: readonly string[];
  /** Bytes. */
  size: number;
  /** SHA-256 of the bytes, lower-case hexadecimal. */
  hash: string;
}

/**
 * The text that is signed, UTF-8: a line each, the last one ended too. Title, version and models are in it, so that an
 * old image cannot be offered under a new name, nor a package of one model to another.
 */
export const firmwareStatement = ({ title, version, models, size, hash }: FirmwareStatement): string =>
  ['keystead-firmware-1', title, version, [...models].sort().join(','), String(size), hash, ''].join('\n');

export const sameStatement = (a: FirmwareStatement, b: FirmwareStatement): boolean =>
  firmwareStatement(a) === firmwareStatement(b);
