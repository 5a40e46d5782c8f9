import { Bits } from './bits.ts';
import { type Component, type JpegHeader, readHeader } from './header.ts';

/** Brightness 0 … 255, row by row. */
export interface Picture {
  width: number;
  height: number;
  luma: Float32Array;
}

const mostBlocks = 600_000;

/** One block: its mean; what else it holds is passed over. False when the code is broken. */
function readBlock(bits: Bits, header: JpegHeader, of: Component, means: Int32Array, n: number): boolean {
  const dc = header.dcTables.get(of.dc);
  const length = dc ? bits.symbol(dc) : -1;
  if (length < 0 || length > 11) return false;
  means[n] = (means[n] ?? 0) + bits.signed(length);
  if (header.progressive) return true;
  const ac = header.acTables.get(of.ac);
  if (!ac) return false;
  for (let k = 1; k < 64; k++) {
    const symbol = bits.symbol(ac);
    if (symbol < 0) return false;
    const size = symbol & 15;
    if (size === 0 && symbol !== 0xf0) break;
    k += symbol >> 4;
    bits.skip(size);
  }
  return true;
}

/**
 * The brightness of a JPEG at an eighth of its size: the mean of each block of 8 × 8, which the format sends first.
 * Nothing is transformed back, so that a full-HD picture costs little. Undefined when it is no picture, is cut off,
 * or its data are broken. Never throws.
 */
export function readThumbnail(bytes: Uint8Array): Picture | undefined {
  const header = readHeader(bytes);
  const luma = header?.components[0];
  const step = luma && header.quantisation.get(luma.quantisation);
  if (!header || !luma || step === undefined) return undefined;
  const alone = header.scan.length === 1;
  const [most, tall] = [
    Math.max(...header.components.map(({ h }) => h)),
    Math.max(...header.components.map(({ v }) => v)),
  ];
  const [wide, high] = [(header.width * luma.h) / most, (header.height * luma.v) / tall];
  const [columns, rows] = [Math.ceil(header.width / (8 * most)), Math.ceil(header.height / (8 * tall))];
  const width = alone ? Math.ceil(wide / 8) : columns * luma.h;
  const height = alone ? Math.ceil(high / 8) : rows * luma.v;
  if (width * height > mostBlocks) return undefined;

  const found = new Int16Array(width * height);
  const means = new Int32Array(header.scan.length);
  const bits = new Bits(bytes, header.dataAt);
  const units = alone ? width * height : columns * rows;
  for (let unit = 0; unit < units; unit++) {
    if (header.restartInterval > 0 && unit > 0 && unit % header.restartInterval === 0) {
      if (!bits.restart()) return undefined;
      means.fill(0);
    }
    for (const [n, of] of header.scan.entries()) {
      const blocks = alone ? 1 : of.h * of.v;
      for (let block = 0; block < blocks; block++) {
        if (!readBlock(bits, header, of, means, n)) return undefined;
        if (of !== luma) continue;
        const x = alone ? unit % width : (unit % columns) * of.h + (block % of.h);
        const y = alone ? Math.floor(unit / width) : Math.floor(unit / columns) * of.v + Math.floor(block / of.h);
        found[y * width + x] = (means[n] ?? 0) << header.shift;
      }
    }
    if (bits.exhausted) return undefined;
  }
  return cut(found, width, Math.max(1, Math.floor(wide / 8)), Math.max(1, Math.floor(high / 8)), step);
}

/** Whole blocks only: what fills the last ones up is not picture. */
function cut(found: Int16Array, stride: number, width: number, height: number, step: number): Picture {
  const luma = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      luma[y * width + x] = Math.min(255, Math.max(0, ((found[y * stride + x] ?? 0) * step) / 8 + 128));
  return { width, height, luma };
}
