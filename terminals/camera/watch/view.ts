import type { Picture } from '../jpeg/thumbnail.ts';

/** Every picture is looked at in this many cells, whatever its size. */
export const columns = 48;
export const rows = 27;
export const cells = columns * rows;

/** A picture as the watch sees it: how bright, how varied, and where which way its edges run. */
export interface View {
  mean: number;
  /** Standard deviation of the brightness of its cells. */
  spread: number;
  /** Slope across and down in each cell, −1 … 1: pressed together, so that light hardly changes it. */
  across: Float32Array;
  down: Float32Array;
  /** How much there is to see: the mean bend of the brightness, which a smooth surface close to the lens has not. */
  detail: number;
}

/** Slopes this steep (levels from cell to cell) count half; what noise makes counts little. */
const half = 8;

function pooled({ width, height, luma }: Picture): Float32Array {
  const grid = new Float32Array(cells);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [x0, y0] = [Math.floor((column * width) / columns), Math.floor((row * height) / rows)];
      const x1 = Math.max(x0 + 1, Math.floor(((column + 1) * width) / columns));
      const y1 = Math.max(y0 + 1, Math.floor(((row + 1) * height) / rows));
      let sum = 0;
      for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += luma[y * width + x] ?? 0;
      grid[row * columns + column] = sum / ((x1 - x0) * (y1 - y0));
    }
  return grid;
}

export function viewOf(picture: Picture): View {
  const grid = pooled(picture);
  const at = (x: number, y: number) => grid[y * columns + x] ?? 0;
  const across = new Float32Array(cells);
  const down = new Float32Array(cells);
  let [sum, squares, bends] = [0, 0, 0];
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const level = at(x, y);
      sum += level;
      squares += level * level;
      if (x === 0 || y === 0 || x === columns - 1 || y === rows - 1) continue;
      const [dx, dy] = [at(x + 1, y) - at(x - 1, y), at(x, y + 1) - at(x, y - 1)];
      const length = Math.hypot(dx, dy);
      across[y * columns + x] = dx / (length + half);
      down[y * columns + x] = dy / (length + half);
      const bend = Math.abs(4 * level - at(x + 1, y) - at(x - 1, y) - at(x, y + 1) - at(x, y - 1));
      bends += bend / (bend + 2 * half);
    }
  const mean = sum / cells;
  return { mean, spread: Math.sqrt(Math.max(0, squares / cells - mean * mean)), across, down, detail: bends / cells };
}
