import { huffmanTable } from './huffman.ts';

export interface Component {
  id: number;
  h: number;
  v: number;
  quantisation: number;
  dc: number;
  ac: number;
}

/** What stands before the picture's data. */
export interface JpegHeader {
  width: number;
  height: number;
  progressive: boolean;
  components: Component[];
  /** Components of the first scan. */
  scan: Component[];
  /** Shift of the values of the first scan (progressive pictures send the high bits first). */
  shift: number;
  restartInterval: number;
  /** First value of each quantisation table: that of the mean of a block. */
  quantisation: Map<number, number>;
  dcTables: Map<number, Uint16Array>;
  acTables: Map<number, Uint16Array>;
  /** Where the first scan's data begins. */
  dataAt: number;
}

const mostSide = 16_384;
const blank = (): JpegHeader => ({
  width: 0,
  height: 0,
  progressive: false,
  components: [],
  scan: [],
  shift: 0,
  restartInterval: 0,
  quantisation: new Map(),
  dcTables: new Map(),
  acTables: new Map(),
  dataAt: 0,
});

function readQuantisation(header: JpegHeader, part: Uint8Array): boolean {
  for (let at = 0; at < part.length; ) {
    const kind = part[at++] ?? 0;
    const wide = kind >> 4 === 1;
    const first = wide ? ((part[at] ?? 0) << 8) | (part[at + 1] ?? 0) : (part[at] ?? 0);
    if (first === 0 || kind >> 4 > 1) return false;
    header.quantisation.set(kind & 15, first);
    at += wide ? 128 : 64;
  }
  return true;
}

function readHuffman(header: JpegHeader, part: Uint8Array): boolean {
  for (let at = 0; at < part.length; ) {
    const kind = part[at] ?? 0;
    const counts = part.subarray(at + 1, at + 17);
    const sum = counts.reduce((all, one) => all + one, 0);
    if (counts.length < 16 || sum > 256 || at + 17 + sum > part.length) return false;
    const table = huffmanTable(counts, part.subarray(at + 17, at + 17 + sum));
    if (!table) return false;
    (kind >> 4 === 0 ? header.dcTables : header.acTables).set(kind & 15, table);
    at += 17 + sum;
  }
  return true;
}

function readFrame(header: JpegHeader, part: Uint8Array, progressive: boolean): boolean {
  const count = part[5] ?? 0;
  if (part[0] !== 8 || count < 1 || count > 4 || part.length < 6 + 3 * count) return false;
  header.height = ((part[1] ?? 0) << 8) | (part[2] ?? 0);
  header.width = ((part[3] ?? 0) << 8) | (part[4] ?? 0);
  header.progressive = progressive;
  if (header.width < 16 || header.height < 16 || header.width > mostSide || header.height > mostSide) return false;
  header.components = Array.from({ length: count }, (_, n) => {
    const [id = 0, sampling = 0, quantisation = 0] = part.subarray(6 + 3 * n, 9 + 3 * n);
    return { id, h: sampling >> 4, v: sampling & 15, quantisation, dc: 0, ac: 0 };
  });
  return header.components.every(({ h, v }) => h >= 1 && h <= 4 && v >= 1 && v <= 4);
}

function readScan(header: JpegHeader, part: Uint8Array): boolean {
  const count = part[0] ?? 0;
  if (count < 1 || count > 4 || part.length < 4 + 2 * count) return false;
  for (let n = 0; n < count; n++) {
    const one = header.components.find(({ id }) => id === part[1 + 2 * n]);
    if (!one) return false;
    const tables = part[2 + 2 * n] ?? 0;
    one.dc = tables >> 4;
    one.ac = tables & 15;
    header.scan.push(one);
  }
  const [start = 0, , bits = 0] = part.subarray(1 + 2 * count);
  header.shift = header.progressive ? bits & 15 : 0;
  // The first scan of brightness has the means of the blocks, or it is no picture we know.
  return start === 0 && bits >> 4 === 0 && header.scan.includes(header.components[0] as Component);
}

/** Reads up to the first scan; undefined when it is no JPEG of 8-bit samples in Huffman code. */
export function readHeader(bytes: Uint8Array): JpegHeader | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const header = blank();
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (length < 2 || at + 2 + length > bytes.length) return undefined;
    const part = bytes.subarray(at + 4, at + 2 + length);
    at += 2 + length;
    let well = true;
    if (marker === 0xdb) well = readQuantisation(header, part);
    else if (marker === 0xc4) well = readHuffman(header, part);
    else if (marker === 0xdd) header.restartInterval = ((part[0] ?? 0) << 8) | (part[1] ?? 0);
    else if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2) well = readFrame(header, part, marker === 0xc2);
    else if (marker >= 0xc3 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc) return undefined;
    else if (marker === 0xda) {
      if (!readScan(header, part)) return undefined;
      header.dataAt = at;
      return header;
    }
    if (!well) return undefined;
  }
  return undefined;
}
