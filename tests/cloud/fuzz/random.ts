import type { Position } from '../../../devkit/cloud/query/geo';
import type { IndexShape } from '../../../devkit/cloud/store/secondary-index';
import type { SortKeys } from '../../../devkit/cloud/store/planner';
import type { Doc } from '../../../devkit/cloud/store/values';

/** Documents, conditions and indexes in which every kind of value meets every operator. */
export interface RandomWorld {
  pick<T>(list: readonly T[]): T;
  document(id: number | string): Doc;
  value(): unknown;
  location(): unknown;
  query(): Doc;
  sort(): SortKeys;
  /** Any of the indexes, this one (counted round) among them. */
  indexes(always: number): IndexShape[];
}

const LONG = 'long'.repeat(30);
const INDEXES: IndexShape[] = [
  { name: 'a', keys: [['a', 1]] },
  { name: 'ab', keys: [['a', 1], ['b', -1]] },
  { name: 'bca', keys: [['b', 1], ['c', 1], ['a', 1]] },
  { name: 'ax', keys: [['a.x', -1]] },
  { name: 'c', keys: [['c', -1]], sparse: true },
  { name: 'p', keys: [['p', '2dsphere']] },
  { name: 'cpb', keys: [['c', 1], ['p', '2dsphere'], ['b', -1]] },
]; // prettier-ignore

export function randomWorld(roll: () => number): RandomWorld {
  const pick = <T>(list: readonly T[]) => list[Math.floor(roll() * list.length)] as T;
  const times = <T>(most: number, make: () => T) => Array.from({ length: Math.floor(roll() * most) }, make);
  const scalar = () =>
    pick<() => unknown>([
      () => Math.floor(roll() * 8),
      () => -roll() * 3,
      () => pick(['a', 'b', 'ab', '', 'ä', '中', 'a\u0000b', LONG, LONG + pick(['1', '2'])]),
      () => null,
      () => roll() < 0.5,
      () => new Date(Math.floor(roll() * 5) * 1000),
    ])();
  const value = (): unknown =>
    pick<() => unknown>([
      scalar, scalar, scalar, scalar,
      () => undefined,
      () => times(3, scalar),
      () => ({ x: scalar() }),
      () => times(3, () => ({ x: scalar(), y: scalar() })),
    ])(); // prettier-ignore

  // Most places lie near each other, some at the poles and on both sides of the date line.
  const place = (): Position =>
    pick<() => Position>([
      () => [120 + roll() * 2, 30 + roll() * 2],
      () => [120 + roll() * 2, 30 + roll() * 2],
      () => [roll() * 360 - 180, roll() * 180 - 90],
      () => [pick([-180, 180, 179.9, -179.9]), roll() * 20 - 10],
      () => [roll() * 360 - 180, pick([-90, 90, 89.99, -89.9])],
    ])();
  const ring = (size: number): Position[] => {
    const [x, y] = [119 + roll() * 3, 29 + roll() * 3];
    const corners: Position[] = [[x, y], [x + size * roll(), y], [x + size, y + size * roll()], [x, y + size]]; // prettier-ignore
    return [...corners, corners[0] as Position];
  };
  const location = (): unknown =>
    pick<() => unknown>([
      () => ({ type: 'Point', coordinates: place() }),
      () => ({ type: 'Point', coordinates: place() }),
      place,
      () => ({ type: 'Polygon', coordinates: [ring(roll() * 2)] }),
      () => ({ type: 'LineString', coordinates: [place(), place()] }),
      () => ({ type: 'MultiPoint', coordinates: [place(), place()] }),
      () => null,
      () => undefined,
    ])();
  const geometry = () => ({ type: 'Polygon', coordinates: [ring(roll() * 3)] });
  const near = () => ({
    $geometry: { type: 'Point', coordinates: place() },
    ...(roll() < 0.7 && { $maxDistance: 10 ** (roll() * 7) }),
  });
  const geoCondition = () =>
    pick<() => unknown>([
      () => ({ $geoWithin: { $geometry: geometry() } }),
      () => ({ $geoWithin: { $centerSphere: [place(), roll() ** 3] } }),
      () => ({ $geoIntersects: { $geometry: geometry() } }),
      () => ({ $nearSphere: near() }),
      () => ({ $near: { ...near(), $minDistance: 1000 } }),
    ])();

  const condition = (): unknown => {
    const v = scalar();
    return pick<() => unknown>([
      () => v, () => v, () => ({ $eq: v }),
      () => ({ $gt: v }), () => ({ $gte: v }), () => ({ $lt: v }), () => ({ $lte: v }),
      () => ({ $gte: Math.floor(roll() * 4), $lt: 4 + Math.floor(roll() * 4) }),
      () => ({ $gt: 'a', $lte: pick(['ab', 'b', LONG, LONG + '2']) }),
      () => ({ $in: times(4, scalar) }), () => ({ $nin: times(3, scalar) }),
      () => ({ $ne: v }), () => ({ $exists: roll() < 0.5 }), () => ({ $elemMatch: { $gt: 2 } }),
      () => ({ $elemMatch: { x: v } }), () => ({ $size: 1 }), () => /a/, () => ({ $regex: '^A', $options: 'i' }),
      () => ({ $not: { $gt: v } }), () => ({ $all: times(3, scalar) }), () => ({ $mod: [3, 1] }),
      () => ({ $type: pick(['number', 'string', 'array', 'object', 'date', 'bool', 'null']) }),
    ])(); // prettier-ignore
  };
  const fields = (chance: number): Doc => {
    const made: Doc = {};
    for (const field of ['a', 'b', 'c', 'a.x', 'b.x']) if (roll() < chance) made[field] = condition();
    if (roll() < chance / 4) made._id = { [pick(['$gt', '$lte'])]: pick(['d3', 'd5', 30]) };
    if (roll() < chance / 20) made._id = { $in: ['d3', 'd11', 30, 'none'] };
    if (roll() < chance / 2) made.p = geoCondition();
    return made;
  };
  const branch = (): Doc => {
    const made = fields(0.2);
    return Object.keys(made).length > 0 ? made : { [pick(['a', 'b', 'c'])]: condition() };
  };
  const query = (): Doc => {
    const made = fields(0.35);
    const kind = roll();
    if (kind < 0.1) return { $and: [made, { a: condition() }] };
    if (kind < 0.3) return { ...(roll() < 0.5 ? made : {}), $or: [branch(), ...times(3, branch)] };
    if (kind < 0.35) return { $and: [{ $or: [branch(), branch()] }, { $or: [branch(), branch()] }] };
    if (kind < 0.38) return { ...made, $nor: [branch()] };
    return made;
  };
  return {
    pick,
    value,
    location,
    query,
    document: (id) => {
      const made: Doc = { _id: id };
      for (const field of ['a', 'b', 'c']) {
        const v = value();
        if (v !== undefined) made[field] = v;
      }
      const p = location();
      return p === undefined ? made : { ...made, p };
    },
    sort: () =>
      (['a', 'b', 'c', '_id'] as const)
        .filter(() => roll() < 0.35)
        .map((field) => [field, roll() < 0.5 ? 1 : -1]),
    indexes: (always) => INDEXES.filter((_, i) => roll() < 0.4 || i === always % INDEXES.length),
  };
}
