export interface Option {
  number: number;
  value: Uint8Array;
}

/** Numbers from the registry of CoAP options. */
export const optionNumbers = {
  uriHost: 3,
  etag: 4,
  observe: 6,
  uriPort: 7,
  oscore: 9,
  uriPath: 11,
  contentFormat: 12,
  maxAge: 14,
  uriQuery: 15,
  accept: 17,
  block2: 23,
  block1: 27,
  size2: 28,
  proxyUri: 35,
  proxyScheme: 39,
  size1: 60,
  echo: 252,
} as const;

const mostOptions = 64;
const repeatable = new Set<number>([
  optionNumbers.etag,
  optionNumbers.uriPath,
  optionNumbers.uriQuery,
  8, // Location-Path
  20, // Location-Query
]);

/** What a critical option understood here may be long, in bytes; another length makes it one not understood. */
const criticalLengths = new Map<number, readonly [least: number, most: number]>([
  [optionNumbers.uriHost, [1, 255]],
  [optionNumbers.uriPort, [0, 2]],
  [optionNumbers.oscore, [0, 255]],
  [optionNumbers.uriPath, [0, 255]],
  [optionNumbers.uriQuery, [0, 255]],
  [optionNumbers.accept, [0, 2]],
  [optionNumbers.block2, [0, 3]],
  [optionNumbers.block1, [0, 3]],
]);

/** The critical option that forbids to act on the message, if there is one (RFC 7252 §5.4.1, §5.4.5). */
export function notUnderstood(options: readonly Option[]): number | undefined {
  let last = -1;
  for (const { number, value } of options) {
    const repeated = number === last && !repeatable.has(number);
    last = number;
    if (number % 2 === 0) continue;
    const [least, most] = criticalLengths.get(number) ?? [1, 0];
    if (repeated || value.length < least || value.length > most) return number;
  }
  return undefined;
}

/** Value of a nibble with its extension; `undefined` = cut or reserved. */
function extended(bytes: Uint8Array, nibble: number, at: number): { value: number; at: number } | undefined {
  if (nibble < 13) return { value: nibble, at };
  const [first, second] = bytes.subarray(at, at + 2);
  if (nibble === 15 || first === undefined) return undefined;
  if (nibble === 13) return { value: 13 + first, at: at + 1 };
  return second === undefined ? undefined : { value: 269 + (first << 8) + second, at: at + 2 };
}

/** Options from `at` up to the payload marker or the end; a text says what is wrong. */
export function readOptions(bytes: Uint8Array, at: number): { options: Option[]; end: number } | string {
  const options: Option[] = [];
  let number = 0;
  let end = at;
  for (let byte = bytes[end]; byte !== undefined && byte !== 0xff; byte = bytes[end]) {
    const delta = extended(bytes, byte >> 4, end + 1);
    const length = delta && extended(bytes, byte & 15, delta.at);
    if (!length) return 'an option with a broken header';
    number += delta.value;
    if (number > 0xffff) return 'an option number beyond 65535';
    end = length.at + length.value;
    if (end > bytes.length) return 'cut within an option';
    if (options.length === mostOptions) return `more than ${mostOptions} options`;
    options.push({ number, value: bytes.subarray(length.at, end) });
  }
  return { options, end };
}

function nibbleOf(value: number): { nibble: number; extension: number[] } {
  if (value < 13) return { nibble: value, extension: [] };
  if (value < 269) return { nibble: 13, extension: [value - 13] };
  return { nibble: 14, extension: [(value - 269) >> 8, (value - 269) & 0xff] };
}

export function writeOptions(options: readonly Option[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let last = 0;
  for (const { number, value } of options.toSorted((a, b) => a.number - b.number)) {
    const delta = nibbleOf(number - last);
    const length = nibbleOf(value.length);
    parts.push(Uint8Array.of((delta.nibble << 4) | length.nibble, ...delta.extension, ...length.extension), value);
    last = number;
  }
  return Buffer.concat(parts);
}

export const optionOf = (options: readonly Option[], number: number): Uint8Array | undefined =>
  options.find((option) => option.number === number)?.value;

/** An unsigned number as an option carries it: no leading zero bytes. */
export function uintOption(number: number, value: number): Option {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return { number, value: Uint8Array.from(bytes) };
}

/** At most four bytes; longer ones are no number. */
export function uintOf(options: readonly Option[], number: number): number | undefined {
  const value = optionOf(options, number);
  if (value === undefined || value.length > 4) return undefined;
  return value.reduce((sum, byte) => sum * 256 + byte, 0);
}

const textsOf = (options: readonly Option[], number: number): string[] =>
  options
    .filter((option) => option.number === number)
    .map(({ value }) => Buffer.from(value.buffer, value.byteOffset, value.length).toString('utf8'));

export const pathOf = (options: readonly Option[]): string[] => textsOf(options, optionNumbers.uriPath);

/** `/a/b?c=d` as options; each part is taken as it stands, percent signs are decoded. */
export function targetOptions(target: string): Option[] {
  const url = new URL(target, 'coap://device/');
  const part = (number: number) => (text: string) => ({ number, value: Buffer.from(decodeURIComponent(text)) });
  const path = url.pathname.split('/').slice(1);
  const query = url.search === '' ? [] : url.search.slice(1).split('&');
  return [
    ...(path.length === 1 && path[0] === '' ? [] : path.map(part(optionNumbers.uriPath))),
    ...query.map(part(optionNumbers.uriQuery)),
  ];
}
