import { rmSync } from 'node:fs';
import type { IndexDeclaration } from '../../devkit/cloud';
import { findDocuments } from '../../devkit/cloud/store/find';
import { Store } from '../../devkit/cloud/store/store';
import { insertDocuments } from '../../devkit/cloud/store/write';
import { connect, newFolder, refusalOf, startTestCloud, type App, type TestCloud } from './harness';

const SPHERE = { name: 'at', keys: [['at', '2dsphere']] as [string, '2dsphere'][] };
const point = (longitude: number, latitude: number) => ({
  type: 'Point',
  coordinates: [longitude, latitude],
});

describe('an index by place', () => {
  const folder = newFolder('geo');
  const store = new Store(folder);
  const write = { store, newId: () => 'unused', now: () => 0, transaction: undefined };
  beforeAll(async () => {
    await store.createCollection('shops');
    await store.createIndex('shops', SPHERE);
    // A grid of 40 by 40 points a tenth of a degree apart, and two shops at the date line.
    const grid = Array.from({ length: 1600 }, (_, i) => ({
      _id: `g${i}`,
      at: point(100 + (i % 40) / 10, 20 + Math.floor(i / 40) / 10),
    }));
    const square = [[101, 21], [103, 21], [103, 23], [101, 23], [101, 21]]; // prettier-ignore
    await insertDocuments(write, store.collection('shops'), [
      ...grid,
      { _id: 'west', at: [-179.99, 0] },
      { _id: 'east', at: point(179.99, 0) },
      { _id: 'area', at: { type: 'Polygon', coordinates: [square] } },
      { _id: 'nowhere' },
    ]);
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const find = (condition: object) => {
    const found = findDocuments(store.collection('shops'), { at: condition });
    return { ids: found.docs.map(({ _id }) => _id), scanned: found.scanned, kind: found.plan.kind };
  };

  it('looks only at the neighbourhood, and answers nearest first', () => {
    const near = find({ $nearSphere: { $geometry: point(102, 22), $maxDistance: 11_500 } });
    expect(near.ids).toHaveLength(4 + 1);
    expect(near.ids[0]).toBe('g820');
    expect(near.scanned).toBeLessThan(60);
  });
  it('sees across the date line', () => {
    const near = find({ $nearSphere: { $geometry: point(180, 0), $maxDistance: 3000 } });
    expect(near.ids.sort()).toEqual(['east', 'west']);
    expect(near.scanned).toBeLessThan(10);
    expect(find({ $geoWithin: { $centerSphere: [[-180, 0], 0.001] } }).ids.sort()).toEqual(['east', 'west']);
  });
  it('finds a large area by a small place in it, and by an area that only crosses it', () => {
    const small = [[101.51, 21.51], [101.52, 21.51], [101.52, 21.52], [101.51, 21.51]]; // prettier-ignore
    const across = [[99, 21.92], [105, 21.92], [105, 21.98], [99, 21.98], [99, 21.92]]; // prettier-ignore
    for (const ring of [small, across]) {
      const met = find({ $geoIntersects: { $geometry: { type: 'Polygon', coordinates: [ring] } } });
      expect([met.ids, met.kind]).toEqual([['area'], 'index']);
    }
  });
  it('looks outward in circles for the nearest few when nothing bounds the distance', () => {
    const near = (x: number, y: number, limit: number, skip = 0) =>
      findDocuments(
        store.collection('shops'),
        { at: { $nearSphere: { $geometry: point(x, y) } } },
        { limit, skip },
      );
    const five = near(102, 22, 5);
    expect(five.docs.map(({ _id }) => _id)).toEqual(['g820', 'g819', 'g821', 'g780', 'g860']);
    expect(five.scanned).toBeLessThan(60);
    // From the other side of the earth the circles grow until they reach something.
    expect(near(-78, -22, 1).docs).toHaveLength(1);
    expect(near(-170, 0, 2).docs.map(({ _id }) => _id)).toEqual(['west', 'east']);
    // All of them, the area too, and none without a place.
    expect(near(0, 0, 5000).docs).toHaveLength(1603);
    expect(near(102, 22, 3, 1).docs.map(({ _id }) => _id)).toEqual(['g819', 'g821', 'g780']);
  });
  it('refuses a place that is none', async () => {
    for (const at of [point(181, 0), point(0, -91), { type: 'Polygon' }, 'here', { x: 1 }]) {
      const refusal = await refusalOf(
        insertDocuments(write, store.collection('shops'), [{ _id: 'bad', at }]),
      );
      expect(refusal).toMatchObject({ message: expect.stringContaining("Can't extract geo keys") });
    }
  });
});

describe('an index by place, through the SDK', () => {
  let test: TestCloud;
  let app: App;
  beforeAll(async () => {
    const branchAt: IndexDeclaration = { collection: 'shops', name: 'branch-at', keys: [['branch', 1], ['at', '2dsphere']] }; // prettier-ignore
    test = await startTestCloud({ indexes: [branchAt] });
    app = connect(test.cloud);
  });
  afterAll(() => test.stop());
  it('answers within a branch, by query and by aggregation', async () => {
    const db = app.database();
    const at = (longitude: number) => new db.Geo.Point(longitude, 30);
    const shops = db.collection('shops');
    await shops.add(
      [120, 120.01, 120.02, 125].flatMap((x) =>
        ['B1', 'B2'].map((branch) => ({ _id: `${branch} ${x}`, branch, at: at(x) })),
      ),
    );
    const near = db.command.geoNear({ geometry: at(120), maxDistance: 1500 });
    const found = await shops.where({ branch: 'B1', at: near }).get();
    expect(found.data.map(({ _id }: { _id: string }) => _id)).toEqual(['B1 120', 'B1 120.01']);
    const { data } = await shops
      .aggregate()
      .geoNear({
        near: at(120),
        distanceField: 'metres',
        key: 'at',
        maxDistance: 2500,
        query: { branch: 'B2' },
      })
      .end();
    expect(data.map(({ _id }: { _id: string }) => _id)).toEqual(['B2 120', 'B2 120.01', 'B2 120.02']);
    const nearest = await shops
      .aggregate()
      .geoNear({ near: at(124), distanceField: 'metres', query: { branch: 'B1' } } as never)
      .limit(2)
      .end();
    expect(nearest.data).toMatchObject([
      { _id: 'B1 125', metres: expect.closeTo(96_400, -3) },
      { _id: 'B1 120.02' },
    ]);
  });
  it('is demanded by "near", as by MongoDB', async () => {
    const db = app.database();
    const place = new db.Geo.Point(120, 30);
    await db.createCollection('bare');
    const near = { at: db.command.geoNear({ geometry: place }) };
    const query = { message: expect.stringContaining('unable to find index for $geoNear query') };
    expect(await refusalOf(db.collection('bare').where(near).get())).toMatchObject(query);
    expect(await refusalOf(db.collection('bare').where(near).count())).toMatchObject(query);
    const stage = { near: place, distanceField: 'm', key: 'at' };
    expect(await refusalOf(db.collection('bare').aggregate().geoNear(stage).end())).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringContaining('$geoNear requires a 2d or 2dsphere index'),
    });
    expect(await refusalOf(db.collection('shops').aggregate().match(near).end())).toMatchObject({
      message: expect.stringContaining('not allowed in this context'),
    });
  });
});
