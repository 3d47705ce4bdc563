import { requestFailed } from '../failures';
import { isPlainObject } from '../store/values';
import { MISSING } from './reach';

export type Position = [longitude: number, latitude: number];
type Ring = Position[];
interface Shape {
  /** Every position named. */
  points: Position[];
  /** Lines, and the rings of polygons. */
  lines: Position[][];
  /** Outer ring first, holes after it. */
  polygons: Ring[][];
}

/** From south-west to north-east, in degrees; never across the date line. */
export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

const EARTH_RADIUS = 6_378_100;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** The great-circle distance in metres. */
export function distance([lonA, latA]: Position, [lonB, latB]: Position): number {
  const half =
    Math.sin(radians(latB - latA) / 2) ** 2 +
    Math.cos(radians(latA)) * Math.cos(radians(latB)) * Math.sin(radians(lonB - lonA) / 2) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(half));
}

/** A GeoJSON geometry (or a bare pair of numbers) as its parts; `undefined` for anything else. */
export function shapeOf(value: unknown): Shape | undefined {
  if (isPosition(value)) return { points: [value], lines: [], polygons: [] };
  if (!isPlainObject(value)) return undefined;
  const at = value.coordinates;
  switch (value.type) {
    case 'Point':
      return isPosition(at) ? { points: [at], lines: [], polygons: [] } : undefined;
    case 'MultiPoint':
      return isLine(at) ? { points: at, lines: [], polygons: [] } : undefined;
    case 'LineString':
      return isLine(at) ? { points: at, lines: [at], polygons: [] } : undefined;
    case 'MultiLineString':
      return areLines(at) ? { points: at.flat(), lines: at, polygons: [] } : undefined;
    case 'Polygon':
      return areLines(at) ? { points: at.flat(), lines: at, polygons: [at] } : undefined;
    case 'MultiPolygon':
      return Array.isArray(at) && at.every(areLines)
        ? { points: at.flat(2), lines: at.flat(), polygons: at }
        : undefined;
    default:
      return undefined;
  }
}

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number';

const isLine = (value: unknown): value is Position[] => Array.isArray(value) && value.every(isPosition);
const areLines = (value: unknown): value is Position[][] => Array.isArray(value) && value.every(isLine);

function insideRing([x, y]: Position, ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as Position;
    const [xj, yj] = ring[j] as Position;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

const insideAny = (point: Position, polygons: Ring[][]) =>
  polygons.some(
    ([outer = [], ...holes]) => insideRing(point, outer) && !holes.some((hole) => insideRing(point, hole)),
  );

const segments = (lines: Position[][]) =>
  lines.flatMap((line) => line.slice(1).map((end, i): [Position, Position] => [line[i] as Position, end]));

/** On which side of the line from a to b the point lies: positive, negative, or 0 for on it. */
const side = (a: Position, b: Position, [x, y]: Position) =>
  Math.sign((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]));
const cross = ([a, b]: [Position, Position], [c, d]: [Position, Position]) =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

const samePoint = (a: Position, b: Position) => a[0] === b[0] && a[1] === b[1];

function geometryOf(argument: unknown): Shape {
  const shape = isPlainObject(argument) ? shapeOf(argument.$geometry) : undefined;
  if (!shape) throw requestFailed('a geo operator needs $geometry with GeoJSON');
  return shape;
}

const anyShape = (ends: unknown[], passes: (shape: Shape) => boolean) =>
  ends.some((end) => {
    const shape = end === MISSING ? undefined : shapeOf(end);
    return shape !== undefined && passes(shape);
  });

const $geoWithin = (argument: unknown) => {
  const sphere = isPlainObject(argument)
    ? (argument.$centerSphere as [Position, number] | undefined)
    : undefined;
  if (sphere) {
    const [centre, angle] = sphere;
    return (ends: unknown[]) =>
      anyShape(ends, ({ points }) => points.every((p) => distance(p, centre) / EARTH_RADIUS <= angle));
  }
  const area = geometryOf(argument);
  return (ends: unknown[]) =>
    anyShape(ends, ({ points }) => points.every((p) => insideAny(p, area.polygons)));
};

const $geoIntersects = (argument: unknown) => {
  const area = geometryOf(argument);
  const borders = segments(area.lines);
  return (ends: unknown[]) =>
    anyShape(
      ends,
      ({ points, lines, polygons }) =>
        points.some((p) => insideAny(p, area.polygons)) ||
        area.points.some((p) => insideAny(p, polygons)) ||
        points.some((p) => area.points.some((q) => samePoint(p, q))) ||
        segments(lines).some((one) => borders.some((other) => cross(one, other))),
    );
};

const $nearSphere = (argument: unknown) => {
  const centre = geometryOf(argument).points[0] as Position;
  const { $maxDistance = Infinity, $minDistance = 0 } = argument as {
    $maxDistance?: number;
    $minDistance?: number;
  };
  return (ends: unknown[]) =>
    anyShape(ends, ({ points }) => {
      const metres = distance(points[0] as Position, centre);
      return metres <= $maxDistance && metres >= $minDistance;
    });
};

export const GEO_OPERATORS = { $geoWithin, $geoIntersects, $nearSphere, $near: $nearSphere };

/**
 * Boxes of which every location that meets the condition touches one: what an index has to look
 * through. `undefined` when the condition is none of location, or bounds nothing.
 */
export function boxesOf(condition: unknown): Box[] | undefined {
  if (!isPlainObject(condition)) return undefined;
  const near = condition.$nearSphere ?? condition.$near;
  if (isPlainObject(near)) {
    const centre = shapeOf(near.$geometry)?.points[0];
    return centre && typeof near.$maxDistance === 'number'
      ? boxesAround(centre, near.$maxDistance / EARTH_RADIUS)
      : undefined;
  }
  const area = condition.$geoWithin ?? condition.$geoIntersects;
  if (!isPlainObject(area)) return undefined;
  if (Array.isArray(area.$centerSphere)) {
    const [centre, angle] = area.$centerSphere as unknown[];
    return isPosition(centre) && typeof angle === 'number' ? boxesAround(centre, angle) : undefined;
  }
  const points = shapeOf(area.$geometry)?.points;
  if (!points || points.length === 0 || !points.every(onEarth)) return undefined;
  const [longitudes, latitudes] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [
    {
      west: Math.min(...longitudes),
      east: Math.max(...longitudes),
      south: Math.min(...latitudes),
      north: Math.max(...latitudes),
    },
  ];
}

/** Whether a position has a longitude from -180 to 180 and a latitude from -90 to 90. */
export const onEarth = ([longitude, latitude]: Position): boolean =>
  Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;

/** The boxes around all points within an angle (in radians) of the centre. */
function boxesAround(centre: Position, angle: number): Box[] | undefined {
  if (!onEarth(centre) || !(angle >= 0)) return undefined;
  const [longitude, latitude] = centre;
  const degrees = (angle * 180) / Math.PI + 1e-9;
  const south = Math.max(-90, latitude - degrees);
  const north = Math.min(90, latitude + degrees);
  const whole = { west: -180, east: 180, south, north };
  // Around a pole, every longitude is near.
  if (south <= -90 || north >= 90) return [whole];
  const ratio = Math.sin(radians(degrees)) / Math.cos(radians(latitude));
  const reach = (Math.asin(Math.min(1, ratio)) * 180) / Math.PI + 1e-9;
  const [west, east] = [longitude - reach, longitude + reach];
  if (east - west >= 360) return [whole];
  if (west < -180)
    return [
      { ...whole, east },
      { ...whole, west: west + 360 },
    ];
  if (east > 180)
    return [
      { ...whole, west },
      { ...whole, east: east - 360 },
    ];
  return [{ west, east, south, north }];
}
