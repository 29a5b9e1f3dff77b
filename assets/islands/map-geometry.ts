/** Small plane geometry for one city's map: longitudes and latitudes (EPSG:4490, degrees) to drawing units. */

export type Point = readonly [x: number, y: number];
export type Ring = readonly Point[];
export type Polygon = readonly Ring[];

export interface Geometry {
  readonly type: "Polygon" | "MultiPolygon";
  readonly coordinates: Polygon | readonly Polygon[];
}

export type Projection = (point: Point) => Point;

/** The polygons of a geometry, whichever of the two kinds it is. */
export function polygonsOf(geometry: Geometry): readonly Polygon[] {
  return geometry.type === "Polygon" ? [geometry.coordinates as Polygon] : (geometry.coordinates as readonly Polygon[]);
}

/**
 * An equirectangular projection true at the middle latitude, fitted to `width` units with `margin` units around;
 * over one city (some 150 km) it differs from a conformal map by less than a line's width.
 */
export function fittedProjection(
  geometries: readonly Geometry[],
  width: number,
  margin: number,
): { project: Projection; height: number } {
  const points = geometries.flatMap((geometry) => polygonsOf(geometry).flat(2));
  const [west, east] = extent(points.map(([longitude]) => longitude));
  const [south, north] = extent(points.map(([, latitude]) => latitude));
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (width - 2 * margin) / ((east - west) * narrowing);
  const project: Projection = ([longitude, latitude]) => [
    margin + (longitude - west) * narrowing * scale,
    margin + (north - latitude) * scale,
  ];
  return { project, height: 2 * margin + (north - south) * scale };
}

function extent(values: readonly number[]): [least: number, most: number] {
  return values.reduce<[number, number]>(([least, most], v) => [Math.min(least, v), Math.max(most, v)], [Infinity, -Infinity]);
}

/** SVG path data of a geometry, to a tenth of a unit. */
export function pathData(geometry: Geometry, project: Projection): string {
  const ringData = (ring: Ring): string => `M${ring.map((point) => project(point).map((v) => v.toFixed(1)).join(" ")).join("L")}Z`;
  return polygonsOf(geometry).flatMap((polygon) => polygon.map(ringData)).join("");
}

/** Twice the signed area of a ring, by the shoelace formula. */
function doubleArea(ring: Ring): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
}

/** Where to write a region's name: the centroid of its largest outer ring, projected. */
export function labelPoint(geometry: Geometry, project: Projection): Point {
  const outer = polygonsOf(geometry).map((polygon) => (polygon[0] ?? []).map(project));
  const ring = outer.reduce((best, next) => (Math.abs(doubleArea(next)) > Math.abs(doubleArea(best)) ? next : best), [] as Point[]);
  const area = doubleArea(ring);
  const [sumX, sumY] = ring.reduce<[number, number]>(
    ([sx, sy], [x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
      const cross = x * nextY - nextX * y;
      return [sx + (x + nextX) * cross, sy + (y + nextY) * cross];
    },
    [0, 0],
  );
  return area === 0 ? (ring[0] ?? [0, 0]) : [sumX / (3 * area), sumY / (3 * area)];
}
