import { connect, refusalOf, startTestCloud, type App, type TestCloud } from './harness';

let test: TestCloud;
let app: App;
beforeAll(async () => {
  test = await startTestCloud({
    collections: ['members', 'orders'],
    indexes: [{ collection: 'orders', name: 'at', keys: [['at', '2dsphere']] }],
  });
  app = connect(test.cloud);
});
afterAll(() => test.stop());
beforeEach(async () => {
  await test.cloud.drop();
  await members().add([
    { _id: 'a', name: 'ann', n: 1, tags: ['x'], branch: 'B1', lines: [{ sku: 's1', qty: 2 }] },
    { _id: 'b', name: 'bob', n: 5, tags: [], branch: 'B2', lines: [{ sku: 's1', qty: 9 }, { sku: 's2' }] },
    { _id: 'c', name: 'cat', n: 9, branch: 'B1', gone: null },
  ]);
});

const members = () => app.database().collection('members');
const _ = () => app.database().command;
const idsWhere = async (query: object) =>
  (await members().where(query).get()).data.map((doc: { _id: string }) => doc._id).sort();
const one = async (id: string) => (await members().doc(id).get()).data[0] as Record<string, unknown>;

describe('documents', () => {
  it('come back as they were added, whatever their values', async () => {
    const db = app.database();
    const value = {
      name: '小王',
      half: 1.5,
      big: Number.MAX_SAFE_INTEGER,
      huge: 1e300,
      minus: -0.25,
      tags: ['x', ['y', null]],
      nothing: null,
      yes: true,
      inner: { deep: { er: '很深', '': 1 } },
      text: '引号" \\ \u0000 😀',
      list: [],
      object: {},
    };
    const added = await members().add({
      ...value,
      when: new Date(0),
      past: new Date(-1.5e12),
      edges: [-1, 253_402_300_799_999, 253_402_300_800_000, 8.64e15].map((ms) => new Date(ms)),
      pattern: /^a/i,
      place: new db.Geo.Point(120.1, 30.2),
    });
    const doc = await one(added.id as string);
    expect(doc).toMatchObject(value);
    expect([doc.when, doc.past]).toEqual([new Date(0), new Date(-1.5e12)]);
    expect((doc.edges as Date[]).map(Number)).toEqual([
      -1, 253_402_300_799_999, 253_402_300_800_000, 8.64e15,
    ]);
    expect(doc.pattern).toMatchObject({ pattern: '^a', options: 'i' });
    expect(doc.place).toMatchObject({ longitude: 120.1, latitude: 30.2 });
  });
  it('take the server time, with its offset', async () => {
    const db = app.database();
    const { id } = await members().add({
      at: db.serverDate({ offset: -3_600_000 }),
      list: [db.serverDate()],
    });
    const { at, list } = (await one(id as string)) as { at: Date; list: Date[] };
    expect((list[0] as Date).getTime() - at.getTime()).toBe(3_600_000);
    expect(Math.abs(Date.now() - (list[0] as Date).getTime())).toBeLessThan(5000);
  });
  it('are refused twice under one id, and nothing of the batch stays', async () => {
    expect(await refusalOf(members().add([{ _id: 'new' }, { _id: 'a' }]))).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringContaining('E11000 duplicate key'),
    });
    expect(await idsWhere({ _id: 'new' })).toEqual([]);
  });
  it('are refused in a collection that does not exist, by its name', async () => {
    const refusal = await refusalOf(app.database().collection('nowhere').get());
    expect(refusal).toMatchObject({
      code: 'DATABASE_COLLECTION_NOT_EXIST',
      message: expect.stringContaining('nowhere'),
    });
  });
  it('get a collection once', async () => {
    const name = 'made';
    await app.database().createCollection(name);
    expect(await refusalOf(app.database().createCollection(name))).toMatchObject({
      message: expect.stringContaining('TableExist'),
    });
  });
});

describe('queries', () => {
  it('compare, and combine', async () => {
    const $ = _();
    expect(await idsWhere({ n: $.gt(1).and($.lt(9)) })).toEqual(['b']);
    expect(await idsWhere({ n: $.lte(1).or($.gte(9)) })).toEqual(['a', 'c']);
    expect(await idsWhere({ n: $.in([1, 9]), branch: $.neq('B2') })).toEqual(['a', 'c']);
    expect(await idsWhere({ n: $.nin([1, 9]) })).toEqual(['b']);
    expect(await idsWhere($.or([{ n: 1 }, { name: 'cat' }]))).toEqual(['a', 'c']);
    expect(await idsWhere($.nor([{ n: 1 }, { name: 'cat' }]))).toEqual(['b']);
    expect(await idsWhere({ n: $.not($.gt(4)) })).toEqual(['a']);
    expect(
      await idsWhere({ n: ($ as unknown as { mod(by: number, rest: number): unknown }).mod(4, 1) }),
    ).toEqual(['a', 'b', 'c']);
  });
  it('look into arrays and objects', async () => {
    const $ = _();
    expect(await idsWhere({ tags: 'x' })).toEqual(['a']);
    expect(await idsWhere({ tags: $.size(0) })).toEqual(['b']);
    expect(await idsWhere({ 'lines.sku': 's1' })).toEqual(['a', 'b']);
    expect(await idsWhere({ 'lines.1.sku': 's2' })).toEqual(['b']);
    expect(await idsWhere({ lines: $.elemMatch({ sku: 's1', qty: $.gt(5) }) })).toEqual(['b']);
    expect(await idsWhere({ tags: $.all(['x']) })).toEqual(['a']);
  });
  it('tell null from missing only by exists', async () => {
    const $ = _();
    expect(await idsWhere({ gone: null })).toEqual(['a', 'b', 'c']);
    expect(await idsWhere({ gone: $.exists(true) })).toEqual(['c']);
    expect(await idsWhere({ tags: $.exists(false) })).toEqual(['c']);
  });
  it('search by regular expressions', async () => {
    expect(await idsWhere({ name: /^A/i })).toEqual(['a']);
    expect(await idsWhere({ name: app.database().RegExp({ regexp: '^B', options: 'i' }) })).toEqual(['b']);
  });
  it('search by place, nearest first', async () => {
    const db = app.database();
    const at = (lon: number, lat: number) => new db.Geo.Point(lon, lat);
    await app
      .database()
      .collection('orders')
      .add([
        { _id: 'far', at: at(120.3, 30) },
        { _id: 'near', at: at(120.1, 30) },
        { _id: 'beyond', at: at(125, 35) },
      ]);
    const near = await db
      .collection('orders')
      .where({ at: db.command.geoNear({ geometry: at(120, 30), maxDistance: 50_000 }) })
      .get();
    expect(near.data.map((doc: { _id: string }) => doc._id)).toEqual(['near', 'far']);
    const ring = [at(119, 29), at(121, 29), at(121, 31), at(119, 31), at(119, 29)];
    // The SDK's types leave out the shapes made of several points.
    const { Polygon, LineString } = db.Geo as unknown as Record<string, new (parts: unknown[]) => never>;
    if (!Polygon || !LineString) throw new Error('the SDK has no Polygon');
    const area = new Polygon([new LineString(ring)]);
    const within = await db
      .collection('orders')
      .where({ at: db.command.geoWithin({ geometry: area }) })
      .count();
    expect(within.total).toBe(2);
  });
  it('sort, skip, limit and choose fields', async () => {
    const { data } = await members()
      .orderBy('branch', 'asc')
      .orderBy('n', 'desc')
      .skip(1)
      .limit(1)
      .field({ n: true })
      .get();
    expect(data).toEqual([{ _id: 'a', n: 1 }]);
    expect((await members().doc('a').field({ n: false, tags: false, lines: false }).get()).data).toEqual([
      { _id: 'a', name: 'ann', branch: 'B1' },
    ]);
  });
  it('count', async () => {
    expect((await members().count()).total).toBe(3);
    expect((await members().where({ branch: 'B1' }).count()).total).toBe(2);
  });
  it('refuse an unknown operator instead of finding nothing', async () => {
    const refusal = await refusalOf(
      members()
        .options({ raw: true } as never)
        .where({ n: { $almost: 1 } })
        .get(),
    );
    expect(refusal).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringContaining('$almost'),
    });
  });
  it.each([
    ['$jsonSchema', { required: ['n'] }],
    ['$text', { $search: 'ann' }],
    ['$where', 'this.n > 1'],
  ])('say by name that they do not know %s, and what to do instead', async (operator, argument) => {
    const raw = members()
      .options({ raw: true } as never)
      .where({ [operator]: argument });
    expect(await refusalOf(raw.get())).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringMatching(`^\\${operator} is not supported by the local cloud: \\w`),
    });
  });
  it('answer with 100 documents unless told, and never with more than 1000', async () => {
    await app
      .database()
      .collection('orders')
      .add(Array.from({ length: 1100 }, (_x, i) => ({ _id: `o${i}` })));
    const orders = app.database().collection('orders');
    expect((await orders.get()).data).toHaveLength(100);
    expect((await orders.limit(5000).get()).data).toHaveLength(1000);
  });
});
