import { type Static, Type } from 'typebox';

/** Longitude and latitude in degrees, WGS-84. Other grids are made from it where a map needs them, never stored. */
const Position = Type.Tuple([Type.Number({ minimum: -180, maximum: 180 }), Type.Number({ minimum: -90, maximum: 90 })]);
const Ring = Type.Array(Position, { minItems: 4, maxItems: 2000 });

/** Where a place is: a point or an outline (GeoJSON). */
export const GeometrySchema = Type.Union([
  Type.Object({ type: Type.Literal('Point'), coordinates: Position }, { additionalProperties: false }),
  Type.Object(
    { type: Type.Literal('Polygon'), coordinates: Type.Array(Ring, { minItems: 1, maxItems: 50 }) },
    { additionalProperties: false },
  ),
]);

export type Geometry = Static<typeof GeometrySchema>;

/** A ring ends where it began; anything else is a line that only looks like an outline. */
export function ringsAreClosed(geometry: Geometry): boolean {
  if (geometry.type === 'Point') return true;
  return geometry.coordinates.every((ring) => {
    const first = ring[0];
    const last = ring.at(-1);
    return first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
  });
}
