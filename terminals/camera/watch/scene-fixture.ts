import { createRequire } from 'node:module';

const { jpegjs } = createRequire(import.meta.url)('playwright-core/lib/utilsBundle') as {
  jpegjs: { encode(raw: { width: number; height: number; data: Uint8Array }, quality: number): { data: Buffer } };
};

const [width, height] = [384, 216];

/** The same numbers for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Ground = (x: number, y: number) => number;

function drawn(seed: number): Ground {
  const random = seeded(seed);
  const houses = Array.from({ length: 12 }, (_, n) => ({
    left: n * 130 - 500 + random() * 50,
    wide: 70 + random() * 50,
    top: 20 + random() * 60,
    wall: 90 + random() * 110,
  }));
  const trees = Array.from({ length: 9 }, () => ({
    x: random() * 1200 - 400,
    y: 120 + random() * 40,
    r: 14 + random() * 16,
  }));
  const lines = Array.from({ length: 14 }, () => ({ x: random() * 1300 - 400, lean: random() - 0.5 }));
  return (x, y) => {
    for (const { x: cx, y: cy, r } of trees) if (Math.hypot(x - cx, y - cy) < r) return 45 + 12 * Math.sin(x * 0.8 + y);
    if (y > 150) {
      for (const { x: lx, lean } of lines) if (Math.abs(x - lx - lean * (y - 150)) < 4) return 215;
      return 120 + 8 * Math.sin(x / 40);
    }
    for (const { left, wide, top, wall } of houses)
      if (x > left && x < left + wide && y > top) {
        const window = (x - left) % 24 > 8 && (y - top) % 26 > 12;
        return window ? wall * 0.35 : wall;
      }
    return 225 - y * 0.35;
  };
}

const [left, top, wide, high] = [-250, -150, 884, 516];
const known = new Map<number, Ground>();

/** A court between two houses, far larger than one picture shows: 0 … 255 at any point of it. */
export function court(seed: number): Ground {
  const before = known.get(seed);
  if (before) return before;
  const draw = drawn(seed);
  const sheet = Float32Array.from({ length: wide * high }, (_, n) =>
    draw((n % wide) + left, Math.floor(n / wide) + top),
  );
  const ground: Ground = (x, y) => sheet[(Math.round(y) - top) * wide + Math.round(x) - left] ?? 128;
  known.set(seed, ground);
  return ground;
}

export interface Shot {
  /** Turn in degrees, and shift in points, of the camera. */
  turn?: number;
  right?: number;
  down?: number;
  /** Changes what is there: given brightness and point of the picture. */
  light?(level: number, x: number, y: number): number;
  noise?: number;
}

/** One picture of the court as real JPEG bytes. */
export function shoot(place: Ground, random: () => number, shot: Shot = {}): Uint8Array {
  const { turn = 0, right = 0, down = 0, light = (level) => level, noise = 4 } = shot;
  const [sin, cos] = [Math.sin((turn * Math.PI) / 180), Math.cos((turn * Math.PI) / 180)];
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = [x - width / 2, y - height / 2];
      const there = place(u * cos - v * sin + width / 2 + right, u * sin + v * cos + height / 2 + down);
      const level = light(there, x / width, y / height) + (random() - 0.5) * 2 * noise;
      const at = 4 * (y * width + x);
      data[at] = data[at + 1] = data[at + 2] = Math.max(0, Math.min(255, level));
    }
  return jpegjs.encode({ width, height, data }, 70).data;
}
