import type { Tag } from '../tags';

/** A place on earth, in degrees. */
export interface Point {
  lng: number;
  lat: number;
}

/** IUGG mean radius R1, in metres. */
const EARTH_METRES = 6_371_008.8;
const NEAR_METRES = 500;
const WALK_METRES = 3_000;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * Metres between two places as the crow flies, by the haversine formula (R. W. Sinnott, "Virtues of the Haversine",
 * Sky and Telescope 68, 1984): a = sin²(Δφ/2) + cos φ₁ · cos φ₂ · sin²(Δλ/2), d = 2R · asin √a.
 *
 * @example metresBetween({ lng: 120, lat: 30 }, { lng: 120, lat: 31 }) // → 111195, one degree of latitude
 */
export function metresBetween(a: Point, b: Point): number {
  const half = (x: number): number => Math.sin(x / 2) ** 2;
  const h =
    half(radians(b.lat - a.lat)) +
    Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(radians(b.lng - a.lng));
  return Math.round(2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(h))));
}

function spoken(metres: number): string {
  return metres < 1_000 ? `${metres}米` : `${(metres / 1_000).toFixed(1)}公里`;
}

/** How far she lives from her branch, in three bands; null where either place is not known. */
export function distanceTag(place: Point | null, branchPlace: Point | null): Tag | null {
  if (place === null || branchPlace === null) return null;
  const metres = metresBetween(place, branchPlace);
  const word = metres <= NEAR_METRES ? '500米内' : metres <= WALK_METRES ? '3公里内' : '3公里外';
  return { kind: 'distance', word, why: `距所属门店约${spoken(metres)}` };
}
