/** What has to be signed, as `contracts/firmware` writes it; held against that by a test. */
export const statementOf = (words: {
  title: string;
  version: string;
  models: readonly string[];
  size: number;
  hash: string;
}) =>
  [
    'keystead-firmware-1',
    words.title,
    words.version,
    [...words.models].sort().join(','),
    words.size,
    words.hash,
    '',
  ].join('\n');

/** SHA-256 of a file, hexadecimal. */
export async function hashOf(file: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
