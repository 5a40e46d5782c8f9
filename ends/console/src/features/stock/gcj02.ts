const a = 6_378_245;
const eccentricity = 0.006_693_421_622_965_943;
const radians = Math.PI / 180;

const wave = (x: number): number => 20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI);

function northOffset(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x));
  const near = wave(x) + 20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI);
  return base + ((near + 160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3;
}

function eastOffset(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x));
  const near = wave(x) + 20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI);
  return base + ((near + 150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3;
}

const inChina = (longitude: number, latitude: number): boolean =>
  longitude > 72.004 && longitude < 137.8347 && latitude > 0.8293 && latitude < 55.8271;

/** WGS-84 in degrees as maps in mainland China draw it. Only for the screen: never stored, never sent back. */
export function gcj02([longitude, latitude]: readonly [number, number]): [number, number] {
  if (!inChina(longitude, latitude)) return [longitude, latitude];
  const [x, y] = [longitude - 105, latitude - 35];
  const sine = Math.sin(latitude * radians);
  const magic = 1 - eccentricity * sine * sine;
  const root = Math.sqrt(magic);
  const north = (northOffset(x, y) * 180) / (((a * (1 - eccentricity)) / (magic * root)) * Math.PI);
  const east = (eastOffset(x, y) * 180) / ((a / root) * Math.cos(latitude * radians) * Math.PI);
  return [longitude + east, latitude + north];
}
