/** Where a project is drawn, in per cent of the map. */
export interface Spot {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface Placed {
  readonly id: string;
  /** Longitude and latitude, or nothing when nobody told. */
  readonly at: readonly [number, number] | undefined;
}

const margin = 12;
const room = 100 - 2 * margin;
/** Two marks no nearer than this, per cent, so that their words can be read. */
const nearest = 15;

/** The middle of a place's geometry. */
export function middleOf(geometry: unknown): [number, number] | undefined {
  const { type, coordinates } = (geometry ?? {}) as { type?: string; coordinates?: unknown };
  if (type === 'Point') return coordinates as [number, number];
  if (type !== 'Polygon') return undefined;
  const corners = ((coordinates as [number, number][][])[0] ?? []).slice(0, -1);
  if (corners.length === 0) return undefined;
  const sum = corners.reduce<[number, number]>(([x, y], [east, north]) => [x + east, y + north], [0, 0]);
  return [sum[0] / corners.length, sum[1] / corners.length];
}

/** Those without a position stand in rows, so that each can be seen and pressed. */
function inRows(ids: readonly string[]): Spot[] {
  const columns = Math.max(1, Math.min(ids.length, Math.round(Math.sqrt(ids.length * 1.6))));
  const rows = Math.max(1, Math.ceil(ids.length / columns));
  return ids.map((id, n) => ({
    id,
    x: margin + (((n % columns) + 0.5) * room) / columns,
    y: margin + ((Math.floor(n / columns) + 0.5) * room) / rows,
  }));
}

/** Pushes marks apart that would cover each other, a little each round; neighbours stay neighbours. */
function apart(spots: Spot[]): Spot[] {
  let now = spots;
  for (let round = 0; round < 60; round++) {
    now = now.map((spot, n) => {
      let [x, y] = [spot.x, spot.y];
      for (const [m, other] of now.entries()) {
        const [dx, dy] = [spot.x - other.x, spot.y - other.y];
        const far = Math.hypot(dx, dy);
        if (m === n || far >= nearest) continue;
        const push = (nearest - far) / 4;
        x += far === 0 ? (n > m ? push : -push) : (dx / far) * push;
        y += far === 0 ? 0 : (dy / far) * push;
      }
      return {
        id: spot.id,
        x: Math.min(100 - margin, Math.max(margin, x)),
        y: Math.min(100 - margin, Math.max(margin, y)),
      };
    });
  }
  return now;
}

/** Projects as they lie to each other, stretched to the map; drawn by ourselves, no tiles from outside. */
export function spotsOf(places: readonly Placed[]): Spot[] {
  const located = places.flatMap(({ id, at }) => (at ? [{ id, at }] : []));
  if (located.length < Math.max(2, places.length)) return inRows(places.map(({ id }) => id));
  const [xs, ys] = [located.map(({ at }) => at[0]), located.map(({ at }) => at[1])];
  const [west, south] = [Math.min(...xs), Math.min(...ys)];
  const [wide, high] = [Math.max(...xs) - west || 1, Math.max(...ys) - south || 1];
  return apart(
    located.map(({ id, at }) => ({
      id,
      x: margin + ((at[0] - west) / wide) * room,
      y: 100 - margin - ((at[1] - south) / high) * room,
    })),
  );
}
