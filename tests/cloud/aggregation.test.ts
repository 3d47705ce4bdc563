import { connect, refusalOf, startTestCloud, type App, type TestCloud } from './harness';

let test: TestCloud;
let app: App;
beforeAll(async () => {
  test = await startTestCloud({
    collections: ['orders', 'members'],
    indexes: [
      { collection: 'members', name: 'code', keys: [['code', 1]] },
      { collection: 'shops', name: 'at', keys: [['at', '2dsphere']] },
    ],
  });
  app = connect(test.cloud);
  await app
    .database()
    .collection('orders')
    .add([
      {
        _id: 'o1',
        branch: 'B1',
        fen: 100,
        by: 'm1',
        at: new Date('2026-01-04T00:00:00Z'),
        lines: [{ sku: 's1' }, { sku: 's2' }],
      },
      {
        _id: 'o2',
        branch: 'B1',
        fen: 300,
        by: 'm2',
        at: new Date('2026-01-03T00:00:00Z'),
        lines: [{ sku: 's1' }],
      },
      { _id: 'o3', branch: 'B2', fen: 50, by: 'm1', at: new Date('2026-02-01T00:00:00Z'), lines: [] },
      { _id: 'o4', fen: 7, by: 'nobody' },
    ]);
  await app
    .database()
    .collection('members')
    .add([
      { _id: 'm1', code: 'm1', name: '安娜😀x' },
      { _id: 'm2', code: 'm2', name: 'bob' },
    ]);
});
afterAll(() => test.stop());

const orders = () => app.database().collection('orders').aggregate();
const members = () => app.database().collection('members').aggregate();
const $ = () => app.database().command.aggregate;
const rows = async (pipeline: { end(): Promise<unknown> }) =>
  ((await pipeline.end()) as { data: Record<string, unknown>[] }).data;

describe('an aggregation', () => {
  it('groups with running totals; documents without the field form the group of null', async () => {
    const result = await rows(
      orders()
        .group({
          _id: '$branch', n: $().sum(1), total: $().sum('$fen'), mean: $().avg('$fen'), least: $().min('$fen'), most: $().max('$fen'),
          who: $().addToSet('$by'), ids: $().push('$_id'), first: $().first('$_id'), last: $().last('$_id'),
        })
        .sort({ _id: 1 }),
    ); // prettier-ignore
    expect(result).toEqual([
      {
        _id: null,
        n: 1,
        total: 7,
        mean: 7,
        least: 7,
        most: 7,
        who: ['nobody'],
        ids: ['o4'],
        first: 'o4',
        last: 'o4',
      },
      {
        _id: 'B1',
        n: 2,
        total: 400,
        mean: 200,
        least: 100,
        most: 300,
        who: ['m1', 'm2'],
        ids: ['o1', 'o2'],
        first: 'o1',
        last: 'o2',
      },
      {
        _id: 'B2',
        n: 1,
        total: 50,
        mean: 50,
        least: 50,
        most: 50,
        who: ['m1'],
        ids: ['o3'],
        first: 'o3',
        last: 'o3',
      },
    ]);
  });
  it('refuses a list for an accumulator, as MongoDB does', async () => {
    const pairs = orders().group({ _id: '$branch', pairs: $().push(['$_id', '$fen']) });
    expect(await refusalOf(pairs.end())).toMatchObject({
      message: expect.stringContaining('$push accumulator is a unary operator') as string,
    });
  });
  it('groups by an expression, and with an accumulator that needs all rows', async () => {
    const result = await rows(
      orders()
        .match({ branch: 'B1' })
        .group({ _id: { b: '$branch', big: $().gt(['$fen', 200]) }, spread: $().stdDevPop('$fen') })
        .sort({ '_id.big': 1 }),
    );
    expect(result).toEqual([
      { _id: { b: 'B1', big: false }, spread: 0 },
      { _id: { b: 'B1', big: true }, spread: 0 },
    ]);
  });
  it('projects, unwinds, counts, buckets', async () => {
    expect(await rows(orders().unwind('$lines').sortByCount('$lines.sku'))).toEqual([
      { _id: 's1', count: 2 },
      { _id: 's2', count: 1 },
    ]);
    expect(await rows(orders().match({ branch: 'B1' }).count('n'))).toEqual([{ n: 2 }]);
    expect(await rows(orders().bucket({ groupBy: '$fen', boundaries: [0, 100, 1000] }))).toEqual([
      { _id: 0, count: 2 },
      { _id: 100, count: 2 },
    ]);
    expect(
      await rows(
        orders()
          .sort({ fen: -1 })
          .skip(1)
          .limit(1)
          .project({ _id: 0, double: $().multiply(['$fen', 2]) }),
      ),
    ).toEqual([{ double: 200 }]);
    expect(
      await rows(
        orders()
          .match({ _id: 'o1' })
          .addFields({ k: 1 })
          .replaceRoot({ newRoot: { k: '$k', b: '$branch' } }),
      ),
    ).toEqual([{ k: 1, b: 'B1' }]);
  });
  it.each(['_id', 'code', 'name'])('joins by %s', async (foreignField) => {
    const local = foreignField === 'name' ? '$missing' : '$by';
    const result = await rows(
      orders()
        .addFields({ key: local })
        .lookup({ from: 'members', localField: 'key', foreignField, as: 'm' })
        .project({ m: 1 })
        .sort({ _id: 1 }),
    );
    const expected = foreignField === 'name' ? [[], [], [], []] : [['m1'], ['m2'], ['m1'], []];
    expect(result.map(({ m }) => (m as { _id: string }[]).map(({ _id }) => _id))).toEqual(expected);
  });
  it('buckets by itself into equal shares, and draws a sample without repeating one', async () => {
    expect(await rows(orders().bucketAuto({ groupBy: '$fen', buckets: 2 }))).toEqual([
      { _id: { min: 7, max: 100 }, count: 2 },
      { _id: { min: 100, max: 300 }, count: 2 },
    ]);
    const drawn = (await rows(orders().sample({ size: 3 }))).map(({ _id }) => String(_id));
    expect(new Set(drawn).size).toBe(3);
    expect(['o1', 'o2', 'o3', 'o4']).toEqual(expect.arrayContaining(drawn));
    const all = (await rows(orders().sample({ size: 9 }))).map(({ _id }) => String(_id));
    expect(all.sort()).toEqual(['o1', 'o2', 'o3', 'o4']);
    expect(await refusalOf(orders().sample({ size: 0 }).end())).toMatchObject({
      message: expect.stringContaining('positive integer'),
    });
  });
  it('joins by a pipeline of its own', async () => {
    const pipeline = $()
      .pipeline()
      .match(app.database().command.expr($().eq(['$code', '$$who'])))
      .project({ _id: 0, name: 1 })
      .done();
    const result = await rows(
      orders()
        .match({ _id: 'o2' })
        .lookup({ from: 'members', let: { who: '$by' }, pipeline, as: 'm' })
        .project({ m: 1 }),
    );
    expect(result).toEqual([{ _id: 'o2', m: [{ name: 'bob' }] }]);
  });
  it('counts weeks from Sunday, text in code points, and takes a negative length for the rest', async () => {
    const [row] = await rows(
      members().match({ _id: 'm1' }).project({
        _id: 0, at: $().indexOfCP(['$name', 'x']), rest: $().substr(['abcdef', 2, -1]),
      }),
    ); // prettier-ignore
    expect(row).toEqual({ at: 3, rest: 'cdef' });
    const weeks = await rows(
      orders()
        .match({ at: app.database().command.exists(true) })
        .sort({ at: 1 })
        .project({ _id: 0, week: $().week('$at') }),
    );
    // 2026-01-03 is the Saturday before the year's first Sunday.
    expect(weeks).toEqual([{ week: 0 }, { week: 1 }, { week: 5 }]);
  });
  it('measures distances', async () => {
    const db = app.database();
    await db.collection('shops').add([
      { _id: 'far', at: new db.Geo.Point(121, 30) },
      { _id: 'near', at: new db.Geo.Point(120.01, 30) },
    ]);
    const result = await rows(
      db
        .collection('shops')
        .aggregate()
        .geoNear({
          near: new db.Geo.Point(120, 30),
          distanceField: 'metres',
          key: 'at',
          spherical: true,
        } as never),
    );
    expect(result.map(({ _id, metres }) => [_id, Math.round(Number(metres) / 100) / 10])).toEqual([
      ['near', 1],
      ['far', 96.4],
    ]);
  });
  it('refuses an unknown stage and an unknown operator', async () => {
    // The SDK has no method for a stage it does not know; underneath, every stage goes this way.
    const raw = (stage: string, value: unknown) => {
      const pipeline = orders() as unknown as {
        _pipe(name: string, value: unknown): { end(): Promise<unknown> };
      };
      return refusalOf(pipeline._pipe(stage, value).end());
    };
    expect(await raw('blend', {})).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringContaining('$blend'),
    });
    expect(await raw('project', { a: { $frob: 1 } })).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' });
    expect(await raw('out', 'members')).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' });
  });
});
