/** Bytes of a file's beginning that are looked at. */
export const sniffedBytes = 4096;

type Sniff = (head: Buffer) => boolean;

const starts =
  (...bytes: number[]): Sniff =>
  (head) =>
    bytes.every((byte, index) => head[index] === byte);

const holds =
  (at: number, text: string): Sniff =>
  (head) =>
    head.toString('latin1', at, at + text.length) === text;

const all =
  (...sniffs: Sniff[]): Sniff =>
  (head) =>
    sniffs.every((sniff) => sniff(head));

/** What bytes begin with, by what they are. A zip may be an office document, so it stands for several types. */
const known: readonly (readonly [Sniff, readonly string[]])[] = [
  [starts(0xff, 0xd8, 0xff), ['image/jpeg']],
  [starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), ['image/png']],
  [holds(0, 'GIF8'), ['image/gif']],
  [all(holds(0, 'RIFF'), holds(8, 'WEBP')), ['image/webp']],
  [all(holds(0, 'RIFF'), holds(8, 'WAVE')), ['audio/wav', 'audio/x-wav', 'audio/wave']],
  [holds(4, 'ftyp'), ['video/mp4', 'audio/mp4', 'video/quicktime', 'image/heic', 'image/avif']],
  [starts(0x1a, 0x45, 0xdf, 0xa3), ['video/webm', 'audio/webm', 'video/x-matroska']],
  [holds(0, 'OggS'), ['audio/ogg', 'video/ogg', 'application/ogg']],
  [holds(0, 'ID3'), ['audio/mpeg']],
  [(head) => head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0, ['audio/mpeg', 'audio/aac']],
  [holds(0, '%PDF-'), ['application/pdf']],
  [
    starts(0x50, 0x4b, 0x03, 0x04),
    [
      'application/zip',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      'application/vnd.oasis.opendocument.text',
      'application/vnd.oasis.opendocument.spreadsheet',
    ],
  ],
  [starts(0xd0, 0xcf, 0x11, 0xe0), ['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint']],
  [starts(0x1f, 0x8b), ['application/gzip']],
];

const texts = new Set(['text/plain', 'text/csv', 'text/markdown', 'application/json', 'application/xml', 'text/xml']);
const programs: readonly Sniff[] = [holds(0, 'MZ'), starts(0x7f, 0x45, 0x4c, 0x46), holds(0, '#!')];
const markup = /^\s*<(!doctype html|html|script|svg|\?php)/i;

const isText = (head: Buffer): boolean => {
  // The last character may be cut in the middle.
  const text = new TextDecoder('utf-8').decode(head);
  return !head.includes(0) && !text.slice(0, -2).includes('\uFFFD');
};

/**
 * Is this the beginning of a file of the claimed type? Programs and pages of markup never are, whatever they claim;
 * `application/octet-stream` claims nothing.
 */
export function fitsMediaType(claimed: string, head: Buffer): boolean {
  const type = claimed.split(';')[0]?.trim().toLowerCase() ?? '';
  if (programs.some((sniff) => sniff(head)) || markup.test(head.toString('latin1', 0, 200))) return false;
  if (type === 'application/octet-stream') return true;
  if (texts.has(type)) return isText(head);
  return known.some(([sniff, types]) => types.includes(type) && sniff(head));
}
