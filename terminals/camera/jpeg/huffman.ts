/**
 * Every 16-bit beginning → length of its code × 256 + symbol; 0 = no such code. `counts`: codes of each length 1 … 16.
 * Undefined when the lengths do not fit.
 */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): Uint16Array | undefined {
  const table = new Uint16Array(65_536);
  let code = 0;
  let next = 0;
  for (let length = 1; length <= 16; length++) {
    for (let n = 0; n < (counts[length - 1] ?? 0); n++) {
      const from = code << (16 - length);
      const to = (code + 1) << (16 - length);
      if (to > 65_536) return undefined;
      table.fill((length << 8) | (symbols[next++] ?? 0), from, to);
      code++;
    }
    code <<= 1;
  }
  return table;
}
